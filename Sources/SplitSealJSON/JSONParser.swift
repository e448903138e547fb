/// Why a text is not the JSON that SplitSeal accepts, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, lower case, without a full stop.
  public let reason: String
  /// Offset of the offending byte from the start of the text, 0-based.
  public let offset: Int

  /// A sentence for a person, offset included.
  public var description: String { "\(reason) at byte \(offset)" }
}

/// What a parse refuses beyond the grammar. The defaults suit documents from strangers.
public struct JSONLimits: Hashable, Sendable {
  /// Bytes of text.
  public var maximumByteCount = 8 << 20
  /// Arrays and objects inside one another.
  public var maximumDepth = 32
  /// UTF-8 bytes of one string or key, unescaped.
  public var maximumStringByteCount = 64 << 10
  /// Elements of one array, or members of one object.
  public var maximumElementCount = 1 << 20
  /// Whether numbers with a fraction or an exponent are allowed. Certificates have none.
  public var allowsDecimals = true

  /// The default limits.
  public init() {}
}

/// A strict RFC 8259 parser.
///
/// Foundation has two parsers that disagree about duplicate keys (one takes the first, the other the last), so that a
/// signed document could read differently in two programs. This one refuses duplicate keys, lone surrogates, invalid
/// UTF-8, a byte order mark, NaN, trailing bytes and anything over its limits.
///
/// - Source: RFC 8259; the duplicate-key and surrogate rules are those of RFC 7493 (I-JSON).
public struct JSONParser {
  private let bytes: [UInt8]
  private let limits: JSONLimits
  private var at = 0

  private init(_ bytes: [UInt8], _ limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// Parses one JSON text that fills `bytes`.
  ///
  /// - Throws: ``JSONError`` with the byte offset of the first fault.
  /// - Complexity: O(*n* + *k*²) for *n* bytes and objects of at most 16 members; O(*n*) above that.
  public static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
    guard bytes.count <= limits.maximumByteCount else {
      throw JSONError(reason: "text is longer than \(limits.maximumByteCount) bytes", offset: limits.maximumByteCount)
    }
    var parser = JSONParser(bytes, limits)
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.at == bytes.count else { throw parser.error("unexpected bytes after the value") }
    return value
  }

  private func error(_ reason: String) -> JSONError { JSONError(reason: reason, offset: at) }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
  }

  private mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard next == byte else { throw error("expected '\(Character(UnicodeScalar(byte)))'") }
    at += 1
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth <= limits.maximumDepth else { throw error("nested deeper than \(limits.maximumDepth)") }
    guard let first = next else { throw error("text ends where a value should stand") }
    switch first {
    case UInt8(ascii: "{"): return .object(try object(depth: depth))
    case UInt8(ascii: "["): return .array(try array(depth: depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw error("expected a value")
    }
  }

  private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let text = Array("\(word)".utf8)
    guard bytes[at...].starts(with: text) else { throw error("expected '\(word)'") }
    at += text.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONError) -> [JSONMember] {
    try expect(UInt8(ascii: "{"))
    var members: [JSONMember] = []
    var seen: Set<[UInt8]> = []
    skipSpace()
    if next == UInt8(ascii: "}") {
      at += 1
      return members
    }
    while true {
      skipSpace()
      let start = at
      let key = try string()
      // Small objects are compared pair by pair: no allocation for the millions of rows of a JSON Lines manifest.
      let isDuplicate: Bool
      if members.count < 16 {
        isDuplicate = members.contains { $0.key.utf8.elementsEqual(key.utf8) }
      } else {
        if seen.isEmpty { seen = Set(members.map { Array($0.key.utf8) }) }
        isDuplicate = !seen.insert(Array(key.utf8)).inserted
      }
      guard !isDuplicate else { throw JSONError(reason: "key '\(key)' stands twice in one object", offset: start) }
      skipSpace()
      try expect(UInt8(ascii: ":"))
      skipSpace()
      members.append(JSONMember(key, try value(depth: depth + 1)))
      guard members.count <= limits.maximumElementCount else { throw error("object has too many members") }
      skipSpace()
      guard next == UInt8(ascii: ",") else { break }
      at += 1
    }
    try expect(UInt8(ascii: "}"))
    return members
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
    try expect(UInt8(ascii: "["))
    var elements: [JSONValue] = []
    skipSpace()
    if next == UInt8(ascii: "]") {
      at += 1
      return elements
    }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      guard elements.count <= limits.maximumElementCount else { throw error("array has too many elements") }
      skipSpace()
      guard next == UInt8(ascii: ",") else { break }
      at += 1
    }
    try expect(UInt8(ascii: "]"))
    return elements
  }

  private mutating func number() throws(JSONError) -> JSONValue {
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
    let literal = String(decoding: bytes[start..<at], as: UTF8.self)
    if isInteger {
      // RFC 7493: integers beyond 2^53 are not read alike by every program.
      guard let number = Int64(literal), abs(number) < 1 << 53, literal != "-0" else {
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

  private mutating func string() throws(JSONError) -> String {
    try expect(UInt8(ascii: "\""))
    let start = at
    // Most strings have no escape: find the end first and decode the slice at once.
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
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
        unescaped.append(byte)
        at += 1
      }
    }
    try expect(UInt8(ascii: "\""))
    return try decoded(unescaped[...], from: start)
  }

  private func decoded(_ utf8: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
    guard utf8.count <= limits.maximumStringByteCount else {
      throw JSONError(reason: "string is longer than \(limits.maximumStringByteCount) bytes", offset: start)
    }
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
    case UInt8(ascii: "u"): text.append(contentsOf: Array(String(try escapedScalar()).utf8))
    default: throw JSONError(reason: "unknown escape", offset: at - 1)
    }
  }

  private mutating func escapedScalar() throws(JSONError) -> Character {
    let start = at
    let unit = try fourHexDigits()
    if let scalar = UnicodeScalar(unit) { return Character(scalar) }
    guard (0xD800...0xDBFF).contains(unit), next == UInt8(ascii: "\\"), at + 1 < bytes.count,
      bytes[at + 1] == UInt8(ascii: "u")
    else { throw JSONError(reason: "lone surrogate", offset: start) }
    at += 2
    let low = try fourHexDigits()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = UnicodeScalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    else { throw JSONError(reason: "lone surrogate", offset: start) }
    return Character(scalar)
  }

  private mutating func fourHexDigits() throws(JSONError) -> UInt16 {
    guard at + 4 <= bytes.count else { throw error("text ends inside an escape") }
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(UnicodeScalar(bytes[at])).hexDigitValue, bytes[at] < 0x80 else {
        throw error("expected a hexadecimal digit")
      }
      unit = unit << 4 | UInt16(digit)
      at += 1
    }
    return unit
  }
}
