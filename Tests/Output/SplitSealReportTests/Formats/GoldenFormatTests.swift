import SplitSealReport
import Testing

/// Whole documents in the formats of other tools, compared byte by byte with files that were checked by eye.
///
/// `SPLITSEAL_WRITE_GOLDEN=1 swift test --filter GoldenFormatTests` writes them anew.
@Suite struct GoldenFormatTests {
  static let datasets = [
    ReportedDataset.clean, .leaks, .hostileNames, .waived, .compared, .markup,
  ]
  static let extensions: [ReportFormat: String] = [
    .markdown: "md", .github: "annotations.txt", .sarif: "sarif", .junit: "junit.xml",
  ]

  @Test(arguments: datasets, [ReportFormat.markdown, .github, .sarif, .junit])
  func `the document is the one that was checked`(_ dataset: ReportedDataset, _ format: ReportFormat) throws {
    let kind = try #require(Self.extensions[format])
    let text = format.document(of: dataset.result, context: dataset.reportContext, folder: "data")
    try GoldenFile(name: "\(dataset.name).\(kind)").check(text)
  }

  @Test func `text and JSON are the reports of always`() {
    let dataset = ReportedDataset.leaks
    #expect(
      ReportFormat.text.document(of: dataset.result, context: dataset.reportContext)
        == TextReport(dataset.result, context: dataset.reportContext).text)
    #expect(
      ReportFormat.json.document(of: dataset.result, context: dataset.reportContext)
        == JSONReport(dataset.result, context: dataset.reportContext).text)
  }
}
