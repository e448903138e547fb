internal import SplitSealBase
internal import SplitSealRules
internal import SplitSealManifest
public import SplitSealMatch
internal import SplitSealPolicy

/// The pairs of two splits that the detector cannot tell, without those that people have told and those that the policy
/// allows.
public struct PairsInDoubt: Sendable {
  /// What is in doubt between two splits.
  public struct Between: Hashable, Sendable {
    /// Index of the split that comes first.
    public let first: Int
    /// Index of the other split.
    public let second: Int
    /// Pairs in doubt, listed or not.
    public let pairCount: Int
    /// Samples of the first split with a pair in doubt in the second.
    public let countInFirst: Int
    /// Samples of the second split with a pair in doubt in the first.
    public let countInSecond: Int
  }

  /// The listed pairs, by (first, second).
  public let pairs: [Match]
  /// Every pair of splits, in the order of `MatchResult.counts`.
  public let between: [Between]
  /// For each split its samples that have a pair in doubt and no reported one that stands.
  public let sampleCounts: [Int]

  /// All pairs, listed or not.
  public var pairCount: Int { between.reduce(0) { $0 + $1.pairCount } }
  /// Samples of all splits that have a pair in doubt and no reported one that stands.
  public var sampleCount: Int { sampleCounts.reduce(0, +) }
  /// The listed pairs, the surest first.
  public var ranked: [Match] {
    pairs.sorted { ($1.score, $0.first, $0.second) < ($0.score, $1.first, $1.second) }
  }

  /// Takes the pairs in doubt out of a search.
  ///
  /// - Parameters:
  ///   - matches: What the search found, with the pairs that people say are one picture.
  ///   - manifest: The samples.
  ///   - options: Those of the search.
  ///   - policy: Between splits that may share pictures, and where near-duplicates are not looked for, nothing is in doubt.
  ///   - decisions: A pair that people say shows two pictures is in doubt no more.
  init(
    _ matches: MatchResult, _ manifest: Manifest, _ options: MatchOptions, _ policy: Policy, _ decisions: DecisionReview
  ) {
    let splitOf = manifest.samples.map(\.split)
    let isOff = policy.isOff(.nearDuplicate)
    let allowed = Set(policy.splitsThatMayShare(.nearDuplicate, in: manifest))
    let all = matches.belowThreshold.filter { match in
      let splits = [splitOf[match.first], splitOf[match.second]].sorted()
      return options.isInDoubt(match) && !isOff && splits[0] != splits[1] && !allowed.contains(splits)
    }
    let open = all.filter { !decisions.saysDifferent($0.first, $0.second) }
    var pairsOf: [[Int]: [Match]] = [:]
    var settledCountOf: [[Int]: Int] = [:]
    for match in open { pairsOf[[splitOf[match.first], splitOf[match.second]].sorted(), default: []].append(match) }
    for match in all where decisions.saysDifferent(match.first, match.second) {
      settledCountOf[[splitOf[match.first], splitOf[match.second]].sorted(), default: 0] += 1
    }
    pairs = open
    between = matches.counts.map { count in
      let splits = [count.first, count.second]
      let ours = pairsOf[splits] ?? []
      let samples = Set(ours.flatMap { [$0.first, $0.second] })
      let isOpen = !isOff && !allowed.contains(splits)
      return Between(
        first: count.first, second: count.second,
        pairCount: isOpen ? max(ours.count, count.doubtfulPairs - (settledCountOf[splits] ?? 0)) : 0,
        countInFirst: samples.count { splitOf[$0] == count.first },
        countInSecond: samples.count { splitOf[$0] == count.second })
    }
    let reported = matches.matches.filter { !decisions.saysDifferent($0.first, $0.second) }
    sampleCounts = MatchResult.doubtfulSamples(open, reported: reported, splitOf: splitOf)
      .reduce(into: manifest.splits.map { _ in 0 }) { $0[splitOf[$1]] += 1 }
  }
}

extension Policy {
  /// Whether the policy switches a rule off.
  func isOff(_ rule: RuleID) -> Bool { severities.contains { $0.rule == rule && $0.severity == nil } }

  /// The pairs of splits, ascending each, that may share what a rule finds.
  func splitsThatMayShare(_ rule: RuleID, in manifest: Manifest) -> [[Int]] {
    allowedOverlaps.filter { $0.rules.isEmpty || $0.rules.contains(rule) }.compactMap { overlap in
      let indices = [overlap.first, overlap.second].compactMap { name in
        manifest.splits.firstIndex { $0.name.hasSameBytes(as: name) }
      }
      return indices.count == 2 ? indices.sorted() : nil
    }
  }
}

extension AuditInput {
  /// Scores of pairs in doubt, for a sentence: `0.15 to below 0.50`.
  package var doubtfulScores: String {
    "\(scoreText(matchOptions.leastDoubtfulScore)) to below \(scoreText(matchOptions.reportingThreshold))"
  }
}
