import SplitSealRules
import SplitSealAudit
import SplitSealManifest
import SplitSealMatch
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@testable import SplitSealReport

/// The text report that fits a screen.
@Suite struct ShortReportTests {
  private func lines(_ result: AuditResult) -> [String] {
    TextReport(result, context: ReportedDataset.context).text.split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map(String.init)
  }

  private func lines(_ dataset: String, policy: Policy = Policy(), alikeness: Double? = nil) -> [String] {
    lines(DatasetBuilder(dataset, policy: policy, alikeness: alikeness).audit())
  }

  /// Like the example: three splits, leaks from train into test, a ratio that is not the declared one, alike pictures.
  private static let example: AuditResult = {
    var policy = Policy()
    policy.classRatio = [DeclaredShare(label: "real", part: 1), DeclaredShare(label: "spoof", part: 1)]
    let copies = (0..<14).flatMap { index in
      let label = index < 6 ? "real" : "spoof"
      let how = index == 0 ? "" : index == 1 ? "'" : "@0.9\(9 - index % 5)"
      return [
        "train/\(label) c\(index) path=images/train/\(label)/s\(10 + index)_01.jpg",
        "test/\(label) c\(index)\(how) path=images/test/\(label)/s\(50 + index)_06.jpg",
      ]
    }
    let rest = [
      "train/real *114", "train/spoof *112", "val/real *30", "val/spoof *30", "test/real *24", "test/spoof *55",
    ]
    return DatasetBuilder((copies + rest).joined(separator: "\n"), policy: policy, alikeness: 0.08).audit()
  }()

  @Test func `the example fits a screen`() {
    let lines = lines(Self.example)
    #expect(lines.count <= 40, "\(lines.joined(separator: "\n"))")
    #expect(lines.allSatisfy { displayWidth($0) <= 120 })
    #expect(lines[0].hasPrefix("FAIL: 14 of 93 test images (15 %) are copies of training images"))
    #expect(lines.prefix(5).contains { $0.hasPrefix("  look-alikes: the pictures are alike by design (8.0 %") })
    #expect(lines.contains("5 surest of 14 pairs, one of each picture"))
    #expect(lines.contains { $0.contains("error class-imbalance: test holds ") })
  }

