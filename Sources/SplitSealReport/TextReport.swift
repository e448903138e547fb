public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

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
      verdictLines, policyLines, leakLines, pairLines, referenceLines, clusterLines, groupLines, impactLines,
      findingLines, decisionLines, waiverLines, coverageLines, classLines, powerLines, heldLines, notRunLines,
      methodLines, commandLines,
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// The pairs of splits, each with the share of the evaluated split first: it is the one that a leak spoils.
  ///
  /// A pair with leaks has a second line for its other split. Images and pairs differ where one image has several copies.
  private var leakLines: [String] {
    let counts = result.input.matches.counts
    guard !counts.isEmpty else { return [] }
    var table = TextTable([.left, .left, .right, .right, .right, .right])
    table.add(["images of", "also in", "share", "same bytes", "same pixels", "near-duplicates"])
    for count in counts {
      let (evaluated, other) = SplitPairOrder(count, splits: manifest.splits).evaluatedFirst
      table.add(
        affected(evaluated, other) + [count.bytePairs, count.pixelPairs, count.nearPairs].map(grouped))
      if count.affectedInFirst > 0 { table.add(affected(other, evaluated)) }
    }
    return [style.bold("Leaks between splits: images affected, and pairs of copies")] + table.lines
  }

  /// How much of one split is in another: `7 of 1,204 test`, `train`, `0.58 %`.
  private func affected(_ side: SplitPairOrder.Side, _ other: SplitPairOrder.Side) -> [String] {
    let listed = result.coverage[side.split].listedCount
    return [
      "\(grouped(side.affectedCount)) of \(grouped(listed)) \(name(of: side.split))", name(of: other.split),
      share(side.affectedCount, of: listed),
    ]
  }

  /// A count with its noun: `1 pair`, `1,204 pairs`.
  func counted(_ count: Int, _ noun: String) -> String { "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")" }

  /// A part of a whole as a percentage, which does not become 0.00 % as long as there is something.
  func share(_ count: Int, of total: Int) -> String {
    let share = total == 0 ? 0 : Double(count) / Double(total)
    return count > 0 && share < 0.0001 ? "<0.01 %" : percent(share, digits: 2)
  }

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
    let orientation = evaluated == match.second ? match.orientation : match.orientation.inverse
    let turn = orientation == .identity ? [] : [orientation.name]
    let words =
      switch match.kind {
      case .bytes: ["same bytes"]
      case .pixels: ["same pixels"]
      case .aligned: ["aligned"] + turn + views(match, evaluated)
      case .descriptor: ["descriptors"] + turn + views(match, evaluated)
      case .judged: ["seen by a person"] + turn
      case .pdq: ["\(match.distance ?? 0) \(match.sampling == .centred ? "centred bits" : "bits")"] + turn
      }
    let isConfirmed = match.kind != .judged && result.input.decisions.decision(on: match)?.judgement == .same
    return (words + (isConfirmed ? ["confirmed"] : [])).joined(separator: ", ")
  }

  /// Which part of the evaluated picture is which of the other, unless both are whole.
  private func views(_ match: Match, _ evaluated: Int) -> [String] {
    guard let alignment = match.alignment else { return [] }
    let views = [alignment.firstView, alignment.secondView]
    guard views != [.whole, .whole] else { return [] }
    return [(evaluated == match.first ? views : views.reversed()).map(\.name).joined(separator: " = ")]
  }

  func name(of split: Int) -> String { printable(manifest.splits[split].name) }

  func place(_ sample: Int) -> String {
    "\(name(of: manifest.samples[sample].split)): \(printable(manifest.samples[sample].path))"
  }
}
