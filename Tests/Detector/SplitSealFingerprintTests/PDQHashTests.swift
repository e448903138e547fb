import Testing

@testable import SplitSealFingerprint

@Suite struct PDQHashTests {
  private let some = PDQHash(words: SIMD4(0x0123_4567_89AB_CDEF, 0, .max, 1 << 63))

  @Test func `the text is 64 digits, bit 255 first`() {
    #expect(some.description == "8000000000000000ffffffffffffffff00000000000000000123456789abcdef")
  }

  @Test func `distance counts bits and is a metric`() {
    let zero = PDQHash()
    let ones = PDQHash(words: SIMD4(repeating: .max))
    #expect(zero.distance(to: ones) == 256)
    #expect(some.distance(to: some) == 0)
    #expect(some.distance(to: zero) == 32 + 64 + 1)
    #expect(some.distance(to: zero) == zero.distance(to: some))
    #expect(zero.distance(to: ones) <= zero.distance(to: some) + some.distance(to: ones))
  }

  @Test func `transposing moves bit 16 i + j to bit 16 j + i, and twice is nothing`() {
    for index in [0, 1, 15, 16, 17, 100, 255] {
      var hash = PDQHash()
      hash.words[index / 64] = 1 << UInt64(index % 64)
      let moved = index % 16 * 16 + index / 16
      var expected = PDQHash()
      expected.words[moved / 64] = 1 << UInt64(moved % 64)
      #expect(hash.transposed == expected)
      #expect(hash.transposed.transposed == hash)
    }
  }
}
