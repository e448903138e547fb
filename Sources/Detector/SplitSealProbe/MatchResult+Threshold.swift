public import SplitSealMatch

extension MatchResult {
  /// The same search with a higher reporting threshold, cut from its lists.
  ///
  /// - Parameters:
  ///   - threshold: The new threshold, not below that of the search.
  ///   - splitOf: The split of each sample.
  ///   - options: Those of the search: they say which pairs are in doubt.
  /// - Returns: What the search would have given; `nil` when some pairs were counted and not listed, and only another
  ///   search can tell on which side of the threshold they are.
  public func reported(
    from threshold: Double, splitOf: [Int], options: MatchOptions = MatchOptions()
  ) -> MatchResult? {
    guard unlistedCount == 0 else { return nil }
    var options = options
    options.reportingThreshold = threshold
    func isReported(_ match: Match) -> Bool { !match.kind.isNear || match.score >= threshold }
    let kept = matches.filter(isReported)
    let lowered = (belowThreshold + matches.filter { !isReported($0) })
      .sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    var pairsBySplits: [[Int]: [Match]] = [:]
    for match in kept {
      pairsBySplits[[splitOf[match.first], splitOf[match.second]].sorted(), default: []].append(match)
    }
    let recounted = counts.map { count in
      let pairs = pairsBySplits[[count.first, count.second]] ?? []
      let samples = Set(pairs.flatMap { [$0.first, $0.second] })
      return SplitPairCount(
        first: count.first, second: count.second, bytePairs: count.bytePairs, pixelPairs: count.pixelPairs,
        nearPairs: pairs.count { $0.kind.isNear }, affectedInFirst: samples.count { splitOf[$0] == count.first },
        affectedInSecond: samples.count { splitOf[$0] == count.second },
        // What was reported and is no more is in doubt.
        doubtfulPairs: count.doubtfulPairs + count.nearPairs - pairs.count { $0.kind.isNear })
    }
    return MatchResult(
      matches: kept, belowThreshold: lowered, withinSplit: withinSplit.filter(isReported), counts: recounted,
      unlistedCount: 0, tooPlainCounts: tooPlainCounts,
      alikeness: alikeness, depth: depth, cutShortCount: cutShortCount)
  }
}
