extension MatchResult {
  /// The result with pairs that the search did not report and that a person says are one picture.
  ///
  /// They count like the others. Pairs within a split, and those that are reported already, are left out.
  ///
  /// - Parameters:
  ///   - judged: The pairs, of the kind `judged`, each once.
  ///   - splitOf: The split of each sample.
  ///   - options: Those of the search: they say which pairs were in doubt.
  /// - Returns: The result with them, in the order of the lists.
  /// - Complexity: O(*n* + *m* log *m*) for *n* samples and *m* matches.
  public func adding(
    judged: [Match], splitOf: [Int], options: MatchOptions = MatchOptions()
  ) -> MatchResult {
    let reported = Set(matches.map(Pair.init))
    let added = judged.filter { splitOf[$0.first] != splitOf[$0.second] && !reported.contains(Pair($0)) }
    guard !added.isEmpty else { return self }
    let addedPairs = Set(added.map(Pair.init))
    let all = (matches + added).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    // Every affected sample lists its best partner in each split that it has one in: the lists tell who is affected.
    let before = Set(matches.flatMap { Reach.both(of: $0, splitOf) })
    let after = Set(added.flatMap { Reach.both(of: $0, splitOf) }).subtracting(before)
    let settled = belowThreshold.filter { options.isInDoubt($0) && addedPairs.contains(Pair($0)) }
    let below = belowThreshold.filter { !addedPairs.contains(Pair($0)) }
    return MatchResult(
      matches: all, belowThreshold: below, withinSplit: withinSplit,
      counts: counts.map { count in
        var count = count
        count.doubtfulPairs -= settled.count { match in
          let splits = [splitOf[match.first], splitOf[match.second]]
          return splits.min() == count.first && splits.max() == count.second
        }
        count.nearPairs += added.count { match in
          let splits = [splitOf[match.first], splitOf[match.second]]
          return splits.min() == count.first && splits.max() == count.second
        }
        count.affectedInFirst += after.count { splitOf[$0.sample] == count.first && $0.split == count.second }
        count.affectedInSecond += after.count { splitOf[$0.sample] == count.second && $0.split == count.first }
        return count
      }, unlistedCount: unlistedCount, tooPlainCounts: tooPlainCounts,
      alikeness: alikeness, depth: depth, cutShortCount: cutShortCount)
  }

  /// The samples with a pair in doubt and no reported one, ascending.
  ///
  /// The lists tell: every sample lists its best partner in each split that it has one in.
  /// - Parameters:
  ///   - doubtful: The pairs in doubt, of two splits each.
  ///   - reported: The reported pairs, of two splits each.
  ///   - splitOf: The split of each sample.
  /// - Returns: Indices of samples.
  /// - Complexity: O(*n* + *m*) for *n* samples and *m* pairs.
  public static func doubtfulSamples(_ doubtful: [Match], reported: [Match], splitOf: [Int]) -> [Int] {
    var isDoubtful = Array(repeating: false, count: splitOf.count)
    for match in doubtful { (isDoubtful[match.first], isDoubtful[match.second]) = (true, true) }
    for match in reported { (isDoubtful[match.first], isDoubtful[match.second]) = (false, false) }
    return isDoubtful.indices.filter { isDoubtful[$0] }
  }
}

/// The samples of a match.
private struct Pair: Hashable {
  let first: Int
  let second: Int

  init(_ match: Match) { (first, second) = (match.first, match.second) }
}

/// A sample with a partner in another split.
private struct Reach: Hashable {
  let sample: Int
  let split: Int

  static func both(of match: Match, _ splitOf: [Int]) -> [Reach] {
    [
      Reach(sample: match.first, split: splitOf[match.second]),
      Reach(sample: match.second, split: splitOf[match.first]),
    ]
  }
}
