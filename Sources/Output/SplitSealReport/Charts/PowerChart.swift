internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealProbe

/// The recall of the detector by edit, with its Wilson interval: what would have been found.
public struct PowerChart: Chart {
  /// What it shows, in one line.
  public let title = "Recall of edited copies by edit, with 95 % intervals"
  /// What stands where, and the sample sizes.
  public let summary: String
  /// Its numbers.
  public let table: ChartTable
  private let plot: IntervalPlot

  /// Draws up the chart.
  ///
  /// - Throws: `NoChart` when the detector was not probed, or nothing could be edited.
  public init(_ result: AuditResult) throws(NoChart) {
    guard let power = result.input.power else { throw NoChart("the detector was not probed (--probe)") }
    let edits = power.edits.filter { $0.madeCount > 0 }
    guard !edits.isEmpty else { throw NoChart("no image shows enough to be edited and looked for") }
    // The edits found most come first; equal ones stay in their order.
    let ranked = edits.enumerated().sorted { ($1.element.recall, $0.offset) < ($0.element.recall, $1.offset) }
      .map(\.element)
    let rows = ranked.map { edit in
      let cell = ShareCell(edit.foundCount, of: edit.madeCount)
      return IntervalPlot.Row(
        name: edit.name,
        points: [
          IntervalPlot.Point(
            series: 0, share: cell.share, interval: cell.interval, words: "\(edit.name): found \(cell.words)")
        ], remark: "\(grouped(edit.foundCount)) of \(grouped(edit.madeCount))")
    }
    let images = power.imageCount == 1 ? "1 image" : "\(grouped(power.imageCount)) images"
    let ofAll = result.overallPower.flatMap { overall in
      overall.isWhole
        ? nil
        : "Of images that can be compared; of copies of all images \(overall.percentFound(of: overall.all)) % would be found:"
          + " \(overall.remainder)."
    }
    let notes =
      [
        "Copies of \(images), searched for at a threshold of \(scoreText(power.threshold)); seed \(power.seed)."
          + " Lines: Wilson intervals at 95 %."
      ] + (ofAll.map { [$0] } ?? [])
    plot = IntervalPlot(
      series: ["recall"], rows: rows, axisTitle: "edited copies that were found (%)", highest: 1, notes: notes)
    summary =
      "For each of \(rows.count) edits, the share of edited copies that the detector found, in percent."
      + " \(notes.joined(separator: " "))"
    table = ChartTable(
      header: ["edit", "found", "made", "recall", "lower end (95 %)", "upper end (95 %)"],
      rows: edits.map { [$0.name] + ShareCell($0.foundCount, of: $0.madeCount).columns })
  }

  /// The picture.
  ///
  /// - Parameters:
  ///   - variant: What it is for.
  ///   - size: How large it is.
  /// - Returns: An `svg` element; a whole document where it stands alone.
  public func svg(_ variant: SVGVariant, size: ChartSize) -> String {
    let (drawing, width, height) = plot.drawing(variant, size)
    return drawing.document("power", width: width, height: height, title: title, summary: summary)
  }
}
