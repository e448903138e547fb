internal import SplitSealBase

/// 256 bits of PDQ, the perceptual hash.
///
/// Bit *k* = 16 *i* + *j* is 1 where coefficient (*i*, *j*) of the 16 x 16 DCT block exceeds the block's median.
/// - Source: ThreatExchange `hashing/hashing.pdf`, PDQ; reference C++ in `pdq/cpp/hashing`.
public struct PDQHash: Hashable, Sendable {
  /// Bit *k* of the hash is bit `k % 64` of `words[k / 64]`.
  public var words: SIMD4<UInt64>

  /// Makes a hash of its four words.
  public init(words: SIMD4<UInt64> = SIMD4()) { self.words = words }

  /// The number of differing bits, 0...256.
  @inlinable
  public func distance(to other: PDQHash) -> Int {
    let difference = words ^ other.words
    return difference[0].nonzeroBitCount + difference[1].nonzeroBitCount + difference[2].nonzeroBitCount
      + difference[3].nonzeroBitCount
  }
}

extension PDQHash: CustomStringConvertible {
  /// 64 lower-case hexadecimal digits, bit 255 first, as the reference implementation prints them.
  public var description: String {
    hexadecimal(
      (0..<4).reversed().flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: words[word] >> UInt64(56 - 8 * $0)) }
      })
  }
}
