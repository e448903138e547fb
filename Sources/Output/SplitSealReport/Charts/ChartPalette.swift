/// A colour by what it is for.
enum ChartColor: Hashable {
  /// Text, axes and outlines.
  case ink
  /// Lines behind the data.
  case grid
  /// The ground.
  case paper
  /// A series, from 0 on.
  case series(Int)

  /// Colours of series that people with any of the usual colour deficiencies tell apart.
  ///
  /// They also differ in lightness, and every series has a mark or pattern of its own.
  /// - Source: M. Okabe and K. Ito, Color Universal Design, 2008 (1 to 3, 5, 6); P. Tol, Colour Schemes, 2021 (4, 8).
  private static let palette = [
    "#0072b2", "#d55e00", "#009e73", "#aa3377", "#e69f00", "#56b4e9", "#666666", "#332288",
  ]

  /// The number of series that have a colour and a mark of their own.
  static let seriesCount = palette.count

  /// The value of a `fill` or `stroke`.
  func value(_ variant: SVGVariant) -> String {
    let (name, color) =
      switch self {
      case .ink: ("ink", "#1a1a1a")
      case .grid: ("grid", "#d4d4d4")
      case .paper: ("paper", "#ffffff")
      case .series(let index):
        ("\(index % Self.seriesCount + 1)", Self.palette[index % Self.seriesCount])
      }
    return variant == .standalone ? color : "var(--chart-\(name), \(color))"
  }
}

/// The mark of a series: told by its form and by whether it is filled, without any colour.
enum ChartMark: Int, CaseIterable {
  case disc, square, triangle, diamond, wedge, cross, pentagon, bar

  init(series: Int) { self = Self.allCases[series % Self.allCases.count] }

  /// Whether the mark is filled with its colour, or only outlined in it.
  var isFilled: Bool { rawValue.isMultiple(of: 2) }

  /// Its corners around 0, 0, for a radius of about 1; empty for a disc.
  var corners: [(x: Double, y: Double)] {
    switch self {
    case .disc: []
    case .square: [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
    case .triangle: [(0, -1.2), (1.1, 0.8), (-1.1, 0.8)]
    case .diamond: [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)]
    case .wedge: [(0, 1.2), (1.1, -0.8), (-1.1, -0.8)]
    case .cross:
      [
        (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4), (0.4, 1.2), (-0.4, 1.2),
        (-0.4, 0.4), (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4),
      ]
    case .pentagon: [(0, -1.15), (1.1, -0.35), (0.68, 0.95), (-0.68, 0.95), (-1.1, -0.35)]
    case .bar: [(-0.5, -1.3), (0.5, -1.3), (0.5, 1.3), (-0.5, 1.3)]
    }
  }
}
