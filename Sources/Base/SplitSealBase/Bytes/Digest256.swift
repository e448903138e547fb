/// 256 bits of a SHA-256, held in place: a million of them are 32 MB and no allocation.
public struct Digest256: Hashable, Sendable {
  /// The digest's bytes 0...7, 8...15, 16...23 and 24...31, each read big-endian, so that order is byte order.
  public let words: SIMD4<UInt64>

  /// Takes the four words.
  public init(words: SIMD4<UInt64>) { self.words = words }

  /// Takes the 32 bytes of a digest.
  ///
  /// - Precondition: `bytes` has 32 elements.
  public init(_ bytes: some Sequence<UInt8>) {
    var words = SIMD4<UInt64>()
    var count = 0
    for byte in bytes {
      precondition(count < 32, "a SHA-256 has 32 bytes")
      words[count / 8] = words[count / 8] << 8 | UInt64(byte)
      count += 1
    }
    precondition(count == 32, "a SHA-256 has 32 bytes")
    self.words = words
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(56 - 8 * ($0 % 8))) }
  }
}

extension Digest256: Comparable {
  /// Bytewise order.
  public static func < (a: Digest256, b: Digest256) -> Bool {
    for index in 0..<4 where a.words[index] != b.words[index] { return a.words[index] < b.words[index] }
    return false
  }
}

extension Digest256: CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  public var description: String { hexadecimal(bytes) }
}

/// Lower-case hexadecimal digits, two a byte.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
