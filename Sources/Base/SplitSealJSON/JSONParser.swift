/// A strict RFC 8259 parser.
///
/// Foundation has two parsers that disagree about duplicate keys (one takes the first, the other the last), so that a
/// signed document could read differently in two programs. This one refuses duplicate keys, lone surrogates, invalid
/// UTF-8, a byte order mark, NaN (unless told otherwise), trailing bytes, integers beyond 2^53 and anything over its limits.
///
/// - Source: RFC 8259; the duplicate-key, surrogate and integer rules are those of RFC 7493 (I-JSON).
public struct JSONParser {
  let bytes: [UInt8]
  let limits: JSONLimits
  /// Offset of the next byte to look at.
  var at: Int
  /// Offset behind the last byte that may be looked at.
  let end: Int
  /// Values so far.
  private var valueCount = 0

  private init(_ bytes: [UInt8], _ range: Range<Int>, _ limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
    self.at = range.lowerBound
    self.end = range.upperBound
  }

  /// Parses one JSON text that fills `bytes`.
  ///
  /// - Throws: ``JSONError`` with the byte offset of the first fault.
  /// - Complexity: O(*n* + *k*²) for *n* bytes and objects of at most 16 members; O(*n*) above that.
  public static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
    try parse(bytes, in: bytes.indices, limits: limits)
  }

  /// Parses one JSON text that fills `range` of `bytes`: a line of JSON Lines, without a copy.
  ///
  /// - Throws: ``JSONError`` with the offset of the first fault from the start of `bytes`.
  /// - Precondition: `range` lies within `bytes`.
  public static func parse(
    _ bytes: [UInt8], in range: Range<Int>, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSONValue {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "the range lies within the bytes")
    guard range.count <= limits.maximumByteCount else {
      throw JSONError(
        reason: "text is longer than \(limits.maximumByteCount) bytes",
        offset: range.lowerBound + limits.maximumByteCount, exceedsLimit: true)
    }
    var parser = JSONParser(bytes, range, limits)
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.at == parser.end else { throw parser.error("unexpected bytes after the value") }
    return value
  }

  /// Parses the one value that begins at `start`, whatever follows it: an element of an array too large to hold.
  ///
  /// - Returns: The value, and the offset of the byte behind it.
  /// - Throws: ``JSONError`` with the offset of the first fault from the start of `bytes`.
  /// - Precondition: `start` is in `0...bytes.count`.
  public static func parseValue(
    in bytes: [UInt8], from start: Int, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> (value: JSONValue, end: Int) {
    precondition((0...bytes.count).contains(start), "the value starts within the bytes")
    let end = min(bytes.count, start + limits.maximumByteCount)
    var parser = JSONParser(bytes, start..<end, limits)
    do {
      let value = try parser.value(depth: 0)
      return (value, parser.at)
    } catch {
      guard parser.at == end, end < bytes.count else { throw error }
      throw JSONError(reason: "value is longer than \(limits.maximumByteCount) bytes", offset: end, exceedsLimit: true)
    }
  }

  func error(_ reason: String, exceedsLimit: Bool = false) -> JSONError {
    JSONError(reason: reason, offset: at, exceedsLimit: exceedsLimit)
  }

  var next: UInt8? { at < end ? bytes[at] : nil }

  private mutating func skipSpace() {
    while at < end {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard next == byte else { throw error("expected '\(Character(UnicodeScalar(byte)))'") }
    at += 1
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard let first = next else { throw error("text ends where a value should stand") }
    valueCount += 1
    guard valueCount <= limits.maximumValueCount else {
      throw error("more than \(limits.maximumValueCount) values", exceedsLimit: true)
    }
    switch first {
    case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "N") where limits.readsNotANumberAsNull: return try literal("NaN", .null)
    case UInt8(ascii: "I") where limits.readsNotANumberAsNull: return try literal("Infinity", .null)
    case UInt8(ascii: "-") where limits.readsNotANumberAsNull && at + 1 < end && bytes[at + 1] == UInt8(ascii: "I"):
      return try literal("-Infinity", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw error("expected a value")
    }
  }

  private mutating func literal(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[at..<end].starts(with: word.utf8) else { throw error("expected '\(word)'") }
    at += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONError) -> [JSONMember] {
    guard depth <= limits.maximumDepth else { throw error("nested deeper than \(limits.maximumDepth)") }
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
      guard !isDuplicate else { throw JSONError(reason: duplicate(key), offset: start) }
      skipSpace()
      try expect(UInt8(ascii: ":"))
      skipSpace()
      if members.isEmpty { members.reserveCapacity(4) }
      members.append(JSONMember(key, try value(depth: depth)))
      guard members.count <= limits.maximumElementCount else {
        throw error("object has too many members", exceedsLimit: true)
      }
      skipSpace()
      guard next == UInt8(ascii: ",") else { break }
      at += 1
    }
    try expect(UInt8(ascii: "}"))
    return members
  }

  /// Names the key when it is harmless to print: keys come from strangers and may hold terminal escapes.
  private func duplicate(_ key: String) -> String {
    let isPlain = key.utf8.count <= 64 && key.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    return isPlain ? "key '\(key)' stands twice in one object" : "a key stands twice in one object"
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
    guard depth <= limits.maximumDepth else { throw error("nested deeper than \(limits.maximumDepth)") }
    try expect(UInt8(ascii: "["))
    var elements: [JSONValue] = []
    skipSpace()
    if next == UInt8(ascii: "]") {
      at += 1
      return elements
    }
    while true {
      skipSpace()
      elements.append(try value(depth: depth))
      guard elements.count <= limits.maximumElementCount else {
        throw error("array has too many elements", exceedsLimit: true)
      }
      skipSpace()
      guard next == UInt8(ascii: ",") else { break }
      at += 1
    }
    try expect(UInt8(ascii: "]"))
    return elements
  }
}
