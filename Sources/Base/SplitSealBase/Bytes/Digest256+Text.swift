package import Crypto

extension Digest256 {
  /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
  package init?(hexadecimal text: String) {
    guard text.utf8.count == 64 else { return nil }
    var words = SIMD4<UInt64>()
    var word: UInt64 = 0
    var index = 0
    // What is no digit leaves a bit above the nibble: one test for all instead of one for each.
    var all: UInt8 = 0
    for byte in text.utf8 {
      let nibble = Self.nibble(of: byte)
      all |= nibble
      word = word << 4 | UInt64(nibble)
      index += 1
      if index & 15 == 0 { words[index / 16 - 1] = word }
    }
    guard all < 16 else { return nil }
    self.init(words: words)
  }

  /// The value of a lower-case hexadecimal digit; 16 for anything else.
  private static func nibble(of byte: UInt8) -> UInt8 {
    let decimal = byte &- UInt8(ascii: "0")
    if decimal < 10 { return decimal }
    let letter = byte &- UInt8(ascii: "a")
    return letter < 6 ? letter + 10 : 16
  }

  /// Appends 64 lower-case hexadecimal digits.
  package func appendHexadecimal(to bytes: inout [UInt8]) {
    var digits = SIMD8<UInt64>()
    for index in 0..<8 {
      let half = words[index / 2] >> (index.isMultiple(of: 2) ? 32 : 0)
      digits[index] = Self.hexadecimalDigits(of: UInt32(truncatingIfNeeded: half)).bigEndian
    }
    unsafe withUnsafeBytes(of: digits) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Eight digits, the first in the most significant byte, all eight at once: every record has 64 of them.
  private static func hexadecimalDigits(of number: UInt32) -> UInt64 {
    var nibbles = UInt64(number)
    nibbles = (nibbles << 16 | nibbles) & 0x0000_FFFF_0000_FFFF
    nibbles = (nibbles << 8 | nibbles) & 0x00FF_00FF_00FF_00FF
    nibbles = (nibbles << 4 | nibbles) & 0x0F0F_0F0F_0F0F_0F0F
    // 1 in the byte of each nibble above 9; from '9' to 'a' the code points skip 39.
    let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 39
  }

  /// Appends the 32 bytes.
  package func appendBytes(to bytes: inout [UInt8]) {
    let ordered = SIMD4(words[0].bigEndian, words[1].bigEndian, words[2].bigEndian, words[3].bigEndian)
    unsafe withUnsafeBytes(of: ordered) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Takes a digest as the cryptography library gives it.
  package init(_ digest: SHA256Digest) {
    self.init(
      words: unsafe digest.withUnsafeBytes { bytes in
        var words = SIMD4<UInt64>()
        for index in 0..<4 {
          words[index] = UInt64(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
        }
        return words
      })
  }
}
