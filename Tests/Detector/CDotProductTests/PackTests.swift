import CDotProduct
import SplitSealTestSupport
import Testing

@Suite struct PackTests {
  @Test(arguments: [1, 15, 16, 17, 40])
  func `a block holds words of 16 vectors, offset by 128 and padded with zeros`(count: Int) {
    var random = SplitMix64(seed: 1)
    let vectors = randomVectors(count, using: &random)
    let packed = pack(vectors)
    for index in 0..<(count + 15) / 16 * 16 {
      for component in 0..<64 {
        let byte = packed[index / 16 * 16 + component / 4][index % 16 * 4 + component % 4]
        #expect(Int(byte) - 128 == (index < count ? Int(vectors[index][component]) : 0))
      }
    }
    #expect(packed.last == SIMD64(repeating: 0xFF), "nothing is written behind the last block")
  }

  @Test func `vectors packed one after the other are those packed at once`() {
    var random = SplitMix64(seed: 2)
    let vectors = randomVectors(37, using: &random)
    var packed = [SIMD64<UInt8>](repeating: SIMD64(repeating: 0xFF), count: 49)
    for (index, vector) in vectors.enumerated() {
      unsafe packed.withUnsafeMutableBytes { bytes in
        unsafe ss_dot_pack(vector, 1, index, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
      }
    }
    #expect(packed == pack(vectors))
  }
}
