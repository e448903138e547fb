/// Distinct names, each with the index of its first appearance.
///
/// Names are told apart by their bytes: `String` would merge those that differ only in Unicode normalisation, and a
/// dictionary of byte arrays would allocate for every row. The hash is seeded, so that nobody can choose names that
/// collide; the order of the names does not depend on it.
package struct NameTable {
  /// The names, in order of first appearance.
  package private(set) var names: [[UInt8]] = []
  private var hashes: [Int] = []
  /// Index of a name plus one; 0 is a free place.
  ///
  /// Open addressing, at most half full.
  private var places: [UInt32] = Array(repeating: 0, count: 64)

  /// Makes an empty table.
  package init() {}

  /// The index of `name`, or `nil` where it is new.
  package func index(of name: ArraySlice<UInt8>) -> Int? {
    let place = self.place(of: name, hash: Self.hash(name))
    return places[place] == 0 ? nil : Int(places[place]) - 1
  }

  /// The index of `name`, which is added where it is new.
  ///
  /// - Complexity: O(*n*) on average for a name of *n* bytes.
  package mutating func insert(_ name: ArraySlice<UInt8>) -> (index: Int, isNew: Bool) {
    let hash = Self.hash(name)
    let place = self.place(of: name, hash: hash)
    guard places[place] == 0 else { return (Int(places[place]) - 1, false) }
    names.append(Array(name))
    hashes.append(hash)
    places[place] = UInt32(names.count)
    if names.count * 2 > places.count { grow() }
    return (names.count - 1, true)
  }

  private func place(of name: ArraySlice<UInt8>, hash: Int) -> Int {
    var place = hash & (places.count - 1)
    while places[place] != 0 {
      let index = Int(places[place]) - 1
      if hashes[index] == hash, names[index].elementsEqual(name) { break }
      place = (place + 1) & (places.count - 1)
    }
    return place
  }

  private mutating func grow() {
    places = Array(repeating: 0, count: places.count * 2)
    for (index, hash) in hashes.enumerated() {
      var place = hash & (places.count - 1)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(index + 1)
    }
  }

  private static func hash(_ name: ArraySlice<UInt8>) -> Int {
    var hasher = Hasher()
    unsafe name.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return hasher.finalize()
  }

  /// The names sorted by bytes, and for each name's index its index in that order.
  ///
  /// - Complexity: O(*n* log *n*) for *n* names.
  package func sorted() -> (names: [String], ranks: [Int]) {
    let order = names.indices.sorted { names[$0].lexicographicallyPrecedes(names[$1]) }
    var ranks = Array(repeating: 0, count: names.count)
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    return (order.map { String(decoding: names[$0], as: UTF8.self) }, ranks)
  }
}
