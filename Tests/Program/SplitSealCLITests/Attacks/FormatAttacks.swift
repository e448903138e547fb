import SplitSealCertificate
import Testing

/// Attacks on parsers: documents that two programs could read in two ways, and documents that are too large.
@Suite struct FormatAttacks {
  /// The certificate's own file.
  private static func file(_ attack: String, _ message: String, _ change: @escaping @Sendable (String) -> String)
    -> Attack
  {
    Attack("\(attack) in the certificate's file", "is malformed", 4, message) {
      try $0.write(Workbench.certificateName, change($0.text(Workbench.certificateName)))
      return []
    }
  }

  /// The signed statement.
  private static func statement(_ attack: String, _ message: String, _ text: String, _ other: String) -> Attack {
    Attack("\(attack) in the statement", "is malformed", 4, message) {
      try $0.lie(text, other)
      return []
    }
  }

  /// The records.
  private static func records(_ attack: String, _ message: String, _ change: @escaping @Sendable (String) -> String)
    -> Attack
  {
    Attack("\(attack) in the records", "fails, names the line", 1, message) {
      try $0.write(Workbench.recordsName, change($0.text(Workbench.recordsName)))
      return []
    }
  }

  static let json: [Attack] = [
    file("key twice", "key 'mediaType' stands twice in one object") {
      $0.replacing(#""mediaType""#, with: #""mediaType":"x","mediaType""#, maxReplacements: 1)
    },
    file("byte order mark", "not a certificate: expected a value at byte 0") { "\u{FEFF}" + $0 },
    file("bytes behind the value", "not a certificate: unexpected bytes after the value") { $0 + "{}" },
    file("depth of more than 32", "not a certificate: nested deeper than 32") { _ in String(repeating: "[", count: 40)
    },
    file("lone surrogate", "lone surrogate at byte ") { $0.replacing("SHA256:", with: #"\ud800"#, maxReplacements: 1) },
    file("base64 with white space", "'payload' is not base64 in its one form") {
      $0.replacing(#""payload":""#, with: #""payload":" "#)
    },
    file("base64 without padding, or with bits left over", "'sig' is not base64 in its one form") {
      $0.replacing(#""sig":""#, with: #""sig":"AB=="#)
    },
    file("unknown member", "the bundle has an unknown member 'extra'") {
      $0.replacing(#""mediaType""#, with: #""extra":1,"mediaType""#, maxReplacements: 1)
    },
    statement(
      "key twice", "the statement is not JSON as certificates write it: key 'images' stands twice in one object",
      #""images":4"#, #""images":4,"images":5"#),
    statement(
      "NaN", "the statement is not JSON as certificates write it: expected a value", #""images":4"#, #""images":NaN"#),
    statement(
      "fraction", "the statement is not JSON as certificates write it: number with a fraction or an exponent",
      #""images":4"#, #""images":4.0"#),
    statement(
      "integer of 2^53 or more", "the statement is not JSON as certificates write it: integer is out of range",
      #""images":4"#,
      #""images":9007199254740993"#),
    statement("lone surrogate", "lone surrogate at byte ", #""name":"set""#, #""name":"\ud800""#),
    statement(
      "depth of more than 32", "nested deeper than 32", #""images":4"#,
      #""images":"# + String(repeating: "[", count: 40) + String(repeating: "]", count: 40)),
    statement(
      "text of more than 4 KiB", "string is longer than 4096 bytes", #""name":"set""#,
      #""name":""# + String(repeating: "x", count: 5000) + #"""#),
    statement(
      "more than 64 subjects", "subject has more than 64 elements", #""subject":["#,
      #""subject":["# + String(repeating: #"{"digest":{"sha256":"00"},"name":"x"},"#, count: 65)),
    records("key twice", "line 1: key 'size' stands twice in one object") {
      $0.replacing(#""size""#, with: #""size":1,"size""#, maxReplacements: 1)
    },
    records("byte order mark", "line 1: expected a value") { "\u{FEFF}" + $0 },
    Attack(
      "CRLF in the records", "passes, mentions it", 0, "has CRLF line ends, as git writes where core.autocrlf is on"
    ) {
      try $0.write(Workbench.recordsName, $0.text(Workbench.recordsName).replacing("\n", with: "\r\n"))
      return []
    },
    records("white space", "line 1: the line is not in its canonical form") {
      $0.replacing(",", with: ", ", maxReplacements: 1)
    },
    records("lines out of order", "line 2: the records are not in order") {
      $0.split(separator: "\n").reversed().joined(separator: "\n") + "\n"
    },
    records("line twice", "stands twice in split 'test'") { $0.split(separator: "\n")[0] + "\n" + $0 },
    records("nothing at all", "there are no records: nothing is committed to") { _ in "" },
  ]

  static let limits: [Attack] = [
    Attack("certificate of more than 8 MiB", "is not read", 2, "the file is larger than 8388608 bytes") {
      try $0.write(Workbench.certificateName, [UInt8](repeating: 0x20, count: 9 << 20))
      return []
    },
    records("line of more than 64 KiB", "line 1: the line is longer than 65536 bytes") {
      $0.replacing("real", with: String(repeating: "x", count: 70_000), maxReplacements: 1)
    },
    records("more lines than were signed", "line 5: there are more than 4 records") {
      $0 + $0.replacing("images", with: "z")
    },
    Attack(
      "image of 65,535 x 65,535 pixels in 100 bytes", "is signed with the finding, never decoded", 3,
      "1 of 2 images of test could not be read"
    ) { bench in
      var png = Array(try bench.bytes("set/images/2.png").prefix(100))
      // Width and height of the header; the checksum behind them is wrong by that, too.
      for offset in [18, 19, 22, 23] { png[offset] = 0xFF }
      try bench.write("set/images/2.png", png)
      return ["certify", "set/list.csv", "--key", "signer.key", "--no-probe", "--no-cache"]
    },
    Attack("pipe in the place of the records", "is not read, does not wait", 2, "records.jsonl: not a regular file") {
      try $0.remove(Workbench.recordsName)
      try $0.makePipe(Workbench.recordsName)
      return []
    },
  ]

  @Test(arguments: json) func `duplicate keys, NaN, floats, surrogates, BOM, trailing bytes, depth, base64`(
    attack: Attack
  ) throws {
    try attack.check()
  }

  @Test(arguments: limits) func `huge JSON, line, array, image, count`(attack: Attack) throws { try attack.check() }
}
