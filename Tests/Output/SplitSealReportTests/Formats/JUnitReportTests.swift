import SplitSealRules
import Foundation
import SplitSealAudit
import SplitSealPolicy
import SplitSealReport
import Testing

/// What services read out of JUnit's XML, as Python's parser sees it.
@Suite(.enabled(if: FormatJudge.isPresent, "there is no python3"))
struct JUnitReportTests {
  /// The structure of Jenkins' `junit-10.xsd`, written down in short: attributes that must be and may be, and children.
  private static let judge = """
    import sys, xml.etree.ElementTree as E
    root = E.fromstring(sys.stdin.buffer.read())
    need = {"testsuites": set(), "testsuite": {"name", "tests", "failures", "errors"}, "testcase": {"name"},
            "property": {"name", "value"}, "failure": set(), "error": set(), "skipped": set(), "properties": set(),
            "system-out": set()}
    may = {"testsuites": {"name", "tests", "failures", "errors", "time"}, "testsuite": {"skipped", "time", "id"},
           "testcase": {"classname", "time"}, "failure": {"message", "type"}, "error": {"message", "type"},
           "skipped": {"message", "type"}}
    inside = {"testsuites": {"testsuite"}, "testsuite": {"properties", "testcase"}, "properties": {"property"},
              "testcase": {"failure", "error", "skipped", "system-out"}}
    def walk(e):
        names = set(e.attrib)
        if not need[e.tag] <= names <= need[e.tag] | may.get(e.tag, set()): print(e.tag, "has", sorted(names))
        for child in e:
            if child.tag not in inside.get(e.tag, set()): print(child.tag, "in", e.tag)
            walk(child)
    if root.tag != "testsuites": print("root", root.tag)
    walk(root)
    for suite in [root] + root.findall("testsuite"):
        cases = list(suite.iter("testcase"))
        for name, tag in [("tests", None), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]:
            if name in suite.attrib and int(suite.get(name)) != sum(1 for c in cases if tag is None or c.find(tag) is not None):
                print(suite.get("name"), name)
    """

  private func document(_ dataset: ReportedDataset) -> String {
    ReportFormat.junit.document(of: dataset.result, context: dataset.reportContext)
  }

  @Test(arguments: GoldenFormatTests.datasets) func `the document has the structure that Jenkins reads`(
    _ dataset: ReportedDataset
  ) throws {
    #expect(try FormatJudge.output(of: Self.judge, input: document(dataset)) == "")
  }

  @Test func `the judge refuses what is not of that structure`() throws {
    let text = document(.leaks)
    for (old, new) in [("<failure ", "<failed "), ("</testsuites>", "<x/></testsuites>"), (" name=", " title=")] {
      let changed = text.replacing(old, with: new, maxReplacements: 1)
      try #require(changed != text)
      #expect(try FormatJudge.output(of: Self.judge, input: changed) != "")
    }
    let miscounted = text.replacing(/failures="[1-9]/, with: "failures=\"7", maxReplacements: 1)
    #expect(try FormatJudge.output(of: Self.judge, input: miscounted) != "")
  }

  @Test func `failures are the findings that fail the audit, and no others`() {
    let result = ReportedDataset.waived.result
    let failing = zip(result.findings, result.statuses).count { $0.severity >= .error && $1 == .open }
    let text = document(.waived)
    #expect(text.count(of: "<failure ") == failing)
    #expect(text.contains("<skipped message=\"waived: seen \\u{1b}[31m by eye (by Ann,"))
    #expect(document(.compared).contains("<skipped message=\"in the baseline\"/>"))
  }

  @Test func `the names that a reader gets back are those of the text`() throws {
    let names = try FormatJudge.output(
      of: """
        import sys, xml.etree.ElementTree as E
        for case in E.fromstring(sys.stdin.buffer.read()).iter("testcase"): print(ascii(case.get("name")))
        """, input: document(.markup))
    #expect(names.contains("train/<script>alert(1)</script>.png: "))
    #expect(names.contains("train/tick`<img/src=x>`.png: "))
    #expect(document(.markup).contains("]]&gt;&lt;!--&amp;lt;.png"))
  }

  /// Every case of the dataset without findings is one that held, or says what was not checked.
  @Test func `what held passes, and what was not checked is skipped`() {
    let (result, text) = (ReportedDataset.clean.result, document(.clean))
    #expect(text.count(of: "<testcase ") == result.passedChecks.count + result.skippedChecks.count)
    #expect(text.count(of: "<skipped message=\"not checked\"/>") == result.skippedChecks.count)
    #expect(
      text.contains(
        "<testsuites name=\"splitseal\" tests=\"\(result.passedChecks.count + result.skippedChecks.count)\" failures=\"0\""
      ))
  }
}

/// Python's standard library as a reader that nobody here wrote.
enum FormatJudge {
  static let isPresent = (try? output(of: "print(1)", input: "")) == "1\n"

  /// What a script prints that reads a document from standard input.
  static func output(of script: String, input: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    let (toPython, fromPython) = (Pipe(), Pipe())
    process.standardInput = toPython
    process.standardOutput = fromPython
    process.standardError = fromPython
    try process.run()
    // The scripts write only after they have read everything, so neither side waits for the other.
    try? toPython.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try toPython.fileHandleForWriting.close()
    let output = String(decoding: fromPython.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? output : "python3 failed: \(output)"
  }
}

extension String {
  fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
