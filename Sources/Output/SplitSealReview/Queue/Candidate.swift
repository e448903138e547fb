internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealReport

/// A pair of images of two splits that may show one picture, for a person to look at.
struct Candidate: Hashable, Sendable {
  /// Its place among the candidates, which is its name in the page's requests.
  let index: Int
  /// What the search found.
  let match: Match
  /// The identity of its finding: 64 lower-case hexadecimal digits.
  let finding: String
  /// The sample of the split that is evaluated on: the one on the left.
  let evaluated: Int
  /// The sample of the other split.
  let other: Int
  /// Index of the pair of splits in ``CandidateList/splitPairs``.
  let splitPair: Int
  /// Whether it scores the reporting threshold or more: whether it is a finding.
  let isReported: Bool
  /// Whether the detector cannot tell: below the threshold, and too near to be passed over.
  let isInDoubt: Bool
  /// Whether the two images have labels, and others.
  let hasTwoLabels: Bool
}

/// The pairs that may be looked at, and what was left out.
struct CandidateList: Sendable {
  /// Two splits, the evaluated one first.
  struct SplitPair: Hashable, Sendable {
    let evaluated: Int
    let other: Int
  }

  /// The candidates, by the manifest's order of their samples.
  let candidates: [Candidate]
  /// The pairs of splits that have candidates, by the manifest's order of their splits.
  let splitPairs: [SplitPair]
  /// Pairs of equal bytes or pixels across splits: they need no eyes.
  let equalPairCount: Int
  /// Near-duplicates that were found and are not listed, because one image has too many.
  let unlistedCount: Int

  /// Takes the near matches across splits.
  ///
  /// - Parameters:
  ///   - input: What was audited.
  ///   - leastScore: Matches that score less are left out, 0...1.
  init(_ input: AuditInput, leastScore: Double) {
    let manifest = input.manifest
    let near = (input.matches.matches + input.matches.belowThreshold)
      .filter { $0.kind.isNear && $0.score >= leastScore }
      // A decision names the bytes that were looked at.
      .filter { input.outcomes[$0.first].content != nil && input.outcomes[$0.second].content != nil }
      .sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    var known: Set<String> = []
    var pairs: [SplitPair] = []
    var drafts: [(match: Match, finding: String, evaluated: Int, other: Int, pair: SplitPair)] = []
    for match in near {
      // A path that stands twice in a split is one finding.
      let finding = input.findingIdentity(of: match).description
      guard known.insert(finding).inserted else { continue }
      let (evaluated, other) = SplitPairOrder.evaluatedFirst(match, in: manifest)
      let pair = SplitPair(evaluated: manifest.samples[evaluated].split, other: manifest.samples[other].split)
      if !pairs.contains(pair) { pairs.append(pair) }
      drafts.append((match, finding, evaluated, other, pair))
    }
    pairs.sort { ($0.evaluated, $0.other) < ($1.evaluated, $1.other) }
    let threshold = input.matchOptions.reportingThreshold
    candidates = drafts.enumerated().map { index, draft in
      let labels = (manifest.samples[draft.evaluated].label, manifest.samples[draft.other].label)
      return Candidate(
        index: index, match: draft.match, finding: draft.finding, evaluated: draft.evaluated, other: draft.other,
        splitPair: pairs.firstIndex(of: draft.pair) ?? 0, isReported: draft.match.score >= threshold,
        isInDoubt: input.matchOptions.isInDoubt(draft.match),
        hasTwoLabels: labels.0 != nil && labels.1 != nil && labels.0 != labels.1)
    }
    splitPairs = pairs
    equalPairCount = input.matches.counts.reduce(0) { $0 + $1.bytePairs + $1.pixelPairs }
    unlistedCount = input.matches.unlistedCount
  }
}
