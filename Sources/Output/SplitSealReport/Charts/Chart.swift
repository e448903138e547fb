internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealManifest

/// A picture of numbers of an audit, drawn as SVG, with the numbers themselves.
///
/// The same audit gives the same bytes. Names from the dataset are made printable, shortened and escaped.
public protocol Chart: Sendable {
  /// What it shows, in one line: lower case but for its start, without a full stop.
  var title: String { get }
  /// The title in more words, for whoever cannot see it: what stands where, and the sample sizes.
  var summary: String { get }
  /// Its numbers, for a table beside it.
  var table: ChartTable { get }
  /// The picture.
  ///
  /// - Parameters:
  ///   - variant: What it is for.
  ///   - size: How large it is.
  /// - Returns: An `svg` element; a whole document, with a final newline, where it stands alone.
  func svg(_ variant: SVGVariant, size: ChartSize) -> String
}

extension Chart {
  /// The picture in its usual size.
  public func svg(_ variant: SVGVariant) -> String { svg(variant, size: ChartSize()) }
}

/// The charts there are.
///
/// The raw values are their stable names.
public enum ChartKind: String, Hashable, Sendable, CaseIterable {
  /// Shares of the classes by split.
  case classes
  /// Scores of the pairs, with the threshold.
  case scores
  /// Recall of the detector by edit.
  case power

  /// Draws up the chart.
  ///
  /// - Parameter result: The audit.
  /// - Returns: The chart.
  /// - Throws: `NoChart` when the audit has nothing to draw.
  public func chart(of result: AuditResult) throws(NoChart) -> any Chart {
    switch self {
    case .classes: try ClassShareChart(result)
    case .scores: try ScoreChart(result)
    case .power: try PowerChart(result)
    }
  }
}

/// Why a chart cannot be drawn.
public struct NoChart: Error, Hashable, CustomStringConvertible {
  /// What is missing, lower case, without a full stop.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// What a chart is drawn for.
public enum SVGVariant: Hashable, Sendable {
  /// A file of its own: colours are written out, the ground is white.
  case standalone
  /// Part of an HTML page: colours are `var(--chart-ink, ...)`, `--chart-grid`, `--chart-paper` and `--chart-1` to
  /// `--chart-8`, so that the page may set them; there is no ground.
  case embedded
}

/// How large a chart is.
public struct ChartSize: Hashable, Sendable {
  /// Millimetres from left to right; the usual width of a printed page's text unless given.
  public var width = 160.0
  /// Millimetres from top to bottom; `nil` for as much as the content needs.
  ///
  /// A chart is never lower than its content needs.
  public var height: Double?

  /// Widths that can be drawn, in millimetres.
  public static let widths = 60.0...1000
  /// Heights that can be drawn, in millimetres.
  public static let heights = 30.0...2000

  /// The usual size.
  public init() {}
}

/// The numbers of a chart.
public struct ChartTable: Hashable, Sendable {
  /// Names of the columns, with units.
  public let header: [String]
  /// The cells, as many in each row as there are columns; names from the dataset as they are.
  public let rows: [[String]]

  /// The table as CSV.
  ///
  /// - Source: RFC 4180, with lines that end in LF.
  public var csv: String {
    ([header] + rows).map { $0.map { delimitedCell($0) }.joined(separator: ",") + "\n" }.joined()
  }
}
