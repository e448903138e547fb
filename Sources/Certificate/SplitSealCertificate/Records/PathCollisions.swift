internal import SplitSealBase

/// Finds paths that are not the same and would be one file on a system that ignores case, composition, or dots and
/// spaces at the end of a name.
///
/// Only a hash of each path is kept until two agree; the same path in two splits agrees, too, and is no collision.
struct PathCollisions {
  private var hashes: [Int] = []
  private var folded: [UInt8] = []

  /// Adds the next path; its index is the number of paths added before.
  mutating func append(_ path: String) {
    fold(path)
    var hasher = Hasher()
    unsafe folded.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    hashes.append(hasher.finalize())
  }

  /// Pairs of indices whose paths collide, by their second index.
  ///
  /// - Parameter path: The path that was added with a given index.
  /// - Returns: For each path that collides with an earlier one, both indices.
  /// - Complexity: O(*n* log *n*).
  func pairs(path: (Int) -> String) -> [(first: Int, second: Int)] {
    let sorted = hashes.sorted()
    let repeated = Set(zip(sorted, sorted.dropFirst()).lazy.filter { $0 == $1 }.map(\.0))
    guard !repeated.isEmpty else { return [] }
    var firstOfForm: [ByteText: Int] = [:]
    var pairs: [(first: Int, second: Int)] = []
    for index in hashes.indices where repeated.contains(hashes[index]) {
      let form = ByteText(Self.form(of: path(index)))
      guard let first = firstOfForm[form] else {
        firstOfForm[form] = index
        continue
      }
      if !path(first).hasSameBytes(as: path(index)) { pairs.append((first, index)) }
    }
    return pairs
  }

  /// Two paths collide when their forms have the same bytes.
  ///
  /// Upper-casing before lower-casing folds what has no single lower-case form: `ß` and `SS`, `ς` and `Σ`.
  static func form(of path: String) -> String {
    let folded = path.uppercased().lowercased().composed
    return folded.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { name in
      var name = name
      while let last = name.last, last == UInt8(ascii: ".") || last == UInt8(ascii: " ") { name.removeLast() }
      return String(Substring(name))
    }.joined(separator: "/")
  }

  /// Puts the bytes of the form of `path` into `folded`; plain ASCII, which is nearly everything, without a new string.
  private mutating func fold(_ path: String) {
    folded.removeAll(keepingCapacity: true)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): folded.append(byte | 0x20)
      case UInt8(ascii: "/"):
        dropTrailingDotsAndSpaces()
        folded.append(byte)
      case 0x80...:
        folded = Array(Self.form(of: path).utf8)
        return
      default: folded.append(byte)
      }
    }
    dropTrailingDotsAndSpaces()
  }

  private mutating func dropTrailingDotsAndSpaces() {
    while let last = folded.last, last == UInt8(ascii: ".") || last == UInt8(ascii: " ") { folded.removeLast() }
  }
}
