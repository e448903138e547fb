internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch

extension TextReport {
  /// Pairs shown with the reasons of each, where everything is asked for.
  static let explainedPairCount = 100
  /// Cells that each of two places must have to stand beside the other.
  private static let leastPlaceWidth = 30

  /// Whether everything is asked for.
  var isVerbose: Bool { context.showsPolicy }

  /// A pair as it is shown.
  struct ShownPair {
    let match: Match
    let finding: Finding
    let evaluated: Int
    let other: Int
  }

  /// The pairs, the most alike first, without those that the baseline knows or the policy allows.
  var pairLines: [String] {
    let matches = result.input.matches.matches
    guard !matches.isEmpty else { return [] }
    let pairs = reportedPairs
    guard !pairs.isEmpty else { return [] }
    let ranked = pairs.sorted {
      ($1.match.score, $0.match.first, $0.match.second) < ($0.match.score, $1.match.first, $1.match.second)
    }
    let limit = Self.explainedPairCount
    let shown = ranked.prefix(limit).map { shownPair($0.match, $0.finding) }
    let unlisted = result.input.matches.unlistedCount
    let all = pairs.count + unlisted
    let heading =
      all > limit
      ? "Closest \(min(limit, pairs.count)) of \(grouped(all)) pairs (--pairs FILE.csv lists them)"
      : "Pairs"
    return [style.bold(heading)] + lines(of: shown)
      + (unlisted == 0 ? [] : ["  counted and not listed, too many for one image: \(counted(unlisted, "pair"))"])
  }

  /// A pair, the image of the evaluated split first.
  func shownPair(_ match: Match, _ finding: Finding) -> ShownPair {
    let (evaluated, other) = SplitPairOrder.evaluatedFirst(match, in: manifest)
    return ShownPair(match: match, finding: finding, evaluated: evaluated, other: other)
  }

  /// A row a pair where there is room, else its two places below each other; then what is said and shown of it.
  func lines(of pairs: [ShownPair]) -> [String] {
    var table = TextTable([.left, .left, .left, .left, .left], names: [2, 3], hasHeading: false)
    for pair in pairs {
      table.add(
        [
          fixed(pair.match.score, digits: 3), how(pair.match, pair.evaluated), place(pair.evaluated),
          "= " + place(pair.other), shortID(pair.finding),
        ], [TextStyle.Paint(score: pair.match.score), nil, nil, nil, .faint])
    }
    let widths = table.naturalWidths
    let besides = widths[0] + widths[1] + widths[4] + 10
    let isStacked =
      style.width.map { width in
        widths.reduce(10, +) > width && width - besides < 2 * Self.leastPlaceWidth
      } ?? false
    let rows = isStacked ? pairs.map(stacked) : table.lines(style).map { [$0] }
    return zip(pairs, rows).flatMap { pair, row in
      row + (isVerbose ? evidence(of: pair.match, pair.finding, [pair.evaluated, pair.other]) : [])
        + (picture(pair.evaluated, pair.other).map { [$0] } ?? [])
    }
  }

  private func stacked(_ pair: ShownPair) -> [String] {
    let score = style.painted(fixed(pair.match.score, digits: 3), TextStyle.Paint(score: pair.match.score))
    let width = style.width.map { $0 - 11 } ?? .max
    return [
      "  \(score)  \(how(pair.match, pair.evaluated))  \(style.painted(shortID(pair.finding), .faint))",
      "           \(shortened(place(pair.evaluated), to: width))",
      "         = \(shortened(place(pair.other), to: width))",
    ]
  }
}
