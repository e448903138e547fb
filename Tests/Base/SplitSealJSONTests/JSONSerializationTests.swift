import SplitSealJSON
import SplitSealTestSupport
import Testing

/// RFC 8785 within the profile (ASCII keys, integers), and the texts for people.
@Suite struct JSONSerializationTests {
  private func canonical(_ text: String) throws -> String {
    String(decoding: try JSONParser.parse(Array(text.utf8)).canonicalBytes, as: UTF8.self)
  }

  /// The string of RFC 8785, section 3.2.2, and its canonical bytes of section 3.2.4.
  @Test func `the string of the specification comes out as the specification says`() throws {
    let text = #"{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"#
    let expected: [UInt8] = [
      0x7b, 0x22, 0x6c, 0x69, 0x74, 0x65, 0x72, 0x61, 0x6c, 0x73, 0x22, 0x3a, 0x5b, 0x6e, 0x75, 0x6c, 0x6c, 0x2c, 0x74,
      0x72, 0x75, 0x65, 0x2c, 0x66, 0x61, 0x6c, 0x73, 0x65, 0x5d, 0x2c, 0x22, 0x73, 0x74, 0x72, 0x69, 0x6e, 0x67, 0x22,
      0x3a, 0x22, 0xe2, 0x82, 0xac, 0x24, 0x5c, 0x75, 0x30, 0x30, 0x30, 0x66, 0x5c, 0x6e, 0x41, 0x27, 0x42, 0x5c, 0x22,
      0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x22, 0x2f, 0x22, 0x7d,
    ]
    #expect(try JSONParser.parse(Array(text.utf8)).canonicalBytes == expected)
  }

  /// RFC 8785, section 3.2.2.2: two-character forms where JSON has them, lower-case `\u00xx` for the other controls,
  /// everything else as it is.
  @Test func `every control character has its prescribed form`() {
    let shortForms: [UInt8: String] = [0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r"]
    let digits = Array("0123456789abcdef")
    for byte in UInt8(0)..<0x20 {
      let expected = shortForms[byte] ?? "\\u00\(digits[Int(byte / 16)])\(digits[Int(byte % 16)])"
      let text = String(Character(UnicodeScalar(byte)))
      #expect(JSONValue.string(text).canonicalBytes == Array("\"\(expected)\"".utf8))
    }
    #expect(JSONValue.string("\u{7F}/é\u{2028}").canonicalBytes == Array("\"\u{7F}/é\u{2028}\"".utf8))
  }

  @Test(arguments: [
    (#"{"b":1,"a":2}"#, #"{"a":2,"b":1}"#),
    (#"{"a10":1,"a2":2,"a":3,"A":4,"_":5}"#, #"{"A":4,"_":5,"a":3,"a10":1,"a2":2}"#),
    (#"{ "z" : { "y" : [ 3 , 1 ] , "x" : { } } , "" : [ ] }"#, #"{"":[],"z":{"x":{},"y":[3,1]}}"#),
    (
      #"{"peach":"This sorting order","1":-9007199254740991,"10":0}"#,
      #"{"1":-9007199254740991,"10":0,"peach":"This sorting order"}"#
    ),
  ])
  func `keys are sorted by bytes and space is dropped`(text: String, expected: String) throws {
    #expect(try canonical(text) == expected)
  }

  @Test func `strings are not normalised`() throws {
    #expect(JSONValue.string("e\u{301}").canonicalBytes == [0x22, 0x65, 0xCC, 0x81, 0x22])
    #expect(JSONValue.string("\u{E9}").canonicalBytes == [0x22, 0xC3, 0xA9, 0x22])
  }

  @Test func `pretty text is indented by two and ends with a newline`() throws {
    let value = try JSONParser.parse(Array(#"{"b":[1,{"c":null}],"a":{},"d":[],"e":1.50}"#.utf8))
    #expect(
      value.prettyText == """
        {
          "b": [
            1,
            {
              "c": null
            }
          ],
          "a": {},
          "d": [],
          "e": 1.50
        }

        """)
    #expect(value.compactText == #"{"b":[1,{"c":null}],"a":{},"d":[],"e":1.50}"#)
  }

  @Test func `an object from pairs leaves out what is absent`() {
    let value = JSONValue.object(["b": .integer(1), "none": nil, "a": .null])
    #expect(value.compactText == #"{"b":1,"a":null}"#)
  }

  @Test func `random values survive every form`() throws {
    var random = SplitMix64(seed: 20_240_607)
    for _ in 0..<300 {
      let value = random.value(depth: 0)
      #expect(try JSONParser.parse(Array(value.compactText.utf8)) == value)
      #expect(try JSONParser.parse(Array(value.prettyText.utf8)) == value)
      let canonical = value.canonicalBytes
      #expect(try JSONParser.parse(canonical).canonicalBytes == canonical)
    }
  }

  @Test func `canonical form refuses decimals and keys beyond ASCII`() async {
    await #expect(processExitsWith: .failure) { _ = JSONValue.decimal("1.5").canonicalBytes }
    await #expect(processExitsWith: .failure) {
      _ = JSONValue.object([JSONMember("é", .null)]).canonicalBytes
    }
  }
}

extension SplitMix64 {
  /// A short text of what is hard to escape.
  fileprivate mutating func text() -> String {
    let alphabet = Array("ab\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}é€😀 {}[]:,".unicodeScalars)
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<12, using: &self) {
      scalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &self)])
    }
    return String(scalars)
  }

  mutating func value(depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &self) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &self))
    case 2: return .integer(Int64.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &self))
    case 3: return .string(text())
    case 4: return .array((0..<Int.random(in: 0..<4, using: &self)).map { _ in value(depth: depth + 1) })
    default:
      return .object(
        (0..<Int.random(in: 0..<20, using: &self)).map { JSONMember("k\($0)", value(depth: depth + 1)) })
    }
  }
}
