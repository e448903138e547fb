extension JSONParser {
  mutating func number() throws(JSONError) -> JSONValue {
    let start = at
    if next == UInt8(ascii: "-") { at += 1 }
    let firstDigit = at
    try digits()
    guard bytes[firstDigit] != UInt8(ascii: "0") || at == firstDigit + 1 else {
      throw JSONError(reason: "number has a leading zero", offset: firstDigit)
    }
    var isInteger = true
    if next == UInt8(ascii: ".") {
      isInteger = false
      at += 1
      try digits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      isInteger = false
      at += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
      try digits()
    }
    guard at - start <= limits.maximumStringByteCount else {
      throw JSONError(
        reason: "number is longer than \(limits.maximumStringByteCount) bytes", offset: start, exceedsLimit: true)
    }
    let literal = String(decoding: bytes[start..<at], as: UTF8.self)
    if isInteger {
      // RFC 7493: integers beyond 2^53 are not read alike by every program.
      guard let number = Int64(literal), number.magnitude < 1 << 53, literal != "-0" else {
        throw JSONError(reason: "integer is out of range", offset: start)
      }
      return .integer(number)
    }
    guard limits.allowsDecimals else {
      throw JSONError(reason: "number with a fraction or an exponent", offset: start)
    }
    return .decimal(literal)
  }

  private mutating func digits() throws(JSONError) {
    let start = at
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
    guard at > start else { throw error("expected a digit") }
  }

  mutating func string() throws(JSONError) -> String {
    guard next == UInt8(ascii: "\"") else { throw error("expected a string") }
    at += 1
    let start = at
    // Most strings have no escape: find the end first and decode the slice at once.
    skipPlainText()
    guard next != UInt8(ascii: "\"") else {
      let text = try decoded(bytes[start..<at], from: start)
      at += 1
      return text
    }
    var unescaped = Array(bytes[start..<at])
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw error("control character in a string") }
      if byte == UInt8(ascii: "\\") {
        try escape(into: &unescaped)
      } else {
        let plain = at
        skipPlainText()
        unescaped.append(contentsOf: bytes[plain..<at])
      }
    }
    guard next != nil else { throw error("text ends inside a string") }
    at += 1
    return try decoded(unescaped[...], from: start)
  }

  private mutating func skipPlainText() {
    while at < end, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"), bytes[at] >= 0x20 { at += 1 }
  }

  private func decoded(_ utf8: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
    guard utf8.count <= limits.maximumStringByteCount else {
      throw JSONError(
        reason: "string is longer than \(limits.maximumStringByteCount) bytes", offset: start, exceedsLimit: true)
    }
    // Nearly all strings are ASCII, and the validating initialiser is ten times as slow as this look at the bytes.
    if utf8.allSatisfy({ $0 < 0x80 }) { return String(decoding: utf8, as: UTF8.self) }
    guard let text = String(validating: utf8, as: UTF8.self) else {
      throw JSONError(reason: "string is not valid UTF-8", offset: start)
    }
    return text
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    at += 1
    guard let byte = next else { throw error("text ends inside an escape") }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: String(Character(try escapedScalar())).utf8)
    default: throw JSONError(reason: "unknown escape", offset: at - 1)
    }
  }

  private mutating func escapedScalar() throws(JSONError) -> UnicodeScalar {
    let start = at
    let unit = try fourHexDigits()
    if let scalar = UnicodeScalar(unit) { return scalar }
    guard (0xD800...0xDBFF).contains(unit), next == UInt8(ascii: "\\"), at + 1 < end, bytes[at + 1] == UInt8(ascii: "u")
    else { throw JSONError(reason: "lone surrogate", offset: start) }
    at += 2
    let low = try fourHexDigits()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = UnicodeScalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    else { throw JSONError(reason: "lone surrogate", offset: start) }
    return scalar
  }

  private mutating func fourHexDigits() throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next else { throw error("text ends inside an escape") }
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw error("expected a hexadecimal digit")
      }
      unit = unit << 4 | UInt16(digit)
      at += 1
    }
    return unit
  }
}
