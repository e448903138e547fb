import SplitSealRules
import SplitSealBase
import SplitSealAudit
import SplitSealFingerprint
import SplitSealPolicy
import SplitSealReport
import SplitSealTestSupport
import Testing

/// Reports on terminals of several widths.
@Suite struct FittedReportTests {
  private func lines(
    _ dataset: ReportedDataset, width: Int?, isColored: Bool = false, isVerbose: Bool = false
  ) -> [String] {
    let style = TextStyle(isColored: isColored, width: width)
    return TextReport(dataset.result, context: dataset.reportContext(isVerbose: isVerbose), style: style).text
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test(arguments: ReportedDataset.all, [60, 80, 120]) func `no line is wider than the terminal`(
    _ dataset: ReportedDataset, _ width: Int
  ) {
    // What is there to be copied stays on its line.
    for line in [false, true].flatMap({ lines(dataset, width: width, isVerbose: $0) })
    where !line.hasPrefix("  | ") && !line.hasPrefix("  splitseal ") {
      // So does a word that has no room, as an identity or a path in a sentence.
      let longest = line.split(separator: " ").map { displayWidth(String($0)) }.max() ?? 0
      #expect(displayWidth(line) <= width || longest > width - 16, "\(line)")
    }
  }

  @Test(arguments: ReportedDataset.all) func `what is fitted says the same numbers`(_ dataset: ReportedDataset) {
    func numbers(_ lines: [String]) -> [String] {
      lines.flatMap { $0.split { !"0123456789.,%".contains($0) }.map(String.init) }.filter {
        $0.contains(where: \.isNumber)
      }
      .sorted()
    }
    // Wide enough for every name, too narrow for every table. Sentences of the short report are shortened to 110 cells.
    for (width, isVerbose) in [(100, true), (110, false)] {
      let whole = Set(numbers(lines(dataset, width: nil, isVerbose: isVerbose)))
      #expect(Set(numbers(lines(dataset, width: width, isVerbose: isVerbose))) == whole)
    }
  }

  @Test(arguments: ReportedDataset.all) func `colours change nothing else`(_ dataset: ReportedDataset) {
    for (width, isVerbose) in [(nil, true), (60, true), (100, true), (nil, false), (60, false)] as [(Int?, Bool)] {
      let colored = lines(dataset, width: width, isColored: true, isVerbose: isVerbose)
      #expect(colored.contains { $0.contains("\u{1B}[") })
      #expect(
        colored.map { $0.replacing(/\x1B\[[0-9;]*m/, with: "") } == lines(dataset, width: width, isVerbose: isVerbose))
    }
  }

  @Test func `tables of many splits go on below, each part with its classes`() {
    let rows = (1...9).flatMap { ["set\($0)/cat *20", "set\($0)/dog *10"] }
    let dataset = ReportedDataset(name: "many", result: DatasetBuilder(rows.joined(separator: "\n")).audit())
    let all = lines(dataset, width: 60, isVerbose: true)
    let start = all.firstIndex(of: "Classes") ?? 0
    let table = all[start...].prefix { !$0.hasPrefix("What") }
    #expect(table.count { $0.hasPrefix("  cat ") } == 3)
    #expect(table.count { $0.hasPrefix("  class ") } == 3)
    #expect(table.joined().ranges(of: "66.7 %").count == 9)
  }

  @Test func `a narrow terminal has the places of a pair below each other`() {
    let narrow = lines(.leaks, width: 60)
    let start = narrow.firstIndex { $0.hasPrefix("Pairs") || $0.contains("surest") } ?? 0
    #expect(narrow[start + 1].hasPrefix("  1.000  same bytes  ["))
    #expect(narrow[start + 2].hasPrefix("           "))
    #expect(narrow[start + 3].hasPrefix("         = "))
  }

  @Test func `what is asked for says why each pair is one`() {
    func verbose(_ dataset: ReportedDataset) -> String {
      let context = ReportContext(toolVersion: "0.1.0", command: "splitseal scan -v", method: [], showsPolicy: true)
      return TextReport(dataset.result, context: context).text
    }
    let leaks = verbose(.leaks)
    #expect(leaks.contains("why: every byte of the two files is equal"))
    #expect(leaks.contains("why: the files differ, every pixel is equal"))
    #expect(leaks.contains("why: shows one picture with probability 0.847, and is reported from 0.50 on"))
    #expect(leaks.contains("the other one after turn"))
    #expect(leaks.contains("closest views: middle of the first, whole of the other"))
    #expect(leaks.contains("test: 640 x 480 pixels, png"))
    #expect(leaks.contains("labelled 'dog'"))
    for finding in ReportedDataset.leaks.result.findings where finding.rule == .nearDuplicate {
      #expect(leaks.contains("id \(finding.id)"))
    }
    let pdq = verbose(.pdq)
    #expect(
      pdq.contains("why: 12 of 256 bits of the PDQ hashes differ (the standard's sampling, the other one after mirror)")
    )
    #expect(pdq.contains("up to 31 are reported"))
  }

  @Test func `more pairs are shown with their reasons, a hundred at most`() {
    let copies = (0..<130).map { "train c\($0)\ntest c\($0)" }.joined(separator: "\n")
    let result = DatasetBuilder(copies).audit()
    let context = ReportContext(toolVersion: "0.1.0", command: "splitseal scan -v", method: [], showsPolicy: true)
    let text = TextReport(result, context: context).text
    #expect(text.contains("Closest 100 of 130 pairs"))
    #expect(text.ranges(of: "why: every byte").count == 100)
  }
}
