import SplitSealFingerprint
import SplitSealTestSupport
import Testing

@testable import SplitSealMatch

@Suite struct MultiIndexHashTests {
  @Test(arguments: [0, 1, 15, 16, 31, 32, 47, 48, 60, 256], [0, 5000])
  func `the index finds what comparing all hashes finds`(radius: Int, leastTabledCount: Int) {
    var random = SplitMix64(seed: 7)
    let hashes = families(count: 40, size: 25, spread: 70, using: &random)
    let index = MultiIndexHash(hashes, leastTabledCount: leastTabledCount)
    var scratch = MultiIndexHash.Scratch(count: hashes.count)
    for query in hashes.prefix(60) + families(count: 3, size: 3, spread: 40, using: &random) {
      var found: [Int: Int] = [:]
      index.forEachHash(within: radius, of: query, scratch: &scratch) { position, distance in
        #expect(found[position] == nil, "a hash is reported once")
        found[position] = distance
      }
      var expected: [Int: Int] = [:]
      for (position, hash) in hashes.enumerated() where query.distance(to: hash) <= radius {
        expected[position] = query.distance(to: hash)
      }
      #expect(found == expected)
    }
  }

  @Test func `31 bits spread two to a word but for one word are found`() {
    var hash = PDQHash()
    // Two bits in each of 15 words and one in the last: the worst case of the pigeonhole argument.
    for word in 0..<16 { hash.words[word / 4] |= UInt64(word == 15 ? 1 : 3) << UInt64(16 * (word % 4) + word % 8) }
    #expect(hash.distance(to: PDQHash()) == 31)
    let index = MultiIndexHash([PDQHash()], leastTabledCount: 0)
    var scratch = MultiIndexHash.Scratch(count: 1)
    var distances: [Int] = []
    index.forEachHash(within: 31, of: hash, scratch: &scratch) { _, distance in distances.append(distance) }
    #expect(distances == [31])
  }

  @Test func `an empty index finds nothing`() {
    var scratch = MultiIndexHash.Scratch(count: 0)
    MultiIndexHash([], leastTabledCount: 0).forEachHash(within: 31, of: PDQHash(), scratch: &scratch) { _, _ in
      Issue.record("found")
    }
  }

  /// Hashes in families: each member is its family's first with up to `spread` bits flipped.
  private func families(count: Int, size: Int, spread: Int, using random: inout SplitMix64) -> [PDQHash] {
    (0..<count).flatMap { _ -> [PDQHash] in
      let first = PDQHash(words: SIMD4((0..<4).map { _ in random.next() }))
      return (0..<size).map { _ in
        first.flipping(Int.random(in: 0...spread, using: &random), using: &random)
      }
    }
  }
}

extension PDQHash {
  /// The hash with `count` different bits flipped.
  func flipping(_ count: Int, using random: inout SplitMix64) -> PDQHash {
    var hash = self
    for bit in (0..<256).shuffled(using: &random).prefix(count) { hash.words[bit / 64] ^= 1 << UInt64(bit % 64) }
    return hash
  }
}
