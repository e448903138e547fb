import SplitSealReport
import Testing

/// Whole reports, compared byte by byte with files that were checked by hand.
@Suite struct GoldenReportTests {
  @Test(arguments: ReportedDataset.all) func `the text report is the one that was checked`(
    _ dataset: ReportedDataset
  ) throws {
    for (isVerbose, suffix) in [(false, ""), (true, "-v")] {
      let report = TextReport(dataset.result, context: dataset.reportContext(isVerbose: isVerbose))
      try GoldenFile(name: "\(dataset.name)\(suffix).txt").check(report.text)
    }
  }

  @Test(arguments: ReportedDataset.all) func `the JSON report is the one that was checked`(
    _ dataset: ReportedDataset
  ) throws {
    let report = JSONReport(dataset.result, context: dataset.reportContext)
    try GoldenFile(name: "\(dataset.name)-\(JSONReport.schemaVersion).json").check(report.text)
  }

  @Test(arguments: ReportedDataset.all) func `the list of pairs is the one that was checked`(
    _ dataset: ReportedDataset
  ) throws {
    try GoldenFile(name: "\(dataset.name)-pairs.csv").check(PairList(dataset.result).text)
  }

  @Test(arguments: [ReportedDataset.leaks, .hostileNames]) func `the fingerprints are those that were checked`(
    _ dataset: ReportedDataset
  ) throws {
    var lines = ""
    FingerprintList(dataset.result).forEachLine { lines += $0 }
    try GoldenFile(name: "\(dataset.name)-fingerprints.jsonl").check(lines)
  }

  @Test func `a difference names the lines that changed, even to an equivalent character`() {
    #expect(lineDifference(from: "a\nb\nc\n", to: "a\nc\nd\n") == ["-2: \"b\"", "+3: \"d\""])
    #expect(lineDifference(from: "\u{E9}\n", to: "e\u{301}\n").count == 2)
    #expect(lineDifference(from: "a\n", to: "a\n").isEmpty)
  }
}
