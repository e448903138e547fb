internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealStatistics

/// The share of every class in every split, with its Wilson interval: where intervals of two splits are apart, the splits
/// differ.
public struct ClassShareChart: Chart {
  /// Classes that are drawn one by one; the others are drawn together.
  static let shownClassCount = 40

  /// What it shows, in one line.
  public let title = "Shares of the classes by split, with 95 % intervals"
  /// What stands where, and the sample sizes.
  public let summary: String
  /// Its numbers.
  public let table: ChartTable
  private let plot: IntervalPlot

  /// Draws up the chart.
  ///
  /// - Throws: `NoChart` when there are no labels, or labels are no classes.
  public init(_ result: AuditResult) throws(NoChart) {
    guard let classes = result.classDistribution, !classes.splits.isEmpty else {
      throw NoChart(
        result.input.manifest.labels.isEmpty
          ? "the dataset has no labels" : "the labels of the dataset are no classes that could be compared")
    }
    let names = classes.splits.map { result.input.manifest.splits[$0].name }
    let shownSplits = Array(classes.splits.prefix(ChartColor.seriesCount))
    let sizes = classes.names.indices.map { label in classes.splits.reduce(0) { $0 + classes.counts[$1][label] } }
    // Equal sizes stay in the order of the classes.
    let ranked = sizes.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    let isCut = ranked.count > Self.shownClassCount
    let shown = isCut ? Array(ranked.prefix(Self.shownClassCount - 1)) : Array(sizes.indices)
    func row(_ name: String, _ count: (Int) -> Int) -> IntervalPlot.Row {
      IntervalPlot.Row(
        name: name,
        points: shownSplits.enumerated().map { series, split in
          let cell = ShareCell(count(split), of: classes.totals[split])
          return IntervalPlot.Point(
            series: series, share: cell.share, interval: cell.interval,
            words: "\(printable(name)): \(cell.words) of \(printable(names[series]))")
        })
    }
    var rows = shown.map { label in row(classes.names[label]) { classes.counts[$0][label] } }
    var notes: [String] = []
    if isCut, !classes.isMultiple {
      let rest = ranked.dropFirst(shown.count)
      rows.append(
        row("(\(grouped(rest.count)) other classes)") { split in rest.reduce(0) { $0 + classes.counts[split][$1] } })
    }
    if isCut { notes.append("The \(shown.count) largest of \(grouped(ranked.count)) classes, largest first.") }
    if names.count > shownSplits.count {
      notes.append("The first \(shownSplits.count) of \(grouped(names.count)) splits.")
    }
    if classes.isMultiple {
      notes.append("An image may have several classes: shares of a split add up to more than 100 %.")
    }
    let sizesText = zip(classes.splits, names).prefix(ChartColor.seriesCount).map {
      "\(printable($1)) \(grouped(classes.totals[$0]))"
    }
    notes.append(
      "Labelled images: \(sizesText.joined(separator: ", ")). Lines: Wilson intervals at 95 %, images taken as independent."
    )
    plot = IntervalPlot(
      series: shownSplits.indices.map { names[$0] }, rows: rows, axisTitle: "share of the split's labelled images (%)",
      highest: nil, notes: notes)
    summary =
      "For \(rows.count == 1 ? "one class" : "each of \(grouped(rows.count)) classes") and each split, the share of the"
      + " split's labelled images in percent. \(notes.joined(separator: " "))"
    table = Self.table(classes, names)
  }

  /// The picture.
  ///
  /// - Parameters:
  ///   - variant: What it is for.
  ///   - size: How large it is.
  /// - Returns: An `svg` element; a whole document where it stands alone.
  public func svg(_ variant: SVGVariant, size: ChartSize) -> String {
    let (drawing, width, height) = plot.drawing(variant, size)
    return drawing.document("classes", width: width, height: height, title: title, summary: summary)
  }

  private static func table(_ classes: ClassDistribution, _ names: [String]) -> ChartTable {
    ChartTable(
      header: ["class", "split", "images", "labelled images", "share", "lower end (95 %)", "upper end (95 %)"],
      rows: classes.names.indices.flatMap { label in
        zip(classes.splits, names).map { split, name in
          let cell = ShareCell(classes.counts[split][label], of: classes.totals[split])
          return [classes.names[label], name] + cell.columns
        }
      })
  }
}

/// A count of a total with its share and interval.
struct ShareCell {
  let count: Int
  let total: Int
  let interval: (low: Double, high: Double)

  init(_ count: Int, of total: Int) {
    (self.count, self.total) = (count, total)
    let wilson = WilsonInterval(count, of: total)
    interval = (wilson.low, wilson.high)
  }

  var share: Double { total == 0 ? 0 : Double(count) / Double(total) }

  /// `5,000 of 50,000 (10.0 %, 9.7 % to 10.3 %)`.
  var words: String {
    "\(grouped(count)) of \(grouped(total)) (\(percent(share, digits: 1)), \(percent(interval.low, digits: 1)) to"
      + " \(percent(interval.high, digits: 1)))"
  }

  /// Count, total, share and the ends of the interval, 0...1.
  var columns: [String] {
    ["\(count)", "\(total)"] + [share, interval.low, interval.high].map { fixed($0, digits: 6) }
  }
}
