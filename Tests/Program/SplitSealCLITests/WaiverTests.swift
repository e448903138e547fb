import SplitSealBase
import Foundation
import Testing

/// `splitseal waive`, and waivers and baselines in audits.
@Suite struct WaiverTests {
  /// 2026-11-25.
  private static let today = ["SOURCE_DATE_EPOCH": "1795564800"]
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Scans `leak.csv` into a report.
  private func findings(_ name: String = "r.json") throws -> [[String: Any]] {
    _ = try bench.run("scan", "leak.csv", "--json", name)
    let report = try JSONSerialization.jsonObject(with: Data(bench.bytes(name))) as? [String: Any]
    return try #require(report?["findings"] as? [[String: Any]])
  }

  @Test func `a finding that is waived passes, and the report says what it would be without`() throws {
    try bench.makeLeakingDataset()
    let id = try #require(findings()[0]["id"] as? String)
    let scan = try bench.run("scan", "leak.csv")
    #expect(scan.output.contains("[\(id.prefix(12))]"))
    let waive = try bench.run(
      "waive", String(id.prefix(12)), "--report", "r.json", "--reason", "a phantom", "--by", "Ann", "--until",
      "2027-01-01", environment: Self.today)
    #expect(waive.status == 0, "\(waive.errors)")
    #expect(
      try bench.text(".splitseal/waivers.yml").hasSuffix(
        """
        - finding: \(id)
          rule: exact-duplicate
          reason: "a phantom"
          by: "Ann"
          date: 2026-11-25
          until: 2027-01-01
          message: "images/0.png: same bytes as images/copy.png (test)"

        """))
    let short = try bench.run("scan", "leak.csv", environment: Self.today)
    #expect(short.status == 0)
    #expect(
      short.output.hasPrefix("PASS (fail without 1 waiver): 1 pair of copies between splits is waived, and no other"))
    #expect(short.output.contains("\n  1 finding is waived\n"))
    let waived = try bench.run("scan", "leak.csv", "-v", environment: Self.today)
    #expect(waived.output.contains("\n  found: 1 waived\n"))
    #expect(waived.output.contains("\n          a phantom (by Ann, on 2026-11-25, until 2027-01-01)\n"))
    #expect(waived.output.contains("\n  judged on 2026-11-25\n"))
    #expect(try bench.run("scan", "leak.csv", environment: Self.today).output == short.output)
    #expect(try bench.run("scan", "leak.csv", "--no-waivers").status == 1)
    let late = try bench.run("scan", "leak.csv", "-v", environment: ["SOURCE_DATE_EPOCH": "1798848000"])
    #expect(late.status == 1)
    #expect(late.output.contains("\n  expired, and counts no longer: [\(id.prefix(12))] a phantom"))
  }

  @Test func `what is there stays, and nothing is waived twice without force`() throws {
    let (a, b) = (String(repeating: "a", count: 64), String(repeating: "b", count: 64))
    try bench.write(".splitseal/waivers.yml", "# ours\n- finding: \(a)\n  reason: first # why")
    #expect(
      try bench.run("waive", b, b, "--reason", "second", environment: Self.today).output.hasPrefix(
        "1 finding waived in "))
    let text =
      "# ours\n- finding: \(a)\n  reason: first # why\n- finding: \(b)\n  reason: \"second\"\n  date: 2026-11-25\n"
    #expect(try bench.text(".splitseal/waivers.yml") == text)
    let again = try bench.run("waive", a, "--reason", "third")
    #expect(again.status == 2)
    #expect(again.complaints[0].hasPrefix("error: finding aaaaaaaaaaaa is already waived in "))
    #expect(try bench.text(".splitseal/waivers.yml") == text)
    #expect(try bench.run("waive", a, "--reason", "third", "--force", environment: Self.today).status == 0)
    #expect(
      try bench.text(".splitseal/waivers.yml")
        == "# ours\n- finding: \(b)\n  reason: \"second\"\n  date: 2026-11-25\n- finding: \(a)\n  reason: \"third\"\n  date: 2026-11-25\n"
    )
    #expect(try bench.names(in: ".splitseal") == ["waivers.yml"])
  }

  @Test func `programs that waive at once lose no waiver`() throws {
    let waive = try bench.shell(
      """
      for i in 1 2 3 4 5 6 7 8 9 10; do
        for writer in a b; do printf "$writer%063d\\n" $i; done
      done | xargs -P 20 -n 1 "$SPLITSEAL" waive --reason x || echo failed
      """)
    #expect(!waive.output.contains("failed"), "\(waive.errors)")
    let text = try bench.text(".splitseal/waivers.yml")
    for writer in ["a", "b"] {
      for number in 1...10 {
        let digits = String(number)
        let finding = writer + String(repeating: "0", count: 63 - digits.count) + digits
        #expect(text.split(separator: "- finding: \(finding)\n").count == 2, "\(finding)")
      }
    }
    #expect(try bench.names(in: ".splitseal") == ["waivers.yml"])
  }

  @Test func `a file that cannot go on is left as it is`() throws {
    let id = String(repeating: "a", count: 64)
    for text in ["[]\n", "[{finding: \(String(repeating: "b", count: 64)), reason: x}]\n"] {
      try bench.write("w.yml", text)
      let waive = try bench.run("waive", id, "--reason", "x", "--waivers", "w.yml")
      #expect(waive.status == 2)
      #expect(waive.complaints[0] == "error: cannot add to w.yml: it is not a list of '- finding:' lines")
      #expect(try bench.text("w.yml") == text)
    }
    try bench.write("w.yml", "- finding: 12\n")
    #expect(
      try bench.run("waive", id, "--reason", "x", "--waivers", "w.yml").complaints[0].hasPrefix("error: w.yml:1:"))
  }

  @Test func `a finding is named by all its digits, or by some that one finding of the report has`() throws {
    try bench.makeLeakingDataset()
    let id = try #require(findings()[0]["id"] as? String)
    func told(_ arguments: String...) throws -> String {
      let outcome = try bench.run(["waive"] + arguments + ["--reason", "x"], environment: Self.today)
      #expect(outcome.status == 2)
      return outcome.complaints.first ?? ""
    }
    let short = String(id.prefix(12))
    #expect(
      try told(short)
        == "error: '\(short)' does not have the 64 digits of a finding; with --report FILE.json, 8 are enough")
    #expect(
      try told(String(id.prefix(7)), "--report", "r.json").hasSuffix("is not 8 to 64 lower-case hexadecimal digits"))
    #expect(try told("00000000", "--report", "r.json") == "error: no finding of r.json begins with 00000000")
    #expect(try told(id, "--until", "2026-02-30").contains("expected a day like 2026-11-25"))
    #expect(try told(id, "--until", "2026-11-24") == "error: --until 2026-11-24 is in the past: today is 2026-11-25")
    #expect(try told(id, "--report", "leak.csv").contains("leak.csv: not a report of SplitSeal"))
    #expect(try bench.names().contains(".splitseal") == false)
  }

  @Test func `the certificate has the waivers and both verdicts, and verify tells them`() throws {
    try bench.makeCertifiedDataset()
    try bench.write("set/images/4.png", Picture(seed: 0).png)
    try bench.replace(
      "images/3.png,test,spoof", with: "images/3.png,test,spoof\nimages/4.png,test,real", in: "set/list.csv")
    let report = try bench.run("scan", "set/list.csv", "--json", "r.json")
    #expect(report.status == 1)
    let findings = try #require(
      (JSONSerialization.jsonObject(with: Data(bench.bytes("r.json"))) as? [String: Any])?["findings"]
        as? [[String: Any]])
    let ids = findings.filter { $0["severity"] as? String == "error" }.compactMap { $0["id"] as? String }
    #expect(
      try bench.run(["waive"] + ids + ["--report", "r.json", "--reason", "a phantom", "--root", "set"]).status == 0)
    let certified = try bench.run("certify", "set/list.csv", "--key", "signer.key", "--no-probe")
    #expect(
      certified.status != 1 && certified.output.contains("(fail without \(ids.count) waiver"), "\(certified.output)")
    let verified = try bench.run("verify", "set/list.csv", "--public-key", "signer.pub")
    #expect(verified.status == 0, "\(verified.output)")
    #expect(verified.output.contains("(fail without \(ids.count) waiver"))
    #expect(verified.output.contains("  waived       exact-duplicate "))
    #expect(verified.output.contains(": a phantom\n"))
  }

  @Test func `a baseline hides what it has and shows what is new and what moved into test`() throws {
    try bench.makeLeakingDataset()
    _ = try findings("old.json")
    let same = try bench.run("scan", "leak.csv", "--baseline", "old.json", "-v")
    #expect(same.status == 0)
    #expect(
      same.output.hasPrefix(
        "PASS against the baseline old.json (fail without it): 1 pair of copies between splits is in the baseline, and")
    )
    #expect(
      same.output.contains(
        "\n  found: nothing new, 1 in the baseline\n  1 finding is in the baseline old.json and not shown\n"))
    #expect(same.output.contains("\n  0 of 3 test images were in a training or validation split of old.json\n"))
    try bench.replace("images/1.png,train", with: "images/1.png,test", in: "leak.csv")
    let moved = try bench.run("scan", "leak.csv", "--baseline", "old.json", "--json", "new.json", "-v")
    #expect(moved.status == 1)
    #expect(
      moved.output.contains("  error moved-into-test: 1\n    images/1.png: was in train of old.json: whoever trained"))
    // The new report as a baseline knows the leak still, and that the image has been in test by then.
    #expect(try bench.run("scan", "leak.csv", "--baseline", "new.json").status == 0)
  }

  @Test func `what is no report is no baseline`() throws {
    try bench.makeCleanDataset()
    let wrong = try bench.run("scan", "clean.csv", "--baseline", "clean.csv")
    #expect(wrong.status == 2)
    #expect(wrong.complaints[0].hasPrefix("error: clean.csv: not a report of SplitSeal: not JSON"))
    #expect(wrong.complaints[1] == "hint: give what an earlier run wrote with --json")
    #expect(
      try bench.run("scan", "clean.csv", "--baseline", "none.json").complaints[0]
        == "error: none.json: cannot be read: no such file or folder")
  }
}
