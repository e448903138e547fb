public import SplitSealRules
public import SplitSealFingerprint
public import SplitSealImage
public import SplitSealManifest
public import SplitSealMatch
public import SplitSealPolicy
public import SplitSealProbe

/// Everything the rules look at.
public struct AuditInput: Sendable {
  /// The samples.
  public let manifest: Manifest
  /// What became of each sample's file: same count and order as the manifest's samples.
  public let outcomes: [FingerprintOutcome]
  /// What the search found.
  public let matches: MatchResult
  /// Severities and thresholds.
  public let policy: Policy
  /// With which thresholds the search ran: messages name them.
  public let matchOptions: MatchOptions
  /// What the detector would have found; `nil` when it was not probed.
  public let power: DetectionPower?
  /// What the dataset has in common with packs that others published, in the order of their names.
  public let references: [Comparison]
  /// What is known of a model that was trained and tested on the dataset.
  public let claims: AccuracyClaims
  /// Findings that somebody has accepted.
  public let waivers: WaiverList
  /// What people said of pairs, and what comes of it.
  public let decisions: DecisionReview
  /// What an earlier report knew; `nil` when there is none to compare with.
  public let baseline: Baseline?
  /// The pairs of two splits that the detector cannot tell.
  public let doubt: PairsInDoubt
  /// The samples that show one picture, within splits and across; the largest cluster first.
  public let clusters: [PictureCluster]
  /// The paths that stand in several rows.
  let paths: RepeatedPaths
  /// What the labels are taken for.
  let reading: LabelReading

  /// Assembles the input, adds the pairs that people say are one picture, and sorts the matches into clusters.
  ///
  /// - Precondition: one outcome a sample.
  public init(
    manifest: Manifest, outcomes: [FingerprintOutcome], matches: MatchResult, policy: Policy,
    matchOptions: MatchOptions = MatchOptions(), power: DetectionPower? = nil, references: [Comparison] = [],
    claims: AccuracyClaims = AccuracyClaims(), waivers: WaiverList = .none, decisions: DecisionList = .none,
    baseline: Baseline? = nil
  ) {
    precondition(manifest.samples.count == outcomes.count, "one outcome a sample")
    self.manifest = manifest
    self.outcomes = outcomes
    self.decisions = DecisionReview(decisions, manifest, outcomes, matches)
    let matches = matches.adding(
      judged: self.decisions.added, splitOf: manifest.samples.map(\.split), options: matchOptions)
    self.matches = matches
    self.policy = policy
    self.matchOptions = matchOptions
    self.power = power
    self.references = references
    self.claims = claims
    self.waivers = waivers
    self.baseline = baseline
    doubt = PairsInDoubt(matches, manifest, matchOptions, policy, self.decisions)
    clusters = PictureCluster.clusters(
      of: matches.matches + matches.withinSplit, splitOf: manifest.samples.map(\.split))
    paths = RepeatedPaths(manifest.samples)
    reading = LabelReading(manifest, paths, policy.classes)
  }
}

extension AuditInput {
  /// What a match is worth on these pictures.
  ///
  /// - Complexity: O(*n* + *m*) for *n* samples and *m* listed matches.
  public var alikeness: DatasetAlikeness { DatasetAlikeness(self) }

  /// The samples whose files are damaged where it does not matter, with what is wrong, in manifest order.
  ///
  /// - Complexity: O(*n*) for *n* samples.
  public var repaired: [(sample: Int, repairs: ImageRepairs)] {
    outcomes.indices.compactMap { sample in
      guard let repairs = outcomes[sample].fingerprint?.repairs, !repairs.isEmpty else { return nil }
      return (sample, repairs)
    }
  }
}

/// A check of the splits.
public protocol Rule: Sendable {
  /// The rule's name.
  var id: RuleID { get }
  /// Looks at the input and reports.
  func evaluate(_ input: AuditInput) -> RuleOutcome
}

/// What a rule has to say.
public struct RuleOutcome: Hashable, Sendable {
  /// What it found, in manifest order.
  public var findings: [Finding] = []
  /// What it checked and found in order, one sentence each: "0 of 1,204 paths are named twice".
  public var passedChecks: [String] = []
  /// Sentences of ``passedChecks`` that people read in other words, because a number in them means nothing: what they read for each.
  public var rewordings: [String: String] = [:]
  /// What could not be told although the policy asks for it, one sentence each: keeps the verdict from being a pass.
  public var inconclusive: [String] = []
  /// What it did not look at and why, one sentence each; does not touch the verdict.
  public var skippedChecks: [String] = []

  /// An empty outcome.
  public init() {}
}
