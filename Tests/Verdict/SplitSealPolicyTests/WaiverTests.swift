import SplitSealRules
import SplitSealBase
import SplitSealPolicy
import Testing

@Suite struct WaiverTests {
  private static let id = String(repeating: "0123456789abcdef", count: 4)
  private static let other = String(repeating: "f", count: 64)

  private func told(_ text: String) -> [String] {
    do throws(ConfigurationError) {
      _ = try WaiverFile.parse(Array(text.utf8), file: "w.yml")
      return []
    } catch {
      return error.problems.map { "\($0)" + ($0.hint.map { " | \($0)" } ?? "") }
    }
  }

  @Test func `what is written reads back, whatever the words`() throws {
    let waivers = [
      Waiver(finding: Self.id, rule: .nearDuplicate, reason: "a \"b\": {c} # \u{1B}[0m\n\u{1F600} \\"),
      Waiver(
        finding: Self.other, rule: nil, reason: "- x", by: "*A*", date: CalendarDate("2026-11-25"),
        until: CalendarDate("2027-02-28"), message: "&m"),
    ]
    let text = WaiverFile.heading + waivers.map(WaiverFile.text).joined()
    #expect(try WaiverFile.parse(Array(text.utf8), file: "w.yml") == waivers)
  }

  @Test func `one waiver is taken out and the others stay as they are`() throws {
    let text = "# top\n- finding: \(Self.id)\n  reason: a\n# of the other\n- {finding: \(Self.other), reason: b}\n"
    #expect(
      try WaiverFile.removing(Self.other, from: text, file: "w.yml")
        == "# top\n- finding: \(Self.id)\n  reason: a\n# of the other\n")
    #expect(
      try WaiverFile.removing(Self.id, from: text, file: "w.yml") == "# top\n- {finding: \(Self.other), reason: b}\n")
  }

  /// Lines end as libyaml counts them, whoever wrote them.
  @Test(arguments: ["\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"])
  func `a waiver is taken out of a file from any editor`(_ end: String) throws {
    let lines = ["# c", "- finding: \(Self.id)", "  reason: a", "- finding: \(Self.other)", "  reason: b", ""]
    #expect(
      try WaiverFile.removing(Self.id, from: lines.joined(separator: end), file: "w.yml")
        == [lines[0], lines[3], lines[4], ""].joined(separator: end))
    #expect(
      try WaiverFile.removing(Self.other, from: lines.joined(separator: end), file: "w.yml")
        == [lines[0], lines[1], lines[2], ""].joined(separator: end))
  }

  @Test(arguments: ["", "# nothing\n", "[]"])
  func `a file without waivers has none`(_ text: String) throws {
    #expect(try WaiverFile.parse(Array(text.utf8), file: "w.yml").isEmpty)
  }

  @Test(arguments: [
    ("a: 1", "w.yml:1:1: waivers are a list, not a mapping | begin each with: - finding: ID"),
    ("- x", "w.yml:1:3: a waiver is a mapping, not 'x'"),
    ("- {reason: a}", "w.yml:1:3: a waiver without 'finding'"),
    ("- {finding: \(id)}", "w.yml:1:3: a waiver without 'reason'"),
    ("- {finding: 0123, reason: a}", "w.yml:1:13: finding has to be 64 hexadecimal digits in lower case"),
    ("- {finding: \(id), reason: }", "w.yml:1:87: reason has to be a text of 1 to 4,000 bytes, not nothing"),
    ("- {finding: \(id), resaon: a, reason: b}", "w.yml:1:79: unknown key 'resaon' | did you mean 'reason'?"),
    ("- {finding: \(id), reason: a, rule: near}", "w.yml:1:96: unknown rule 'near'"),
    ("- {finding: \(id), reason: a, until: 2026-02-29}", "w.yml:1:97: until has to be a day like 2026-11-25"),
    (
      "- {finding: \(id), reason: a}\n- {finding: \(id), reason: b}",
      "w.yml:2:3: finding 0123456789ab is waived on line 1 as well | keep one"
    ),
  ])
  func `a fault is told with its place and what to do`(_ text: String, _ expected: String) {
    let told = told(text)
    #expect(told.count == 1 && told[0].hasPrefix(expected), "\(told)")
  }

  @Test func `a waiver counts on its last day and no longer on the next`() {
    let waiver = Waiver(finding: Self.id, rule: nil, reason: "a", until: CalendarDate("2026-11-25"))
    for (today, isExpired) in [("2026-11-25", false), ("2026-11-26", true), ("2025-12-31", false)] {
      #expect(
        WaiverList(file: nil, waivers: [waiver], today: CalendarDate(today)).isExpired(waiver) == isExpired)
    }
    let endless = Waiver(finding: Self.id, rule: nil, reason: "a")
    #expect(WaiverList(file: nil, waivers: [endless], today: CalendarDate("2026-11-25")).today == nil)
  }

  /// As `date -u -d @SECONDS +%F` of GNU coreutils gives them.
  @Test(arguments: [
    (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (951_782_400, "2000-02-29"),
    (1_790_000_000, "2026-09-21"), (4_107_542_399, "2100-02-28"), (4_107_542_400, "2100-03-01"), (-5, "1970-01-01"),
    (253_402_300_799, "9999-12-31"), (Int.max, "9999-12-31"),
  ])
  func `the day of a moment is that of UTC`(_ seconds: Int, _ day: String) {
    #expect(CalendarDate(unixSeconds: seconds).description == day)
    #expect(CalendarDate(day) == CalendarDate(unixSeconds: seconds))
  }

  @Test(arguments: [
    "2026-13-01", "2026-00-01", "2026-1-01", "0000-01-01", "2100-02-29", "2026-11-31", "26-11-25", "2026-11-25Z",
    "２026-01-01",
  ])
  func `what is no day is none`(_ text: String) { #expect(CalendarDate(text) == nil) }
}
