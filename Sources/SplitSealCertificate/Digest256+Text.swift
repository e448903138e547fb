internal import Crypto
internal import SplitSealFingerprint

extension Digest256 {
  /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
  init?(hexadecimal text: String) {
    guard text.utf8.count == 64 else { return nil }
    var words = SIMD4<UInt64>()
    for (index, digit) in text.utf8.enumerated() {
      let nibble: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): nibble = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): nibble = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      words[index / 16] = words[index / 16] << 4 | UInt64(nibble)
    }
    self.init(words: words)
  }

  /// Appends 64 lower-case hexadecimal digits.
  func appendHexadecimal(to bytes: inout [UInt8]) {
    for index in 0..<4 {
      let word = words[index]
      for shift in stride(from: 60, through: 0, by: -4) {
        let nibble = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
        bytes.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") - 10 + nibble)
      }
    }
  }

  /// Appends the 32 bytes.
  func appendBytes(to bytes: inout [UInt8]) {
    for index in 0..<4 {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: words[index] >> UInt64(shift)))
      }
    }
  }

  /// Takes a digest as the cryptography library gives it.
  init(_ digest: SHA256Digest) {
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
