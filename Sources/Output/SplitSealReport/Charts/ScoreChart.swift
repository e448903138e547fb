internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealMatch

/// How many pairs between splits have which score, with the threshold from which on they are reported.
///
/// Pairs of equal bytes and equal pixels, which all score 1, have columns of their own.
public struct ScoreChart: Chart {
  /// What it shows, in one line.
  public let title = "Scores of the pairs between splits, with the threshold"
  /// What stands where, and the sample sizes.
  public let summary: String
  /// Its numbers.
  public let table: ChartTable
  let bins: ScoreBins
  let columns: [(name: String, count: Int)]
  let threshold: Double
  let axisTitle: String
  let notes: [String]

  /// Draws up the chart.
  ///
  /// - Throws: `NoChart` when there is no pair.
  public init(_ result: AuditResult) throws(NoChart) {
    let matches = result.input.matches
    let options = result.input.matchOptions
    let least = min(options.listingThreshold, options.reportingThreshold)
    // A probe has pairs searched for that nobody asked to see.
    let drawn = (matches.matches + matches.belowThreshold).filter {
      $0.kind.isNear && $0.kind != .judged && $0.score >= least
    }
    bins = ScoreBins(drawn, options)
    let judgedCount = matches.matches.count { $0.kind == .judged }
    columns =
      [
        ("same pixels", matches.counts.reduce(0) { $0 + $1.pixelPairs }),
        ("same bytes", matches.counts.reduce(0) { $0 + $1.bytePairs }),
      ] + (judgedCount > 0 ? [("by eye", judgedCount)] : [])
    threshold = options.reportingThreshold
    guard bins.highest > 0 || columns.contains(where: { $0.count > 0 }) else {
      throw NoChart("no pair between two splits scores \(scoreText(least)) or more")
    }
    let unit =
      switch options.method {
      case .pdq: "1 - distance of the PDQ hashes / 62"
      case .alignment: options.comparesPixels ? "probability that both show one picture" : "cosine of the descriptors"
      }
    axisTitle = "score of near-duplicates (\(unit))"
    let nearCount = matches.counts.reduce(0) { $0 + $1.nearPairs } - judgedCount
    let below = bins.bins.filter { !$0.isReported }.reduce(0) { $0 + $1.counts.reduce(0, +) }
    var notes = [
      "Pairs between two splits: \(grouped(nearCount)) near-duplicates at the threshold of \(scoreText(threshold)) or"
        + " above, \(grouped(columns[0].count)) of the same pixels, \(grouped(columns[1].count)) of the same bytes."
    ]
    notes.append(
      least < threshold
        ? "Below the threshold, \(grouped(below)) pairs from \(scoreText(least)) on are drawn, as outlines."
        : "Pairs below the threshold are not drawn.")
    let unlisted = nearCount + columns.reduce(0) { $0 + $1.count } - matches.matches.count
    if unlisted > 0 {
      notes.append("\(grouped(unlisted)) pairs of images with very many partners are counted and have no bar.")
    }
    self.notes = notes
    summary =
      "Columns: how many near-duplicates have a score, which is the \(unit). Beside them, the pairs that are equal."
      + " \(notes.joined(separator: " "))"
    table = Self.table(bins, columns)
  }

  private static func table(_ bins: ScoreBins, _ columns: [(name: String, count: Int)]) -> ChartTable {
    ChartTable(
      header: ["how found", "score from", "score below", "reported", "pairs"],
      rows: bins.bins.flatMap { bin in
        zip(bins.kinds, bin.counts).map { kind, count in
          [name(of: kind), fixed(bin.low, digits: 4), bin.high < 1 ? fixed(bin.high, digits: 4) : ""]
            + [bin.isReported ? "yes" : "no", "\(count)"]
        }
      } + columns.map { [$0.name, "1.0000", "", "yes", "\($0.count)"] })
  }

  static func name(of kind: MatchKind) -> String {
    switch kind {
    case .bytes: "same bytes"
    case .pixels: "same pixels"
    case .aligned: "aligned"
    case .descriptor: "descriptors alone"
    case .pdq: "PDQ"
    case .judged: "seen by a person"
    }
  }

  /// The highest column.
  var highest: Int { max(bins.highest, columns.map(\.count).max() ?? 0) }

  /// Whether some columns would be too low to be seen beside the highest.
  var isLogarithmic: Bool {
    let counts = (bins.bins.flatMap(\.counts) + columns.map(\.count)).filter { $0 > 0 }
    return highest > 100 && highest > 50 * (counts.min() ?? 1)
  }
}
