import SplitSealJSON
import Testing

/// Limits are inclusive: what is just at one passes, what is just over one is refused.
@Suite struct JSONLimitsTests {
  private func limits(_ change: (inout JSONLimits) -> Void) -> JSONLimits {
    var limits = JSONLimits()
    change(&limits)
    return limits
  }

  private func nested(_ depth: Int) -> [UInt8] {
    Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
  }

  @Test func `thirty-two arrays inside one another pass and thirty-three do not`() {
    #expect(throws: Never.self) { try JSONParser.parse(nested(32)) }
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(nested(33)) }
    #expect(error?.description == "nested deeper than 32 at byte 32")
  }

  @Test func `objects count towards the depth`() {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)).utf8)
    }
    #expect(throws: Never.self) { try JSONParser.parse(nested(32)) }
    #expect(throws: JSONError.self) { try JSONParser.parse(nested(33)) }
  }

  @Test func `a million opening brackets do not exhaust the stack`() {
    #expect(throws: JSONError.self) { try JSONParser.parse([UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)) }
  }

  @Test func `bytes are counted with the space around them`() {
    let limits = limits { $0.maximumByteCount = 4 }
    #expect(throws: Never.self) { try JSONParser.parse(Array("1   ".utf8), limits: limits) }
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array("1    ".utf8), limits: limits) }
    #expect(error?.description == "text is longer than 4 bytes at byte 4")
  }

  @Test func `string length is that of its meaning in UTF-8`() {
    let limits = limits { $0.maximumStringByteCount = 3 }
    #expect(throws: Never.self) { try JSONParser.parse(Array(#""\u20ac""#.utf8), limits: limits) }
    #expect(throws: JSONError.self) { try JSONParser.parse(Array(#""€a""#.utf8), limits: limits) }
    #expect(throws: JSONError.self) { try JSONParser.parse(Array(#"{"abcd":1}"#.utf8), limits: limits) }
    #expect(throws: JSONError.self) { try JSONParser.parse(Array("1.234".utf8), limits: limits) }
  }

  @Test func `values are counted over the whole text`() {
    let limits = limits { $0.maximumValueCount = 5 }
    #expect(throws: Never.self) { try JSONParser.parse(Array(#"[[1],{"a":2}]"#.utf8), limits: limits) }
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array("[[1,2],[3]]".utf8), limits: limits) }
    #expect(error?.description == "more than 5 values at byte 8")
  }

  @Test func `elements and members are counted`() {
    let limits = limits { $0.maximumElementCount = 2 }
    #expect(throws: Never.self) { try JSONParser.parse(Array("[1,2]".utf8), limits: limits) }
    #expect(throws: JSONError.self) { try JSONParser.parse(Array("[1,2,3]".utf8), limits: limits) }
    #expect(throws: JSONError.self) { try JSONParser.parse(Array(#"{"a":1,"b":2,"c":3}"#.utf8), limits: limits) }
  }

  @Test(arguments: ["1.0", "1e0", "-0.5"])
  func `decimals are refused where there may be none`(text: String) {
    let limits = limits { $0.allowsDecimals = false }
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8), limits: limits) }
    #expect(error?.reason == "number with a fraction or an exponent")
    #expect(throws: Never.self) { try JSONParser.parse(Array("[1,-20]".utf8), limits: limits) }
  }

  @Test func `a range is parsed as a text of its own, with offsets of the whole`() throws {
    let bytes = Array("{\"a\":1}\n{\"a\":2}\n{\"a\" 3}".utf8)
    #expect(try JSONParser.parse(bytes, in: 8..<15)["a"] == .integer(2))
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(bytes, in: 16..<23) }
    #expect(error?.description == "expected ':' at byte 21")
    #expect(throws: JSONError.self) { try JSONParser.parse(bytes, in: 8..<14) }
    #expect(throws: JSONError.self) { try JSONParser.parse(Array("12".utf8), in: 0..<0) }
    #expect(try JSONParser.parse(Array("12".utf8), in: 0..<1) == .integer(1))
  }

  @Test func `one value is parsed from the middle and its end reported`() throws {
    let bytes = Array("[{\"a\":[1]} , 7]".utf8)
    let first = try JSONParser.parseValue(in: bytes, from: 1)
    #expect(first.value["a"] == .array([.integer(1)]))
    #expect(first.end == 10)
    #expect(try JSONParser.parseValue(in: bytes, from: 13).end == 14)
    let limits = limits { $0.maximumByteCount = 5 }
    let error = #expect(throws: JSONError.self) { try JSONParser.parseValue(in: bytes, from: 1, limits: limits) }
    #expect(error?.description == "value is longer than 5 bytes at byte 6")
  }
}
