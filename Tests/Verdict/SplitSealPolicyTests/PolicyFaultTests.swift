import SplitSealBase
import SplitSealPolicy
import Testing

/// Policies that cannot be used: what is said, where, and what to do.
@Suite struct PolicyFaultTests {
  private func problems(_ bytes: [UInt8]) -> [ConfigurationError.Problem] {
    do throws(ConfigurationError) {
      _ = try PolicyFile(bytes, path: "p.yml")
      return []
    } catch {
      return error.problems
    }
  }

  /// The problems of a text behind `version: 1` on its first line.
  private func told(_ text: String) -> [String] {
    problems(Array("version: 1\n\(text)".utf8)).map { "\($0)" + ($0.hint.map { " | \($0)" } ?? "") }
  }

  @Test(arguments: [
    ("sevrities: {}", "p.yml:2:1: unknown key 'sevrities' | did you mean 'severities'?"),
    ("fail-on: eror", "p.yml:2:10: unknown value of fail-on 'eror' | did you mean 'error'?"),
    (
      "fail-on: loud",
      "p.yml:2:10: unknown value of fail-on 'loud' | known: note, warning, error"
    ),
    ("fail-on:", "p.yml:2:9: fail-on has to be one of note, warning, error, not nothing"),
    ("severities: {redundncy: off}", "p.yml:2:14: unknown rule 'redundncy' | did you mean 'redundancy'?"),
    ("severities: {redundancy: of}", "p.yml:2:26: unknown severity 'of' | did you mean 'off'?"),
    (
      "severities: off",
      "p.yml:2:13: severities has to be a mapping of at most 1000, not 'off' | write: {class-skew: warning}"
    ),
    ("unreadable-share: 1.01", "p.yml:2:19: unreadable-share has to be a number, 0 to 1, not '1.01'"),
    ("unreadable-share: \"0.1\"x", "p.yml:2:24: did not find expected key"),
    ("unreadable-share: '0.1'", "p.yml:2:19: unreadable-share has to be a number, 0 to 1, not '0.1'"),
    ("unreadable-share: nan", "p.yml:2:19: unreadable-share has to be a number, 0 to 1, not 'nan'"),
    (
      "class-limits:\n  seed: 1.5",
      "p.yml:3:9: class-limits.seed has to be a whole number, 0 to 9007199254740991, not '1.5'"
    ),
    ("class-limits: 5", "p.yml:2:15: 'class-limits' is a mapping of settings, not '5'"),
    ("class-limits: {warning: {px: 1}}", "p.yml:2:26: unknown key 'px' | known: p, share-ratio, distance-excess"),
    (
      "class-limits: {error: {p: 0.02}}",
      "p.yml:2:1: class-limits.error.p is easier to reach than class-limits.warning.p"
        + " | an error asks for as much as a warning, or more"
    ),
    ("time: {test-later: yes}", "p.yml:2:20: time.test-later has to be true or false, not 'yes'"),
    ("time: {column: []}", "p.yml:2:16: time.column has to be a text of 1 to 1000 bytes, not a list"),
    (
      "groups: {columns: patient}",
      "p.yml:2:19: groups.columns has to be a list of at most 1000, not 'patient' | write: [first, second]"
    ),
    (
      "groups: {patterns: ['(']}",
      "p.yml:2:21: groups.patterns: '(': "
    ),
    ("classes: {real: 1}", "p.yml:2:10: classes declares one class | a ratio takes two or more"),
    ("classes: {a: 0, b: 1}", "p.yml:2:14: the part of 'a' has to be a number, 1e-09 to 1000000000, not '0'"),
    (
      "allowed-overlaps: [{splits: [a, a], reason: x}]",
      "p.yml:2:20: an allowed overlap names two different splits"
    ),
    ("allowed-overlaps: [{splits: [a, b]}]", "p.yml:2:20: an allowed overlap gives its reason"),
    (
      "allowed-overlaps: [{splits: [a, b], rules: [redundancy], reason: x}]",
      "p.yml:2:45: rule 'redundancy' is not about two splits that share something"
    ),
    ("allowed-overlaps: [{splits: [a, b], reason: x, why: y}]", "p.yml:2:48: unknown key 'why'"),
    ("fail-on: note\nfail-on: error", "p.yml:2:1: key 'fail-on' stands twice in one mapping | keep one of the two"),
    ("classes: {a: 1, a: 2}", "p.yml:2:11: key 'a' stands twice in one mapping | keep one of the two"),
    ("fail-on error", "p.yml:3:1: could not find expected ':'"),
    ("fail-on: &x error", "p.yml:2:10: anchors and aliases are refused | write values out"),
    ("fail-on: *x", "p.yml:2:10: anchors and aliases are refused"),
    ("fail-on: !!int 5", "p.yml:2:10: tags are refused | leave out what begins with !"),
    ("---\nversion: 1", "p.yml:2:1: a second document begins"),
    ("sev\u{1B}[31m: 1", "p.yml:2: control characters are not allowed"),
    ("sev\u{202E}x: 1", "p.yml:2:1: unknown key 'sev\\u{202e}x'"),
  ])
  func `a fault is told with its place and what to do`(_ text: String, _ expected: String) {
    let told = told(text)
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix(expected) == true, "\(told)")
  }

  @Test func `every fault is told, in the order of the file`() {
    #expect(
      told("a: 1\nfail-on: x\nunreadable-share: 2\n").map { $0.split(separator: " | ")[0] } == [
        "p.yml:2:1: unknown key 'a'", "p.yml:3:10: unknown value of fail-on 'x'",
        "p.yml:4:19: unreadable-share has to be a number, 0 to 1, not '2'",
      ])
    #expect(problems(Array(("version: 1\n" + (0..<500).map { "k\($0): 1\n" }.joined()).utf8)).count == 50)
  }

  @Test(arguments: [
    ("", "p.yml:1:1: key 'version' is missing"), ("fail-on: note", "p.yml:1:1: key 'version' is missing"),
    ("version: 2", "p.yml:1:10: version is '2', and this program knows 1"),
    ("version: '1'\n", ""), ("[version]", "p.yml:1:1: a policy is a mapping of settings, not a list"),
    ("just words", "p.yml:1:1: a policy is a mapping of settings, not 'just words'"),
  ])
  func `a policy begins with its version`(_ text: String, _ expected: String) {
    let told = problems(Array(text.utf8)).map(\.description)
    if expected.isEmpty {
      #expect(told == ["p.yml:1:10: version is '1', and this program knows 1"])
    } else {
      #expect(told == [expected])
    }
  }

  @Test func `bytes that are no text are refused`() {
    #expect(problems([0x76, 0xFF]).map(\.description) == ["p.yml: not valid UTF-8"])
    #expect(problems(Array("version: \0".utf8)).count == 1)
    // A lone surrogate, which no UTF-8 holds.
    #expect(problems(Array("version: 1\nclasses: {\"\\ud800\": 1, b: 1}".utf8)).count == 1)
  }

  @Test func `a file that is too large is not looked at`() {
    let large = problems(Array(repeating: UInt8(ascii: "#"), count: 65_537))
    #expect(large.map(\.description) == ["p.yml: the file has more than 65536 bytes"])
    #expect(
      problems(Array(repeating: UInt8(ascii: "#"), count: 65_536)).map(\.description) == [
        "p.yml:1:1: key 'version' is missing"
      ])
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func `what is nested too deep is refused`(_ opening: String) {
    let text = String(repeating: opening, count: 60_000 / opening.utf8.count)
    #expect(problems(Array(text.utf8)).count == 1)
    let shallow = "x: " + String(repeating: "[", count: 13) + String(repeating: "]", count: 13)
    #expect(told(shallow).first?.hasPrefix("p.yml:2:16: nested deeper than 12") == true, "\(told(shallow))")
  }

  /// The billion laughs: nine lines that stand for 10^9 values, and the same as the key of a mapping, behind every break
  /// that YAML knows.
  @Test(arguments: ["", "? "], [" ", "\u{85}", "\u{2028}", "\u{2029}", "\r"])
  func `aliases within aliases take neither time nor memory`(_ before: String, _ space: String) {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "\(space)*a\(level - 1)", count: 10).joined(separator: ",")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(
      problems(Array((text + before + "\(space)*a9: 1\n").utf8)).map(\.description)
        == ["p.yml:2: anchors and aliases are refused, and '&a0' and '*a0' could be both"])
  }

  @Test func `two aliases are refused like two million`() {
    let text = "version: 1\nclasses: &few {a: 1, b: 2}\nseverities: *few\n"
    #expect(
      problems(Array(text.utf8)).map(\.description)
        == ["p.yml:3: anchors and aliases are refused, and '&few' and '*few' could be both"])
  }

  @Test func `words with & and * are texts like others`() throws {
    let text = "version: 1\ngroups: {patterns: ['^(a*b)_', '^(R&D)_']} # *bold* & more\n"
    #expect(try PolicyFile(Array(text.utf8), path: "p.yml").policy.grouping.patterns == ["^(a*b)_", "^(R&D)_"])
  }

  /// Each key is compared with all that is in it, once for each key that it stands in.
  @Test(arguments: ["? {", "{? [", "[]: {"])
  func `keys in keys take no time`(_ opening: String) {
    let text = String(repeating: opening, count: 400) + String(repeating: "x, ", count: 20_000)
    #expect(
      problems(Array(text.utf8)).map(\.description) == ["p.yml: keys that are lists or mappings are refused"])
  }

  /// Bytes that mean something to YAML, at places that a fixed sequence of numbers names.
  @Test func `a damaged policy is read or refused`() {
    let whole = Array(Policy().yaml { _, meaning in meaning }.utf8)
    let pieces = [
      "{", "}", "[", "]", "- ", ": ", "&a ", "*a", "\"", "'", "|\n", ">", "#", "\t", "\n", "!!x ", "%", "? ", "\0",
      "\u{FEFF}", "<<: ",
    ]
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var refusedCount = 0
    for round in 0..<1_500 {
      var bytes = whole
      for _ in 0...(round % 4) {
        let at = next(bytes.count)
        switch next(4) {
        case 0: bytes = Array(bytes[..<max(1, at)])
        case 1: bytes[at] = UInt8(next(256))
        default: bytes.insert(contentsOf: pieces[next(pieces.count)].utf8, at: at)
        }
      }
      refusedCount += problems(bytes).isEmpty ? 0 : 1
    }
    #expect((200..<1_500).contains(refusedCount), "\(refusedCount)")
  }
}
