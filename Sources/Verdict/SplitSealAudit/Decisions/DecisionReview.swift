internal import SplitSealRules
internal import SplitSealBase
public import SplitSealFingerprint
internal import SplitSealImage
public import SplitSealManifest
public import SplitSealMatch
public import SplitSealPolicy
public import SplitSealStatistics

/// What people said of pairs, held against the dataset as it is, and what comes of it.
public struct DecisionReview: Sendable {
  /// What was read.
  public let list: DecisionList
  /// Pairs that the search did not report and that are one picture, as matches; they count like the others.
  public let added: [Match]
  /// Pairs of which somebody said something that still holds.
  public let standing: [StandingDecision]
  /// Decisions about images that are not there or have other bytes than were looked at: they count for nothing.
  public let staleCount: Int
  private let differing: [String: Decision]
  private let places: [SamplePair: Int]

  /// Holds decisions against a dataset.
  ///
  /// - Parameters:
  ///   - list: The decisions.
  ///   - manifest: The samples.
  ///   - outcomes: What became of each sample's file, one a sample.
  ///   - matches: What the search found.
  public init(_ list: DecisionList, _ manifest: Manifest, _ outcomes: [FingerprintOutcome], _ matches: MatchResult) {
    self.list = list
    guard !list.decisions.isEmpty else {
      (added, standing, staleCount, differing, places) = ([], [], 0, [:], [:])
      return
    }
    let pairs = DecidedPairs(list, manifest, outcomes)
    let reported = Self.byPair(matches.matches)
    let below = Self.byPair(matches.belowThreshold)
    var standing: [StandingDecision] = []
    var added: [Match] = []
    var differing: [String: Decision] = [:]
    for decision in list.decisions {
      guard let judgement = decision.judgement, let pair = pairs[decision] else { continue }
      let match = reported[pair] ?? below[pair]
      let isReported = reported[pair] != nil
      // Of equal bytes or pixels there is nothing to decide.
      if isReported, match?.kind.isNear == false { continue }
      standing.append(
        StandingDecision(
          decision: decision, judgement: judgement, first: pair.first, second: pair.second, isReported: isReported))
      switch judgement {
      case .same where !isReported:
        added.append(
          Match(
            first: pair.first, second: pair.second, kind: .judged, score: match?.score ?? decision.score,
            orientation: match?.orientation ?? .identity, distance: nil, alignment: match?.alignment))
      case .different where isReported: differing[decision.finding] = decision
      default: break
      }
    }
    self.standing = standing
    self.added = added
    self.differing = differing
    places = Dictionary(
      standing.enumerated().map { (SamplePair(first: $1.first, second: $1.second), $0) }, uniquingKeysWith: { $1 })
    staleCount = list.decisions.count { pairs[$0] == nil }
  }

  private static func byPair(_ matches: [Match]) -> [SamplePair: Match] {
    Dictionary(matches.map { (SamplePair($0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What a decision makes of a finding that it says is none.
  func waiver(of finding: Finding) -> Waiver? {
    guard !differing.isEmpty, finding.rule == .nearDuplicate, let decision = differing[finding.id.description]
    else { return nil }
    return Waiver(
      finding: decision.finding, rule: finding.rule,
      reason: "two pictures, by eye" + (decision.reason.map { ": \($0)" } ?? ""), by: decision.by, date: decision.date,
      isDecision: true)
  }

  /// What was said of a pair of samples; `nil` for nothing.
  ///
  /// - Parameter match: The pair.
  /// - Returns: The decision that holds.
  public func decision(on match: Match) -> StandingDecision? {
    standing.isEmpty ? nil : places[SamplePair(match)].map { standing[$0] }
  }

  /// Whether somebody said that two samples show two pictures.
  ///
  /// - Parameters:
  ///   - first: Index of a sample.
  ///   - second: Index of another sample.
  /// - Returns: Whether a decision that holds says so.
  public func saysDifferent(_ first: Int, _ second: Int) -> Bool {
    !standing.isEmpty && places[SamplePair(first: first, second: second)].map { standing[$0].judgement } == .different
  }

  /// Pairs of a judgement.
  ///
  /// - Parameters:
  ///   - judgement: What was said.
  ///   - isReported: Only pairs at or above the reporting threshold, or only those below it; `nil` for all.
  /// - Returns: How many there are.
  public func count(_ judgement: Judgement, isReported: Bool? = nil) -> Int {
    standing.count { $0.judgement == judgement && (isReported == nil || $0.isReported == isReported) }
  }

  /// Of the pairs that were decided, the share that is one picture, with its 95 % interval.
  ///
  /// It speaks of the pairs that were looked at: of all of them only where these are a random sample.
  ///
  /// - Parameter isReported: Whether the pairs at or above the reporting threshold are meant, or those below it.
  /// - Returns: The counts with Wilson's interval; `nil` where nothing was decided.
  public func precision(isReported: Bool) -> (same: Int, decided: Int, interval: WilsonInterval)? {
    let same = count(.same, isReported: isReported)
    let decided = same + count(.different, isReported: isReported)
    guard decided > 0 else { return nil }
    return (same, decided, WilsonInterval(same, of: decided))
  }
}

/// A decision that holds for the dataset as it is.
public struct StandingDecision: Hashable, Sendable {
  /// What was said, by whom, when and why.
  public let decision: Decision
  /// What was said.
  public let judgement: Judgement
  /// Index of the sample that comes first in the manifest.
  public let first: Int
  /// Index of the other sample.
  public let second: Int
  /// Whether the detector reports the pair by itself.
  public let isReported: Bool
}
