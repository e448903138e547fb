internal import SplitSealAudit

/// Shares with their intervals, a row for each thing that is compared: a mark and a line for each series.
struct IntervalPlot {
  /// One share.
  struct Point {
    /// Which series it is of.
    let series: Int
    /// The share, 0...1.
    let share: Double
    /// The ends of its interval, 0...1.
    let interval: (low: Double, high: Double)
    /// What is said of it under the pointer.
    let words: String
  }

  /// What is compared.
  struct Row {
    /// Its name, as the dataset has it.
    let name: String
    /// Its shares, in the order of the series.
    let points: [Point]
    /// What stands at the right.
    var remark = ""
  }

  /// Names of the series; none is written where there is one.
  let series: [String]
  let rows: [Row]
  /// What the shares are shares of.
  let axisTitle: String
  /// The end of the axis, 0...1; `nil` for what the intervals need.
  let highest: Double?
  /// Sentences below.
  let notes: [String]

  private static let gap = 6.0

  /// Draws the plot.
  ///
  /// - Returns: The drawing with its width and height in points.
  func drawing(_ variant: SVGVariant, _ size: ChartSize) -> (drawing: SVGDrawing, width: Double, height: Double) {
    let width = size.width * SVGDrawing.pointsPerMillimetre
    let names = rows.map { ChartText.label($0.name, limit: width * 0.3) }
    let left = (names.map { ChartText.width($0) }.max() ?? 0) + 2 * Self.gap
    let right = width - max(3 * Self.gap, (rows.map { ChartText.width($0.remark) }.max() ?? 0) + 2 * Self.gap)
    var legend = ChartLegend(width: width - 2 * Self.gap)
    if series.count > 1 { for index in series.indices { legend.add(.mark(index), series[index]) } }
    let top = Self.gap + legend.height
    let noteLines = notes.flatMap { ChartText.lines($0, limit: width - 2 * Self.gap) }
    let below = 34 + Double(noteLines.count) * 9 + Self.gap
    // Few rows may have more room than many.
    let step = rows.count > 20 ? 5.5 : 7.5
    let least = max(Double(series.count) * step + 4, 13) * Double(rows.count)
    let wanted = (size.height ?? 0) * SVGDrawing.pointsPerMillimetre - top - below
    let rowsHeight = max(least, wanted)
    let bottom = top + rowsHeight
    let axis = ChartAxis(
      fromZeroTo: 100 * (highest ?? rows.flatMap(\.points).map(\.interval.high).max() ?? 1),
      ticks: max(3, Int((right - left) / 45)))
    func x(_ share: Double) -> Double { left + axis.place(100 * share) * (right - left) }

    var drawing = SVGDrawing(variant)
    legend.draw(in: &drawing, x: Self.gap, y: Self.gap)
    let rowHeight = rowsHeight / Double(max(1, rows.count))
    // Lines between the rows lead the eye from a name to its marks.
    for index in rows.indices.dropFirst() {
      let y = top + Double(index) * rowHeight
      drawing.line(from: (Self.gap, y), to: (width - Self.gap, y), .grid, width: 0.35)
    }
    for tick in axis.ticks {
      drawing.line(from: (x(tick / 100), top), to: (x(tick / 100), bottom), .grid, width: 0.5)
    }
    for (index, row) in rows.enumerated() {
      let middle = top + (Double(index) + 0.5) * rowHeight
      drawing.text(names[index], x: left - Self.gap, middle: middle, .end)
      if !row.remark.isEmpty { drawing.text(row.remark, x: width - Self.gap, middle: middle, .end) }
      let step = min((rowHeight - 4) / Double(max(1, series.count)), 9)
      for point in row.points {
        let y = middle + (Double(point.series) - Double(series.count - 1) / 2) * step
        drawing.group(point.words) { drawing in
          drawing.line(
            from: (x(point.interval.low), y), to: (x(point.interval.high), y), .series(point.series), width: 1.2)
          for end in [point.interval.low, point.interval.high] {
            drawing.line(from: (x(end), y - 1.8), to: (x(end), y + 1.8), .series(point.series), width: 0.9)
          }
          drawing.mark(point.series, x: x(point.share), y: y)
        }
      }
    }
    drawing.line(from: (left, bottom), to: (right, bottom), .ink)
    for tick in axis.ticks {
      drawing.line(from: (x(tick / 100), bottom), to: (x(tick / 100), bottom + 3), .ink)
      drawing.text(SVGDrawing.number(tick), x: x(tick / 100), middle: bottom + 9, .middle)
    }
    drawing.text(axisTitle, x: (left + right) / 2, middle: bottom + 23, .middle)
    for (index, line) in noteLines.enumerated() {
      drawing.text(line, x: Self.gap, middle: bottom + 38 + Double(index) * 9, size: ChartText.noteSize)
    }
    return (drawing, width, bottom + below)
  }
}
