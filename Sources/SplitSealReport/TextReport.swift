public import SplitSealAudit
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch

/// The report that a person reads: the answer first, then what it rests on.
///
/// Plain text that can be pasted as an issue on the dataset's repository.
public struct TextReport {
  /// Pairs shown; the pair list has all.
  static let shownPairCount = 10
  /// Findings shown of each rule.
  static let shownFindingCount = 5
  /// Classes shown; the JSON report has all.
  static let shownClassCount = 20

  let result: AuditResult
  let context: ReportContext
  let style: TextStyle

  var manifest: Manifest { result.input.manifest }

  /// Prepares a report.
  public init(_ result: AuditResult, context: ReportContext, style: TextStyle = TextStyle(isColored: false)) {
    self.result = result
    self.context = context
    self.style = style
  }

  /// The whole report, with a final newline.
  public var text: String {
    let sections = [
      verdictLines, leakLines, pairLines, findingLines, coverageLines, classLines, heldLines, methodLines,
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var verdictLines: [String] {
    let counts = [Severity.error, .warning, .note].compactMap { severity -> String? in
      let count = result.findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(grouped(count)) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    let found = counts.isEmpty ? "nothing was found in what was checked" : counts.joined(separator: ", ")
    let word =
      switch result.verdict {
      case .pass: style.good("PASS")
      case .fail: style.bad("FAIL")
      case .inconclusive: style.doubtful("INCONCLUSIVE")
      }
    return ["\(word): \(found)"] + result.inconclusive.map { "  \(style.doubtful("not enough was checked")): \($0)" }
  }

  /// One line a pair of splits with a leak, the later split's share first: it is the one that a leak spoils.
  private var leakLines: [String] {
    let counts = result.input.matches.counts
    guard !counts.isEmpty else { return [] }
    var table = TextTable([.left, .left, .left, .right, .right, .right])
    table.add([
      "splits", "images with a partner in the other split", "", "same bytes", "same pixels", "near-duplicates",
    ])
    for count in counts {
      let (evaluated, other) = SplitPairOrder(count, splits: manifest.splits).evaluatedFirst
      table.add([
        "\(name(of: other.split)), \(name(of: evaluated.split))", affected(evaluated), affected(other),
        grouped(count.bytePairs), grouped(count.pixelPairs), grouped(count.nearPairs),
      ])
    }
    return [style.bold("Leaks between splits")] + table.lines
  }

  private func affected(_ side: SplitPairOrder.Side) -> String {
    let listed = result.coverage[side.split].listedCount
    let share = listed == 0 ? 0 : Double(side.affectedCount) / Double(listed)
    return "\(grouped(side.affectedCount)) of \(grouped(listed)) \(name(of: side.split)) (\(percent(share, digits: 2)))"
  }

  private var pairLines: [String] {
    let matches = result.input.matches.matches
    guard !matches.isEmpty else { return [] }
    var table = TextTable([.left, .left, .left, .left])
    let ranked = matches.sorted { ($1.score, $0.first, $0.second) < ($0.score, $1.first, $1.second) }
    for match in ranked.prefix(Self.shownPairCount) {
      let (evaluated, other) = SplitPairOrder.evaluatedFirst(match, in: manifest)
      table.add([fixed(match.score, digits: 3), how(match), place(evaluated), "= " + place(other)])
    }
    let all = matches.count + result.input.matches.unlistedCount
    let heading =
      all > Self.shownPairCount
      ? "First \(Self.shownPairCount) of \(grouped(all)) pairs (--pairs FILE.csv lists them)" : "Pairs"
    return [style.bold(heading)] + table.lines
      + (result.input.matches.unlistedCount == 0
        ? []
        : ["  \(grouped(result.input.matches.unlistedCount)) pairs are counted and not listed: too many for one image"])
  }

  private func how(_ match: Match) -> String {
    switch match.kind {
    case .bytes: "same bytes"
    case .pixels: "same pixels"
    case .pdq:
      "\(match.distance ?? 0) bits" + (match.orientation == .identity ? "" : ", \(match.orientation.name)")
    }
  }

  func name(of split: Int) -> String { printable(manifest.splits[split].name) }

  private func place(_ sample: Int) -> String {
    "\(name(of: manifest.samples[sample].split)): \(printable(manifest.samples[sample].path))"
  }
}
