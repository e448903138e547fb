import SplitSealBase
import SplitSealAudit
import SplitSealManifest
import SplitSealFingerprint
import SplitSealManifest
import SplitSealPolicy
import SplitSealReport
import Testing

/// Reports as baselines of later runs.
@Suite struct EarlierReportTests {
  private let text = JSONReport(ReportedDataset.leaks.result, context: ReportedDataset.context).text

  private func fault(_ text: String) -> String {
    do throws(ConfigurationError) {
      _ = try EarlierReport(Array(text.utf8), path: "old.json")
      return ""
    } catch {
      return error.problems.map(\.description).joined()
    }
  }

  @Test func `a report gives back its findings and what its splits held`() throws {
    let result = ReportedDataset.leaks.result
    let report = try EarlierReport(Array(text.utf8), path: "old.json")
    #expect(report.findings.map(\.id) == result.findings.map(\.id))
    #expect(report.findings.map(\.severity) == result.findings.map(\.severity))
    #expect(report.splits.map(\.name) == ["train", "val", "test"])
    for (index, split) in report.splits.enumerated() {
      let contents = zip(result.input.manifest.samples, result.input.outcomes).filter { $0.0.split == index }
        .compactMap { $0.1.content?.prefix }
      #expect(split.contents == Set(contents).sorted() && !contents.isEmpty)
    }
  }

  @Test func `a report of the first version has no contents`() throws {
    let old = text.replacing(/,\n *"contents": "[^"]*"/, with: "").replacing("\"1.4\"", with: "\"1.0\"")
    #expect(try EarlierReport(Array(old.utf8), path: "old.json").splits.isEmpty)
  }

  @Test func `what is no report is told`() {
    #expect(fault("x").hasPrefix("old.json: not a report of SplitSeal: not JSON, expected a value"))
    #expect(fault("{}") == "old.json: not a report of SplitSeal: 'schema' is not 'splitseal-report'")
    #expect(fault(text.replacing("\"1.4\"", with: "\"2.0\"")) == "old.json: a report of another version than 1")
    #expect(
      fault(text.replacing("\"findings\":", with: "\"fnidings\":"))
        == "old.json: the report has no findings or no splits")
    #expect(
      fault(text.replacing("\"severity\": \"note\"", with: "\"severity\": \"grave\"")).hasSuffix(
        "is not as reports write it"))
    #expect(
      fault(text.replacing(/"id": "../, with: { _ in "\"id\": \"XY" }))
        == "old.json: findings[0] is not as reports write it")
    #expect(
      fault(text.replacing(/"contents": "..../, with: { _ in "\"contents\": \"!!!!" }))
        == "old.json: splits[0] is not as reports write it")
    #expect(fault(String(text.dropLast(10))).hasPrefix("old.json: not a report of SplitSeal: not JSON"))
  }
}
