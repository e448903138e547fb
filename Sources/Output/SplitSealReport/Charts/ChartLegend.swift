/// What marks and fillings stand for, in as many lines as needed.
struct ChartLegend {
  /// What stands before a name.
  enum Key {
    /// The mark of a series.
    case mark(Int)
    /// A bar of a series: filled, or only outlined.
    case bar(Int, isFilled: Bool)
  }

  private static let lineHeight = 12.0
  private static let keyWidth = 13.0
  private static let space = 12.0

  private let width: Double
  private var entries: [(key: Key, name: String, x: Double, line: Int)] = []
  private var end = 0.0

  init(width: Double) { self.width = width }

  /// Adds an entry, on a new line where the last has no room.
  mutating func add(_ key: Key, _ name: String) {
    let label = ChartText.label(name, limit: min(width - Self.keyWidth, 180))
    let needed = Self.keyWidth + ChartText.width(label)
    var line = entries.last?.line ?? 0
    if !entries.isEmpty, end + needed > width { (line, end) = (line + 1, 0) }
    entries.append((key, label, end, line))
    end += needed + Self.space
  }

  /// Points from top to bottom, with the space below.
  var height: Double { entries.last.map { Double($0.line + 1) * Self.lineHeight + 4 } ?? 0 }

  /// Draws the entries from a point on.
  func draw(in drawing: inout SVGDrawing, x: Double, y: Double) {
    for entry in entries {
      let middle = y + (Double(entry.line) + 0.5) * Self.lineHeight
      switch entry.key {
      case .mark(let series): drawing.mark(series, x: x + entry.x + 4, y: middle)
      case .bar(let series, let isFilled):
        drawing.bar(series, x: x + entry.x, y: middle - 3.5, width: 8, height: 7, isFilled: isFilled)
      }
      drawing.text(entry.name, x: x + entry.x + Self.keyWidth, middle: middle)
    }
  }
}

extension SVGDrawing {
  /// A bar of a series: in its colour, or in the ground's with an outline in its colour.
  ///
  /// Every second series is hatched, so that it is told apart without colour.
  mutating func bar(
    _ series: Int, x: Double, y: Double, width: Double, height: Double, isFilled: Bool
  ) {
    rectangle(
      x: x, y: y, width: width, height: height, fill: isFilled ? .series(series) : .paper, stroke: .series(series))
    guard !series.isMultiple(of: 2) else { return }
    for step in stride(from: 2.5, to: height, by: 2.5) {
      line(
        from: (x, y + height - step), to: (x + width, y + height - step), isFilled ? .paper : .series(series),
        width: 0.7)
    }
  }
}
