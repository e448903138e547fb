internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// The report that a person reads: the answer first, then what it rests on.
///
/// Plain text that can be pasted as an issue on the dataset's repository. It fits a screen unless everything is asked for.
public struct TextReport {
  /// Findings shown of each rule.
  static let shownFindingCount = 5
  /// Classes shown; the JSON report has all.
  static let shownClassCount = 20

  let result: AuditResult
  let context: ReportContext
  let style: TextStyle
  /// The pictures of a pair as the terminal shows them, for the pairs of which they are shown.
  let picture: (Int, Int) -> String?

  var manifest: Manifest { result.input.manifest }

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - result: The audit.
  ///   - context: What is said beside the result.
  ///   - style: Colours and the width of lines.
  ///   - picture: What shows the pictures of two samples below their row; `nil` for a pair that is not shown.
  public init(
    _ result: AuditResult, context: ReportContext, style: TextStyle = .plain,
    picture: @escaping (_ evaluated: Int, _ other: Int) -> String? = { _, _ in nil }
  ) {
    self.result = result
    self.context = context
    self.style = style
    self.picture = picture
  }

  /// The whole report, with a final newline.
  public var text: String { isVerbose ? fullText : shortText }

  private var fullText: String {
    let sections = [
      verdictLines, policyLines, leakLines, pairLines, doubtLines, referenceLines, clusterLines, groupLines,
      impactLines,
      findingLines, decisionLines, waiverLines, coverageLines, classLines, powerLines, notRunLines, heldLines,
      methodLines,
    ]
    return joined(sections.map { $0.flatMap(fitted) } + [commandLines])
  }

  /// Sections with an empty line between them, and a final newline.
  func joined(_ sections: [[String]]) -> String {
    sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// A line in as many lines as there must be; pictures, and a policy that is there to be copied, stay as they are.
  func fitted(_ line: String) -> [String] {
    line.hasPrefix("  | ") || InlinePictureProtocol.isPicture(line) ? [line] : style.fitted([line])
  }

  /// The pairs of splits, each with the share of the evaluated split first: it is the one that a leak spoils.
  private var leakLines: [String] {
    let rows = LeakTable(result).rows
    return rows.isEmpty ? [] : [style.bold(leakHeading)] + leakTable(rows)
  }

  /// Rows of the table of splits, with its heading.
  func leakTable(_ rows: [LeakTable.Row]) -> [String] {
    var table = TextTable([.left, .left, .right, .right, .right, .right], names: [0, 1], keyCount: 2)
    table.add(["images of", otherHeading, "share", "same bytes", "same pixels", "near-duplicates"])
    for row in rows {
      let paint: TextStyle.Paint = row.affectedCount > 0 ? .bad : row.isIncomplete ? .doubtful : .good
      let paints = zip(row.pairs, row.isFound).map { pair, isFound -> TextStyle.Paint? in
        isFound ? .bad : pair == LeakTable.notCompared ? .doubtful : nil
      }
      table.add(
        ["\(row.affected) \(name(of: row.split))", name(of: row.other), row.share] + row.pairs,
        [nil, nil, paint] + paints)
    }
    return table.lines(style)
  }

  /// What the table of splits shows: where likeness says little, not that so many images leaked.
  var leakHeading: String {
    result.input.alikeness.isCountDoubtful
      ? "Matches between splits, which may be look-alikes: images affected, and pairs at or above "
        + scoreText(result.input.matchOptions.reportingThreshold)
      : "Leaks between splits: images affected, and pairs of copies"
  }

  /// The heading of the column of the other split.
  var otherHeading: String { result.input.alikeness.isCountDoubtful ? "match in" : "also in" }

  /// A part of a whole as a percentage, which does not become 0.00 % as long as there is something.
  func share(_ count: Int, of total: Int) -> String { part(count, of: total) }

  var clusterLines: [String] {
    let clusters = result.input.clusters
    guard let largest = clusters.first else { return [] }
    let images = clusters.reduce(0) { $0 + $1.members.count }
    let splits = largest.splits.map { split in
      "\(grouped(largest.members.count { manifest.samples[$0].split == split })) of \(name(of: split))"
    }
    return [
      style.bold("Pictures that are there more than once"),
      "  \(counted(clusters.count, "picture")) in \(counted(images, "image"))",
      "  largest cluster: \(splits.joined(separator: ", ")), weakest link "
        + "\(fixed(largest.weakestLink, digits: 3)), around \(place(largest.representative))",
    ]
  }

  /// How alike two pictures are, and what turns that of the other split into the evaluated one.
  func how(_ match: Match, _ evaluated: Int) -> String {
    let isConfirmed = match.kind != .judged && result.input.decisions.decision(on: match)?.judgement == .same
    return (match.words(evaluated: evaluated) + (isConfirmed ? ["confirmed"] : [])).joined(separator: ", ")
  }

  func name(of split: Int) -> String { printable(manifest.splits[split].name) }

  func place(_ sample: Int) -> String {
    "\(name(of: manifest.samples[sample].split)): \(printable(manifest.samples[sample].path))"
  }
}
