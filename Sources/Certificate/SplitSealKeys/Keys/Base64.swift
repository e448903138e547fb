/// RFC 4648 base64, strict: one text for one sequence of bytes in each alphabet.
package enum Base64 {
  /// Encodes in the standard alphabet, padded.
  package static func encode(_ bytes: some Sequence<UInt8>) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    var pending: UInt32 = 0
    var pendingBitCount = 0
    for byte in bytes {
      pending = pending << 8 | UInt32(byte)
      pendingBitCount += 8
      while pendingBitCount >= 6 {
        pendingBitCount -= 6
        text.append(alphabet[Int(pending >> UInt32(pendingBitCount)) & 63])
      }
    }
    if pendingBitCount > 0 { text.append(alphabet[Int(pending << UInt32(6 - pendingBitCount)) & 63]) }
    while !text.count.isMultiple(of: 4) { text.append(UInt8(ascii: "=")) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Decodes the standard or the URL-safe alphabet; `nil` for a mixture of both, for white space, for missing padding
  /// and for padding bits that are not zero.
  ///
  /// - Source: DSSE protocol 1.0.0 asks readers to take both alphabets.
  package static func decode(_ text: String) -> [UInt8]? {
    guard text.utf8.count.isMultiple(of: 4) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var pending: UInt32 = 0
    var pendingBitCount = 0
    var paddingCount = 0
    var isStandard = false
    var isURLSafe = false
    for character in text.utf8 {
      let value: UInt32
      switch character {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = UInt32(character - UInt8(ascii: "A"))
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = UInt32(character - UInt8(ascii: "a")) + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt32(character - UInt8(ascii: "0")) + 52
      case UInt8(ascii: "+"), UInt8(ascii: "/"):
        isStandard = true
        value = character == UInt8(ascii: "+") ? 62 : 63
      case UInt8(ascii: "-"), UInt8(ascii: "_"):
        isURLSafe = true
        value = character == UInt8(ascii: "-") ? 62 : 63
      case UInt8(ascii: "="):
        paddingCount += 1
        continue
      default: return nil
      }
      guard paddingCount == 0 else { return nil }
      pending = pending << 6 | value
      pendingBitCount += 6
      if pendingBitCount >= 8 {
        pendingBitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(pendingBitCount)))
      }
    }
    // 1 character of padding leaves 2 bits over, 2 leave 4, none leaves none; anything else is no base64.
    guard !(isStandard && isURLSafe), pendingBitCount == 2 * paddingCount,
      pending & (1 << UInt32(pendingBitCount) - 1) == 0
    else { return nil }
    return bytes
  }
}
