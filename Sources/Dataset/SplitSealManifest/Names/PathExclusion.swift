internal import SplitSealPatterns

/// What the user wants left out: `--exclude`.
///
/// A pattern without a slash is held against every name of a path, one with a slash against the path from the input's
/// folder on. A folder that fits is left out with all that is in it.
struct PathExclusion {
  private let namePatterns: [Glob]
  private let pathPatterns: [Glob]

  init(_ patterns: [String]) {
    func hasSlash(_ pattern: String) -> Bool { pattern.utf8.contains(UInt8(ascii: "/")) }
    let patterns = patterns.map { $0.utf8.last == UInt8(ascii: "/") ? String($0.dropLast()) : $0 }
    namePatterns = patterns.filter { !hasSlash($0) }.map { Glob($0) }
    pathPatterns = patterns.filter(hasSlash).map { pattern in
      Glob(pattern.utf8.first == UInt8(ascii: "/") ? String(pattern.dropFirst()) : pattern)
    }
  }

  var isEmpty: Bool { namePatterns.isEmpty && pathPatterns.isEmpty }

  /// Whether a file or folder is left out, apart from the folders it stands in.
  func contains(entry name: String, at path: String) -> Bool {
    namePatterns.contains { $0.matches(name) } || pathPatterns.contains { $0.matches(path) }
  }

  /// Whether a file is left out, or a folder it stands in.
  func contains(_ path: String) -> Bool {
    guard !isEmpty else { return false }
    var at = path.utf8.startIndex
    while at < path.utf8.endIndex {
      let end = path.utf8[at...].firstIndex(of: UInt8(ascii: "/")) ?? path.utf8.endIndex
      if contains(entry: String(path[at..<end]), at: String(path[..<end])) { return true }
      guard end < path.utf8.endIndex else { break }
      at = path.utf8.index(after: end)
    }
    return false
  }
}
