import SplitSealRules
import SplitSealBase
import SplitSealAudit
import SplitSealFingerprint
import SplitSealJSON
import SplitSealPolicy
import SplitSealReport
import Testing

/// What services read out of SARIF.
@Suite struct SARIFReportTests {
  private func run(_ dataset: ReportedDataset, folder: String? = "data") throws -> JSONValue {
    let text = ReportFormat.sarif.document(of: dataset.result, context: dataset.reportContext, folder: folder)
    return try #require(JSONParser.parse(Array(text.utf8))["runs"]?.array?.first)
  }

  @Test(arguments: GoldenFormatTests.datasets) func `every finding is a result of a rule that is described`(
    _ dataset: ReportedDataset
  ) throws {
    let run = try run(dataset)
    let rules = try #require(run["tool"]?["driver"]?["rules"]?.array)
    let results = try #require(run["results"]?.array)
    #expect(results.count == dataset.result.findings.count)
    #expect(rules.count == 17)
    for (result, finding) in zip(results, dataset.result.findings) {
      let index = try #require(result["ruleIndex"]?.integer)
      #expect(rules[Int(index)]["id"]?.string == finding.rule.rawValue)
      #expect(result["level"]?.string == finding.severity.rawValue)
      #expect(
        result["partialFingerprints"]?["splitsealFinding/v1"]?.string == finding.id.description)
    }
  }

  @Test func `every rule's help names a section that is there`() throws {
    let rules = try #require(try run(.clean)["tool"]?["driver"]?["rules"]?.array)
    let page = try RepositoryFile.text("docs/rules.md")
    for rule in rules {
      let help = try #require(rule["help"]?["text"]?.string)
      let name = try #require(rule["id"]?.string)
      #expect(help.hasSuffix("docs/rules.md#\(name)"))
      #expect(page.contains("\n## \(name)\n"))
      #expect(help.hasPrefix("Finds ") && !help.contains("see the documentation"))
    }
  }

  @Test func `a baseline tells the new from the known, and only where there is one`() throws {
    let states = try #require(try run(.compared)["results"]?.array).map { $0["baselineState"]?.string }
    #expect(Set(states) == ["new", "unchanged"])
    #expect(try #require(try run(.leaks)["results"]?.array).allSatisfy { $0["baselineState"] == nil })
  }

  @Test func `a waiver is a suppression with its reason`() throws {
    let results = try #require(try run(.waived)["results"]?.array)
    let suppressed = results.compactMap { $0["suppressions"]?.array?.first }
    #expect(suppressed.count == 1)
    #expect(suppressed.first?["kind"]?.string == "external")
    #expect(suppressed.first?["status"]?.string == "accepted")
    #expect(
      suppressed.first?["justification"]?.string
        == "seen \\u{1b}[31m by eye (by Ann, on 2026-11-01, until 2027-01-01)")
  }

  @Test(arguments: [(ReportedDataset.clean, 0), (.leaks, 1), (.hostileNames, 1)])
  func `the run succeeded, and its exit code is that of the command`(_ dataset: ReportedDataset, _ code: Int) throws {
    let invocation = try #require(try run(dataset)["invocations"]?.array?.first)
    #expect(invocation["executionSuccessful"] == .bool(true))
    #expect(invocation["exitCode"]?.integer == Int64(code))
  }

  @Test func `the row of the manifest comes first, the images behind it`() throws {
    let result = try #require(try run(.leaks)["results"]?.array?.first)
    let row = result["locations"]?.array?.first?["physicalLocation"]
    #expect(row?["artifactLocation"]?["uri"]?.string == "manifest.csv")
    #expect(row?["artifactLocation"]?["uriBaseId"]?.string == "%SRCROOT%")
    #expect(row?["region"]?["startLine"]?.integer == 1)
    let images = try #require(result["relatedLocations"]?.array)
    #expect(images.first?["physicalLocation"]?["artifactLocation"]?["uri"]?.string == "data/train/cat/1.png")
    let elsewhere = try #require(
      try run(.leaks, folder: nil)["results"]?.array?.first?["relatedLocations"]?.array?.first)
    #expect(elsewhere["physicalLocation"]?["artifactLocation"]?["uri"]?.string == "train/cat/1.png")
    #expect(elsewhere["physicalLocation"]?["artifactLocation"]?["uriBaseId"]?.string == "DATASET")
  }
}