  @Test func `the answer comes first, then leaks, pairs, findings, gaps, checks and the way to see more`() {
    let headings = lines(Self.example).filter { !$0.isEmpty && !$0.hasPrefix(" ") }
    let titles = [
      "FAIL: ", "Leaks between splits", "5 surest", "Other findings", "What was not checked",
      "Checks without a finding",
      "More: -v", "To reproduce",
    ]
    #expect(headings.count == titles.count)
    for (heading, title) in zip(headings, titles) { #expect(heading.hasPrefix(title), "\(heading)") }
  }

  @Test func `a screen is enough for any number of findings, classes and splits`() {
    let leaks = (0..<8).flatMap { split in (0..<30).map { "part\(split)/class\($0) p\($0 % 25)" } }
    let lines = lines((leaks + (0..<9).map { "part\($0) !truncated" }).joined(separator: "\n"))
    #expect(lines.count <= 70)
    #expect(lines.contains { $0.hasPrefix("  ... and ") && $0.contains("more pairs of splits, ") })
  }

  @Test func `no picture is in two of the pairs`() throws {
    let many = (0..<6).flatMap { picture in
      ["train p\(picture)", "train p\(picture)", "test p\(picture)", "test p\(picture)@0.99"]
    }
    let result = DatasetBuilder(many.joined(separator: "\n")).audit()
    let leading = LeadingPairs(result)
    #expect(leading.pairs.count == 5)
    #expect(leading.closeCount == 0)
    let clusterOf = Dictionary(
      result.input.clusters.enumerated().flatMap { index, cluster in cluster.members.map { ($0, index) } }
    ) { $1 }
    let pictures = try leading.pairs.map { try #require(clusterOf[$0.match.first]) }
    #expect(Set(pictures).count == 5)
    #expect(lines(result).contains { $0.hasPrefix("5 surest of 24 pairs, one of each picture") })
  }

  @Test func `two pairs close to the threshold are among the five, and the heading says so`() {
    let scores = [0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.71, 0.62, 0.53]
    let dataset = scores.enumerated().map { "train p\($0)\ntest p\($0)@\($1)" }.joined(separator: "\n")
    let lines = lines(dataset)
    let start = lines.firstIndex(of: "3 surest and 2 closest to the threshold of 9 pairs, one of each picture")
    let shown = start.map { lines[($0 + 1)...($0 + 5)].map { String($0.prefix(7)) } }
    #expect(shown == ["  0.990", "  0.980", "  0.970", "  0.620", "  0.530"])
  }

  @Test func `one pair close to the threshold is one, and none is none`() {
    func heading(_ scores: [Double]) -> String? {
      lines(scores.enumerated().map { "train p\($0)\ntest p\($0)@\($1)" }.joined(separator: "\n"))
        .first { $0.contains("surest") || $0 == "Pairs" }
    }
    #expect(
      heading([0.99, 0.98, 0.97, 0.96, 0.95, 0.53])
        == "4 surest and 1 closest to the threshold of 6 pairs, one of each picture")
    #expect(heading([0.99, 0.98, 0.97, 0.96, 0.95, 0.90]) == "5 surest of 6 pairs, one of each picture")
    // All are shown: nothing was chosen.
    #expect(heading([0.99, 0.6, 0.53]) == "Pairs")
  }

  @Test func `a cell where nothing could be compared says so, in every format`() {
    let result = DatasetBuilder("train *60\nval !truncated\nval !missing\ntest *40\ndark a plain").audit()
    let lines = lines(result)
    #expect(
      lines.contains(
        "  - of 2 val    train    not compared  not compared  not compared     not compared"))
    // Bytes and pixels of a picture that shows too little were compared.
    #expect(lines.contains("  0 of 1 dark   train               -             0             0     not compared"))
    #expect(lines.contains("  0 of 40 test  train          0.00 %             0             0                0"))
    let rows = LeakTable(result).rows.filter { $0.isIncomplete }
    #expect(rows.count == 5)
    for row in rows { #expect(!row.share.contains("0.00") && row.pairs.contains("not compared")) }
    for format in [ReportFormat.markdown, .junit, .sarif] {
      #expect(format.document(of: result, context: ReportedDataset.context).contains("not compared"))
    }
    let html = String(decoding: HTMLReport(result, context: ReportedDataset.context).bytes, as: UTF8.self)
    #expect(html.contains("not compared"))
  }

  @Test func `a split that is empty was not compared`() {
    let input = DatasetBuilder("train *60\ntest *40").input()
    let manifest = input.manifest
    let result = Audit.run(
      AuditInput(
        manifest: Manifest(
          root: manifest.root, splits: manifest.splits, labels: manifest.labels, groupings: manifest.groupings,
          samples: manifest.samples.filter { $0.split == 0 }, inputs: manifest.inputs),
        outcomes: Array(input.outcomes.prefix(60)), matches: input.matches, policy: input.policy))
    let lines = lines(result)
    #expect(lines[0].hasPrefix("INCONCLUSIVE: test is empty"))
    #expect(lines.contains { $0.hasPrefix("  - of 0 test  train ") && $0.contains("not compared") })
  }

  @Test func `what was not checked comes before the checks, a line each, and the reason of the verdict once`() {
    let lines = lines("train *60")
    #expect(lines[0] == "INCONCLUSIVE: only one split, train: there is nothing to compare it with")
    #expect(lines.count { $0.contains("only one split") } == 1)
    let two = self.lines("train *60\ntest *20\ntest !truncated\ntest !missing")
    #expect(two.contains { $0.contains("--allow-unreadable 0.091") })
    let (gaps, checks) = (two.firstIndex(of: "What was not checked"), two.firstIndex(of: "Checks without a finding"))
    #expect(gaps != nil && checks != nil && (gaps ?? 0) < (checks ?? 0))
  }

  @Test func `the counts of the topics are those of the checks`() {
    for dataset in ReportedDataset.all {
      #expect(CheckTopic.counts(of: dataset.result).reduce(0) { $0 + $1.count } == dataset.result.passedChecks.count)
    }
    #expect(lines("train *60\ntest *40").contains("  copies between splits: 2 checks"))
  }

  @Test func `settings that find less are named, and the rest is counted`() {
    var policy = Policy()
    policy.failOn = .warning
    policy.allowedUnreadableShare = 0.5
    let lines = lines("train *60\ntest *40", policy: policy)
    #expect(lines.contains("  policy: 2 settings differ from the default; laxer: unreadable-share"))
    #expect(!self.lines("train *60\ntest *40").contains { $0.contains("policy") })
  }

  @Test func `the rest is one flag away`() {
    let context = ReportContext(toolVersion: "0.1.0", command: "splitseal scan -v", method: [], showsPolicy: true)
    let whole = TextReport(Self.example, context: context).text
    for title in [
      "  found: ", "\nPolicy\n", "\nLeaks between splits", "\nPairs\n", "\nPictures that are there more than once\n",
      "\nImpact\n", "\nFindings\n", "\nSplits\n", "\nClasses\n", "\nWhat was not checked\n", "\nWhat held\n", "\nHow\n",
    ] {
      #expect(whole.contains(title), "\(title)")
    }
    for sentence in Self.example.inconclusive + Self.example.skippedChecks {
      #expect(whole.contains("  \(sentence)\n"))
    }
    #expect(!whole.contains("\nMore: "))
  }
}
