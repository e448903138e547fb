internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
public import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealMatch

/// What two datasets have in common, for people, programs and spreadsheets.
public struct ComparisonReport {
  /// Version of the JSON document.
  public static let schemaVersion = "1.0"
  /// Pairs shown; the pair list has all.
  private static let shownPairCount = 10

  private let comparison: Comparison
  private let context: ReportContext
  private let style: TextStyle

  /// Prepares a report.
  public init(_ comparison: Comparison, context: ReportContext, style: TextStyle = .plain) {
    self.comparison = comparison
    self.context = context
    self.style = style
  }

  /// The text, with a final newline.
  public var text: String {
    let sections = [answer, sides, tableLines, pairLines, gapLines].map { style.fitted($0) } + [commandLines]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var answer: [String] {
    let (first, second) = (printable(comparison.first.name), printable(comparison.second.name))
    guard comparison.pairCount > 0 else {
      let word =
        comparison.gaps.isEmpty ? style.good("NO MATCH FOUND") : style.doubtful("NO MATCH FOUND, NOT ALL COMPARED")
      return ["\(word): \(first) and \(second)"]
    }
    let pairs = "\(grouped(comparison.pairCount)) \(comparison.pairCount == 1 ? "pair" : "pairs")"
    return ["\(style.bad("MATCHES")): \(pairs) between \(first) and \(second)"]
  }

  private var sides: [String] {
    [("first", comparison.first), ("second", comparison.second)].flatMap { word, side -> [String] in
      let count = "\(grouped(side.outcomes.count)) images"
      var lines = ["  \(word.padded(to: 8)) \(printable(side.name)) (\(side.origin.rawValue)), \(count)"]
      if let pack = side.pack {
        lines.append("           SHA-256 \(pack.sha256)\(pack.uri.map { ", \(printable($0))" } ?? "")")
      }
      return lines
    }
  }

  private var tableLines: [String] {
    [style.bold("Images affected, and pairs of copies")] + ComparisonTable.lines(comparison, style)
      + ["  \(ComparisonTable.method(comparison))"]
  }

  private var matches: [Match] { comparison.found.flatMap(\.matches) }

  private var pairLines: [String] {
    let matches = matches
    guard !matches.isEmpty else { return [] }
    let closest = matches.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
    var table = TextTable([.left, .left, .left], wrapsLast: true, hasHeading: false)
    for match in closest.prefix(Self.shownPairCount).map(\.element) {
      let (a, b) = (comparison.place(of: match.first), comparison.place(of: match.second))
      table.add(
        [
          fixed(match.score, digits: 3),
          match.kind.rawValue + (match.orientation == .identity ? "" : ", \(match.orientation.name)"),
          "\(printable(a.split)): \(printable(a.path)) = \(printable(b.split)): \(printable(b.path))",
        ], [TextStyle.Paint(score: match.score)])
    }
    let rest = comparison.pairCount - min(Self.shownPairCount, matches.count)
    return [style.bold("Pairs")] + table.lines(style)
      + (rest > 0 ? ["  ... and \(grouped(rest)) more (--pairs FILE has those that are listed)"] : [])
  }

  private var gapLines: [String] {
    comparison.gaps.isEmpty ? [] : [style.bold("What was not compared")] + comparison.gaps.map { "  \($0)" }
  }

  private var commandLines: [String] {
    [style.bold("To reproduce, with splitseal \(context.toolVersion)"), "  \(context.command)"]
  }

  /// The document for programs.
  public var json: JSONValue {
    .object([
      "schema": .string("splitseal-comparison"),
      "schemaVersion": .string(Self.schemaVersion),
      "tool": .object(["name": .string("splitseal"), "version": .string(context.toolVersion)]),
      "a": Self.value(of: comparison.first),
      "b": Self.value(of: comparison.second),
      "method": .string(comparison.method),
      "threshold": .decimal(comparison.threshold),
      "splits": JSONReport.splitPairs(comparison),
      "pairs": .array(matches.map(value)),
      "gaps": .array(comparison.gaps.map { .string($0) }),
    ])
  }

  private static func value(of side: ComparisonSide) -> JSONValue {
    .object([
      "name": .string(side.name), "origin": .string(side.origin.rawValue),
      "images": .integer(side.outcomes.count), "unreadable": .integer(side.unreadableCount),
      "sha256": side.pack.map { .string($0.sha256.description) },
      "version": side.pack?.version.map { .string($0) }, "uri": side.pack?.uri.map { .string($0) },
    ])
  }

  private func value(of match: Match) -> JSONValue {
    func place(_ sample: Int) -> JSONValue {
      let place = comparison.place(of: sample)
      return .object(["split": .string(place.split), "path": .string(place.path)])
    }
    return .object([
      "a": place(match.first), "b": place(match.second), "kind": .string(match.kind.rawValue),
      "score": .decimal(fixed(match.score, digits: 4)), "orientation": .string(match.orientation.name),
    ])
  }

  /// The listed pairs as CSV: `split_a,path_a,split_b,path_b,kind,score,orientation`.
  ///
  /// Orientation is what turns the picture of `path_a` into that of `path_b`.
  /// - Source: RFC 4180, with lines that end in LF.
  public var pairs: String {
    var text = "split_a,path_a,split_b,path_b,kind,score,orientation\n"
    for match in matches {
      let (a, b) = (comparison.place(of: match.first), comparison.place(of: match.second))
      let cells = [
        a.split, a.path, b.split, b.path, match.kind.rawValue, fixed(match.score, digits: 4), match.orientation.name,
      ]
      text += cells.map { delimitedCell($0) }.joined(separator: ",") + "\n"
    }
    return text
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}
