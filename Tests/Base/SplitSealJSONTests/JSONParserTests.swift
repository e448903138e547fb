import SplitSealBase
import SplitSealJSON
import Testing

/// The grammar of RFC 8259 and the refusals of RFC 7493.
@Suite struct JSONParserTests {
  @Test(arguments: [
    ("null", JSONValue.null),
    (" true\r\n", .bool(true)),
    ("\tfalse ", .bool(false)),
    ("0", .integer(0)),
    ("-1", .integer(-1)),
    ("9007199254740991", .integer(9_007_199_254_740_991)),
    ("-9007199254740991", .integer(-9_007_199_254_740_991)),
    ("1.50", .decimal("1.50")),
    ("-0.0", .decimal("-0.0")),
    ("1e5", .decimal("1e5")),
    ("1E+05", .decimal("1E+05")),
    ("2.5e-07", .decimal("2.5e-07")),
    ("\"\"", .string("")),
    ("[]", .array([])),
    ("[ ]", .array([])),
    ("{}", .object([])),
    ("{ }", .object([])),
    ("[1 , [2],\n{\"a\" : 3}]", .array([.integer(1), .array([.integer(2)]), .object([JSONMember("a", .integer(3))])])),
  ])
  func `values of every kind are read`(text: String, value: JSONValue) throws {
    #expect(try JSONParser.parse(Array(text.utf8)) == value)
  }

