public import SplitSealFingerprint

/// An exact index of PDQ hashes by Hamming distance.
///
/// The 256 bits are cut into 16 words of 16 bits. Two hashes within 31 bits of each other have a word in which they
/// differ in at most one bit (else each word would differ in two or more: 32 bits), so looking up each word of a query
/// and its 16 neighbours finds every hash within 31 bits; nothing is approximate. Were the bits of
/// 50,000 hashes independent, 16 x 17 look-ups would meet some 200 of them.
/// - Source: Norouzi, Punjani, Fleet: Fast Exact Search in Hamming Space with Multi-Index Hashing, IEEE TPAMI 36
///   (2014).
public struct MultiIndexHash: Sendable {
  /// The hashes, in the order given.
  public let hashes: [PDQHash]

  /// For each word, where in ``positions`` the hashes with a given value begin: 16 tables of 65,537.
  private let starts: [UInt32]
  /// For each word, the positions of all hashes in order of that word's value: 16 tables of `hashes.count`.
  private let positions: [UInt32]

  private static let wordCount = 16
  private static let valueCount = 1 << 16

  /// Indexes the hashes.
  ///
  /// - Parameters:
  ///   - hashes: The hashes to search.
  ///   - leastTabledCount: Below this count no tables are made and all hashes are compared: making tables takes 5 ms
  ///     however few there are, and a thousand comparisons take no longer than the look-ups.
  /// - Complexity: O(*n*); 64 bytes a hash beside the hash.
  public init(_ hashes: [PDQHash], leastTabledCount: Int = 1000) {
    precondition(hashes.count < UInt32.max, "positions are 32 bits")
    self.hashes = hashes
    guard hashes.count >= leastTabledCount else {
      starts = []
      positions = []
      return
    }
    var starts = [UInt32](repeating: 0, count: Self.wordCount * (Self.valueCount + 1))
    var positions = [UInt32](repeating: 0, count: Self.wordCount * hashes.count)
    for word in 0..<Self.wordCount {
      let table = word * (Self.valueCount + 1)
      for hash in hashes { starts[table + Self.value(of: hash, word: word) + 1] += 1 }
      for value in 0..<Self.valueCount { starts[table + value + 1] += starts[table + value] }
      var next = Array(starts[table..<(table + Self.valueCount)])
      for (position, hash) in hashes.enumerated() {
        let value = Self.value(of: hash, word: word)
        positions[word * hashes.count + Int(next[value])] = UInt32(position)
        next[value] += 1
      }
    }
    self.starts = starts
    self.positions = positions
  }

  @inline(__always)
  private static func value(of hash: PDQHash, word: Int) -> Int {
    Int(truncatingIfNeeded: hash.words[word / 4] >> UInt64(16 * (word % 4))) & 0xFFFF
  }

  /// A worker's memory of the candidates that its current query has met.
  public struct Scratch: Sendable {
    fileprivate var metBy: [UInt32]
    fileprivate var query: UInt32 = 0

    /// Makes scratch for an index of `count` hashes.
    public init(count: Int) { metBy = [UInt32](repeating: 0, count: count) }
  }

  /// Calls `body` with the position and the distance of every hash within `radius` bits of `query`, each once, in no
  /// particular order.
  ///
  /// - Parameters:
  ///   - radius: 0...256 bits, inclusive. Above 47 the look-ups would cost more than comparing all hashes, which is
  ///     done then.
  ///   - query: The hash whose neighbours are sought.
  ///   - scratch: Made for an index of this size; reused from query to query.
  ///   - body: Called with a position in the index and the differing bits there, 0...`radius`.
  public func forEachHash(
    within radius: Int, of query: PDQHash, scratch: inout Scratch, _ body: (_ position: Int, _ distance: Int) -> Void
  ) {
    let wordRadius = radius / Self.wordCount
    guard !starts.isEmpty, wordRadius < Self.masks.count else {
      for (position, hash) in hashes.enumerated() {
        let distance = query.distance(to: hash)
        if distance <= radius { body(position, distance) }
      }
      return
    }
    scratch.query &+= 1
    if scratch.query == 0 {
      scratch = Scratch(count: hashes.count)
      scratch.query = 1
    }
    let masks = Self.masks[wordRadius]
    for word in 0..<Self.wordCount {
      let value = Self.value(of: query, word: word)
      let table = word * (Self.valueCount + 1)
      let column = word * hashes.count
      for mask in masks {
        let slot = table + (value ^ Int(mask))
        for entry in Int(starts[slot])..<Int(starts[slot + 1]) {
          let position = Int(positions[column + entry])
          guard scratch.metBy[position] != scratch.query else { continue }
          scratch.metBy[position] = scratch.query
          let distance = query.distance(to: hashes[position])
          if distance <= radius { body(position, distance) }
        }
      }
    }
  }

  /// `masks[r]`: the 16-bit words with at most `r` bits set, for r = 0, 1, 2.
  private static let masks: [[UInt16]] = (0...2).map { radius in
    (UInt16.min...UInt16.max).filter { $0.nonzeroBitCount <= radius }
  }
}
