internal import SplitSealAudit
internal import SplitSealMatch

/// The near-duplicates between splits, counted by score.
struct ScoreBins {
  /// Scores from `low` on and below `high`; the last has `high` too.
  struct Bin {
    let low: Double
    let high: Double
    /// Whether its pairs are reported.
    let isReported: Bool
    /// Pairs by kind, in the order of ``ScoreBins/kinds``.
    var counts: [Int]
  }

  /// The kinds of which there are pairs.
  let kinds: [MatchKind]
  /// The bins, ascending; none is empty of scores, most may be empty of pairs.
  let bins: [Bin]

  /// Counts pairs.
  ///
  /// A bin that the threshold lies in is parted there. Scores of PDQ are of whole bits: a bin has two of them, so that bins
  /// are of equal weight.
  ///
  /// - Parameters:
  ///   - matches: Near-duplicates.
  ///   - options: The thresholds of the search.
  init(_ matches: [Match], _ options: MatchOptions) {
    let kinds = MatchKind.allCases.filter { kind in kind.isNear && matches.contains { $0.kind == kind } }
    // Scores have four digits: counted in their last one, bins are exact.
    func units(_ score: Double) -> Int { Int((score * 10_000).rounded()) }
    let threshold = units(options.reportingThreshold)
    let least = min(units(options.listingThreshold), threshold)
    let edges: [Int]
    if options.method == .pdq {
      let all = (0...32).map { units(max(0, 1 - Double(2 * $0 - 1) / 62)) }.reversed().map { min($0, 10_000) }
      edges = all.suffix(from: all.lastIndex { $0 <= least } ?? 0).map(\.self)
    } else {
      let step = least < 5_000 ? 500 : 250
      edges = Array(stride(from: min(least, 9_999) / step * step, through: 10_000, by: step))
    }
    let parted = Array(Set(edges + [threshold])).sorted().filter { $0 >= edges[0] }
    var bins = zip(parted, parted.dropFirst()).map { low, high in
      Bin(
        low: Double(low) / 10_000, high: Double(high) / 10_000, isReported: low >= threshold,
        counts: Array(repeating: 0, count: kinds.count))
    }
    for match in matches {
      guard let kind = kinds.firstIndex(of: match.kind) else { continue }
      let score = units(match.score)
      let index = min(max(0, (parted.lastIndex { $0 <= score } ?? 0)), bins.count - 1)
      bins[index].counts[kind] += 1
    }
    self.bins = bins
    self.kinds = kinds
  }

  /// The most pairs of one kind in a bin.
  var highest: Int { bins.flatMap(\.counts).max() ?? 0 }
}