  /// RFC 8259, section 7, every two-character form and the `\u` forms.
  @Test(arguments: [
    (#""\"""#, "\""), (#""\\""#, "\\"), (#""\/""#, "/"), (#""\b""#, "\u{8}"), (#""\f""#, "\u{C}"), (#""\n""#, "\n"),
    (#""\r""#, "\r"), (#""\t""#, "\t"), (#""\u0041""#, "A"), (#""\u00e9""#, "\u{E9}"), (#""\u20AC""#, "€"),
    (#""\u0000""#, "\0"), (#""\uD834\uDD1E""#, "\u{1D11E}"), (#""\udbff\udfff""#, "\u{10FFFF}"),
    (#""\uFFFF""#, "\u{FFFF}"), (#""a\tb\u0062c😀\n""#, "a\tbbc😀\n"), ("\"\u{7F}\"", "\u{7F}"),
  ])
  func `every escape is understood`(text: String, meaning: String) throws {
    let string = try #require(try JSONParser.parse(Array(text.utf8)).string)
    #expect(Array(string.utf8) == Array(meaning.utf8))
  }

  @Test(arguments: [
    ("", "text ends where a value should stand", 0),
    ("  ", "text ends where a value should stand", 2),
    ("\u{FEFF}1", "expected a value", 0),
    ("1 2", "unexpected bytes after the value", 2),
    ("{}\0", "unexpected bytes after the value", 2),
    ("nul", "expected 'null'", 0),
    ("True", "expected a value", 0),
    ("NaN", "expected a value", 0),
    ("Infinity", "expected a value", 0),
    ("-Infinity", "expected a digit", 1),
    ("+1", "expected a value", 0),
    (".5", "expected a value", 0),
    ("01", "number has a leading zero", 0),
    ("-01", "number has a leading zero", 1),
    ("1.", "expected a digit", 2),
    ("1e", "expected a digit", 2),
    ("1e+", "expected a digit", 3),
    ("-", "expected a digit", 1),
    ("-0", "integer is out of range", 0),
    ("9007199254740992", "integer is out of range", 0),
    ("-9007199254740992", "integer is out of range", 0),
    ("-9223372036854775808", "integer is out of range", 0),
    ("99999999999999999999999", "integer is out of range", 0),
    ("0x10", "unexpected bytes after the value", 1),
    ("[1,]", "expected a value", 3),
    ("[1 2]", "expected ']'", 3),
    ("[,1]", "expected a value", 1),
    ("[1", "expected ']'", 2),
    ("]", "expected a value", 0),
    ("{\"a\":1,}", "expected a string", 7),
    ("{\"a\" 1}", "expected ':'", 5),
    ("{a:1}", "expected a string", 1),
    ("{'a':1}", "expected a string", 1),
    ("{\"a\":}", "expected a value", 5),
    ("{\"a\":1", "expected '}'", 6),
    ("{\"a\":1 \"b\":2}", "expected '}'", 7),
    ("// a\n1", "expected a value", 0),
    ("\"a", "text ends inside a string", 2),
    ("\"a\\", "text ends inside an escape", 3),
    ("\"a\nb\"", "control character in a string", 2),
    ("\"\u{1F}\"", "control character in a string", 1),
    ("\"\\x41\"", "unknown escape", 2),
    ("\"\\U0041\"", "unknown escape", 2),
    ("\"\\u00g0\"", "expected a hexadecimal digit", 5),
    ("\"\\u00", "text ends inside an escape", 5),
    ("\"\\uD800\"", "lone surrogate", 3),
    ("\"\\uDC00\"", "lone surrogate", 3),
    ("\"\\uD800\\u0041\"", "lone surrogate", 3),
    ("\"\\uD800\\n\"", "lone surrogate", 3),
    ("\"\\uD800\\uD800\"", "lone surrogate", 3),
  ])
  func `what is not strict JSON is refused at its byte`(text: String, reason: String, offset: Int) {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8)) }
    #expect(error?.reason == reason)
    #expect(error?.offset == offset)
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22],  // never in UTF-8
      [0x22, 0xC0, 0xAF, 0x22],  // overlong '/'
      [0x22, 0xED, 0xA0, 0x80, 0x22],  // a surrogate
      [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],  // beyond U+10FFFF
      [0x22, 0xE2, 0x82, 0x22],  // cut short
      [0x22, 0x5C, 0x6E, 0x80, 0x22],  // after an escape
    ] as [[UInt8]])
  func `a string that is not UTF-8 is refused`(bytes: [UInt8]) {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(bytes) }
    #expect(error?.reason == "string is not valid UTF-8")
    #expect(error?.offset == 1)
  }

  @Test func `a byte order mark is refused`() {
    #expect(throws: JSONError.self) { try JSONParser.parse([0xEF, 0xBB, 0xBF, 0x31]) }
  }

  @Test func `a key that stands twice is refused, escaped or not`() {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(#"{"a":1,"\u0061":2}"#.utf8)) }
    #expect(error?.description == "key 'a' stands twice in one object at byte 7")
  }

  @Test func `a key that stands twice among many is refused`() {
    let many = (0..<100).map { "\"k\($0)\":\($0)" }
    let error = #expect(throws: JSONError.self) {
      try JSONParser.parse(Array("{\((many + ["\"k57\":0"]).joined(separator: ","))}".utf8))
    }
    #expect(error?.reason == "key 'k57' stands twice in one object")
    #expect(throws: Never.self) { try JSONParser.parse(Array("{\(many.joined(separator: ","))}".utf8)) }
  }

  @Test func `a terminal escape in a key does not reach the message`() {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(#"{"\u001b[2J":1,"\u001b[2J":2}"#.utf8)) }
    #expect(error?.reason == "a key stands twice in one object")
  }

  @Test func `keys that differ only in normalisation are two keys`() throws {
    let value = try JSONParser.parse(Array(#"{"é":1,"e\#u{301}":2}"#.utf8))
    #expect(value.members?.count == 2)
    #expect(value["\u{E9}"] == .integer(1))
    #expect(value["e\u{301}"] == .integer(2))
  }

  @Test func `members keep their order`() throws {
    let value = try JSONParser.parse(Array(#"{"z":1,"a":2,"m":3}"#.utf8))
    #expect(value.members?.map(\.key) == ["z", "a", "m"])
  }

  @Test func `every prefix of a text is an error and never a crash`() throws {
    let text = Array(#"{"a":[1,-2.5e+3,true,null,{"b":"\ud834\udd1e\n€"}],"c":false}"#.utf8)
    #expect(throws: Never.self) { try JSONParser.parse(text) }
    for count in 0..<text.count {
      #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.prefix(count))) }
    }
  }

  @Test func `every single changed byte is read or refused and never a crash`() {
    let text = Array(#"{"a":[1,-2.5e+3,true,null,{"b":"\ud834\udd1e\n€"}]}"#.utf8)
    for index in text.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = text
        changed[index] = byte
        _ = try? JSONParser.parse(changed)
      }
    }
  }
}
