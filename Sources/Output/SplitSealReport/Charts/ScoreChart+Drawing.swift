internal import SplitSealBase
internal import SplitSealAudit

extension ScoreChart {
  private static let gap = 6.0
  /// Points from left to right for one of the columns of equal pairs.
  private static let columnWidth = 42.0

  /// The picture.
  ///
  /// - Parameters:
  ///   - variant: What it is for.
  ///   - size: How large it is.
  /// - Returns: An `svg` element; a whole document where it stands alone.
  public func svg(_ variant: SVGVariant, size: ChartSize) -> String {
    let width = size.width * SVGDrawing.pointsPerMillimetre
    let legend = legend(width: width - 2 * Self.gap)
    let noteLines = notes.flatMap { ChartText.lines($0, limit: width - 2 * Self.gap) }
    let below = 34 + Double(noteLines.count) * 9 + Self.gap
    let top = Self.gap + legend.height + 12
    let height = max((size.height ?? 0) * SVGDrawing.pointsPerMillimetre, top + below + max(110, width * 0.36))
    let bottom = height - below
    let axis =
      isLogarithmic
      ? ChartAxis(countsTo: Double(highest)) : ChartAxis(fromZeroTo: Double(highest), ticks: 6, leastStep: 1)
    let left = (axis.ticks.map { ChartText.width(grouped(Int($0))) }.max() ?? 0) + 4 * Self.gap
    let right = width - 2 * Self.columnWidth - 3 * Self.gap

    var drawing = SVGDrawing(variant)
    legend.draw(in: &drawing, x: Self.gap, y: Self.gap)
    let plot = Frame(left: left, right: right, top: top, bottom: bottom, counts: axis)
    drawCounts(in: &drawing, plot, width: width)
    drawBins(in: &drawing, plot)
    drawColumns(in: &drawing, plot)
    for (index, line) in noteLines.enumerated() {
      drawing.text(line, x: Self.gap, middle: bottom + 38 + Double(index) * 9, size: ChartText.noteSize)
    }
    return drawing.document("scores", width: width, height: height, title: title, summary: summary)
  }

  /// Where the columns are drawn.
  private struct Frame {
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    let counts: ChartAxis

    func y(_ count: Double) -> Double { bottom - counts.place(count) * (bottom - top) }
  }

  private func legend(width: Double) -> ChartLegend {
    var legend = ChartLegend(width: width)
    let hasBelow = bins.bins.contains { !$0.isReported }
    for (series, kind) in bins.kinds.enumerated() {
      let name = Self.name(of: kind)
      legend.add(.bar(series, isFilled: true), "\(name), reported")
      if hasBelow { legend.add(.bar(series, isFilled: false), "\(name), below the threshold") }
    }
    return legend
  }

  private func drawCounts(in drawing: inout SVGDrawing, _ frame: Frame, width: Double) {
    for tick in frame.counts.ticks {
      let y = frame.y(tick)
      drawing.line(from: (frame.left, y), to: (width - Self.gap, y), .grid, width: 0.5)
      drawing.line(from: (frame.left - 3, y), to: (frame.left, y), .ink)
      drawing.text(grouped(Int(tick)), x: frame.left - 5, middle: y, .end)
    }
    drawing.line(from: (frame.left, frame.top), to: (frame.left, frame.bottom), .ink)
    drawing.text(
      isLogarithmic ? "pairs (logarithmic scale)" : "pairs", x: Self.gap + 3, middle: (frame.top + frame.bottom) / 2,
      .middle, upwards: true)
  }

  private func drawBins(in drawing: inout SVGDrawing, _ frame: Frame) {
    let lowest = bins.bins.first?.low ?? 0
    let scores = ChartAxis(from: lowest, to: 1, ticks: max(3, Int((frame.right - frame.left) / 40)))
    func x(_ score: Double) -> Double { frame.left + scores.place(score) * (frame.right - frame.left) }
    for bin in bins.bins {
      let width = (x(bin.high) - x(bin.low)) / Double(max(1, bins.kinds.count))
      for (series, count) in bin.counts.enumerated() where count > 0 {
        let words =
          "\(Self.name(of: bins.kinds[series])), score \(fixed(bin.low, digits: 3)) to \(fixed(bin.high, digits: 3)):"
          + " \(grouped(count)) \(count == 1 ? "pair" : "pairs")"
        drawing.group(words) { drawing in
          let top = frame.y(Double(count))
          drawing.bar(
            series, x: x(bin.low) + Double(series) * width + 0.8, y: top, width: width - 1.6,
            height: frame.bottom - top, isFilled: bin.isReported)
        }
      }
    }
    drawing.line(from: (frame.left, frame.bottom), to: (frame.right, frame.bottom), .ink)
    for tick in scores.ticks {
      drawing.line(from: (x(tick), frame.bottom), to: (x(tick), frame.bottom + 3), .ink)
      drawing.text(SVGDrawing.number(tick), x: x(tick), middle: frame.bottom + 9, .middle)
    }
    drawing.text(axisTitle, x: (frame.left + frame.right) / 2, middle: frame.bottom + 23, .middle)
    drawing.line(
      from: (x(threshold), frame.top - 3), to: (x(threshold), frame.bottom), .ink, width: 1, dashes: "4 2")
    let words = "threshold \(scoreText(threshold))"
    let isLeft = x(threshold) - frame.left > ChartText.width(words)
    drawing.text(words, x: x(threshold) + (isLeft ? -3 : 3), middle: frame.top - 7, isLeft ? .end : .start)
  }

  private func drawColumns(in drawing: inout SVGDrawing, _ frame: Frame) {
    let start = frame.right + 2 * Self.gap
    for (index, column) in columns.enumerated() {
      let x = start + Double(index) * Self.columnWidth
      let middle = x + Self.columnWidth / 2
      let top = column.count > 0 ? frame.y(Double(column.count)) : frame.bottom
      drawing.group("\(column.name): \(grouped(column.count)) \(column.count == 1 ? "pair" : "pairs")") { drawing in
        if column.count > 0 {
          drawing.bar(
            2 + 2 * index, x: middle - 8, y: top, width: 16, height: frame.bottom - top, isFilled: true)
        }
        drawing.text(grouped(column.count), x: middle, middle: top - 6, .middle)
      }
      for (line, word) in column.name.split(separator: " ").enumerated() {
        drawing.text(String(word), x: middle, middle: frame.bottom + 9 + Double(line) * 9, .middle)
      }
    }
    drawing.line(
      from: (start, frame.bottom), to: (start + Double(columns.count) * Self.columnWidth, frame.bottom), .ink)
  }
}
