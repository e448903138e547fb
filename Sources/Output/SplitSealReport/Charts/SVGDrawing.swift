internal import SplitSealBase
internal import SplitSealAudit

/// Elements of an SVG, in points of 1/72 inch from the upper left corner.
///
/// - Source: Scalable Vector Graphics (SVG) 1.1 (second edition).
struct SVGDrawing {
  /// Where a text stands at its point.
  enum Anchor: String {
    case start, middle, end
  }

  /// Points in a millimetre.
  static let pointsPerMillimetre = 72 / 25.4

  let variant: SVGVariant
  private var elements: [String] = []

  init(_ variant: SVGVariant) { self.variant = variant }

  /// A coordinate: hundredths of a point, without zeros that say nothing.
  static func number(_ value: Double) -> String {
    var text = fixed(value, digits: 2)
    while text.contains("."), text.last == "0" || text.last == "." {
      if text.removeLast() == "." { break }
    }
    return text
  }

  private func n(_ value: Double) -> String { Self.number(value) }

  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ color: ChartColor, width: Double = 0.75,
    dashes: String? = nil
  ) {
    let dashes = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    elements.append(
      "<line x1=\"\(n(start.x))\" y1=\"\(n(start.y))\" x2=\"\(n(end.x))\" y2=\"\(n(end.y))\""
        + " stroke=\"\(color.value(variant))\" stroke-width=\"\(n(width))\"\(dashes)/>")
  }

  /// A rectangle; one that is not filled has the colour of the ground inside, hatched where asked.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: ChartColor?, stroke: ChartColor? = nil
  ) {
    let fill = fill.map { $0.value(variant) } ?? "none"
    let outline = stroke.map { " stroke=\"\($0.value(variant))\" stroke-width=\"0.9\"" } ?? ""
    elements.append(
      "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(max(0, width)))\" height=\"\(n(max(0, height)))\""
        + " fill=\"\(fill)\"\(outline)/>")
  }

  mutating func mark(_ series: Int, x: Double, y: Double, radius: Double = 2.6) {
    let mark = ChartMark(series: series)
    let color = ChartColor.series(series)
    let paint =
      "fill=\"\((mark.isFilled ? color : .paper).value(variant))\" stroke=\"\(color.value(variant))\" stroke-width=\"1.1\""
    guard !mark.corners.isEmpty else {
      elements.append("<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\" \(paint)/>")
      return
    }
    let points = mark.corners.map { "\(n(x + $0.x * radius)),\(n(y + $0.y * radius))" }.joined(separator: " ")
    elements.append("<polygon points=\"\(points)\" \(paint)/>")
  }

  /// A text, whose baseline is a third of a line below the middle `y`.
  mutating func text(
    _ text: String, x: Double, middle y: Double, _ anchor: Anchor = .start, size: Double = ChartText.size,
    upwards: Bool = false
  ) {
    let baseline = upwards ? x + size * 0.35 : y + size * 0.35
    let place =
      upwards
      ? "transform=\"translate(\(n(baseline)) \(n(y))) rotate(-90)\"" : "x=\"\(n(x))\" y=\"\(n(baseline))\""
    let height = size == ChartText.size ? "" : " font-size=\"\(n(size))\""
    elements.append("<text \(place) text-anchor=\"\(anchor.rawValue)\"\(height)>\(xmlText(text))</text>")
  }

  /// Elements that belong together, with what is said of them under the pointer.
  mutating func group(_ title: String, _ draw: (inout Self) -> Void) {
    elements.append("<g><title>\(xmlText(title))</title>")
    draw(&self)
    elements.append("</g>")
  }

  /// The whole picture.
  ///
  /// - Parameters:
  ///   - name: What tells this picture from others on one page.
  ///   - width: Points from left to right.
  ///   - height: Points from top to bottom.
  ///   - title: Its name.
  ///   - summary: Its description.
  /// - Returns: An `svg` element, or a document that holds one.
  func document(_ name: String, width: Double, height: Double, title: String, summary: String) -> String {
    let isAlone = variant == .standalone
    let millimetres = [width, height].map { n($0 / Self.pointsPerMillimetre) }
    let head = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\"\(isAlone ? " version=\"1.1\"" : "") class=\"chart\" role=\"img\"",
      " aria-labelledby=\"chart-\(name)-title chart-\(name)-desc\"",
      " width=\"\(millimetres[0])mm\" height=\"\(millimetres[1])mm\" viewBox=\"0 0 \(n(width)) \(n(height))\">",
    ].joined()
    let ground =
      isAlone
      ? ["<rect width=\"\(n(width))\" height=\"\(n(height))\" fill=\"\(ChartColor.paper.value(variant))\"/>"] : []
    let lines =
      (isAlone ? ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"] : []) + [
        head, "<title id=\"chart-\(name)-title\">\(xmlText(title))</title>",
        "<desc id=\"chart-\(name)-desc\">\(xmlText(summary))</desc>",
      ] + ground + [
        "<g font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\" font-size=\"\(n(ChartText.size))\""
          + " fill=\"\(ChartColor.ink.value(variant))\">"
      ] + elements + ["</g>", "</svg>"]
    return lines.joined(separator: "\n") + (isAlone ? "\n" : "")
  }
}
