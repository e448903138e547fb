public import SplitSealAudit
public import SplitSealImage
public import SplitSealManifest
public import SplitSealMatch
public import SplitSealPolicy
public import SplitSealProbe

/// What to audit, and how.
public struct AuditConfiguration: Sendable {
  /// Manifests, folders and `SPLIT=PATH`, in the order given.
  public var inputs: [String]
  /// How the inputs are read.
  public var manifest = ManifestOptions()
  /// What an image may cost.
  public var limits = ImageLimits()
  /// Whether every fingerprint holds the PDQ hashes; where the search compares by them they do in any case.
  public var includesPDQ = false
  /// What counts as a match.
  public var match = MatchOptions()
  /// How the detector is measured on edited copies of the dataset's own images; `nil` when it is not.
  public var probe: ProbeOptions?
  /// Severities and thresholds.
  public var policy = Policy()
  /// Accuracies that were reported of a model.
  public var claims: [AccuracyClaim] = []
  /// The file of what a model predicted; `nil` where there is none.
  public var predictionsPath: String?
  /// Packs that every split is compared with.
  public var references: [String] = []
  /// Where the policy's values come from.
  public var policySources = PolicySources()
  /// Findings that somebody has accepted.
  public var waivers = WaiverList.none
  /// What people said of pairs.
  public var decisions = DecisionList.none
  /// What an earlier report knew; `nil` when there is none to compare with.
  public var baseline: Baseline?
  /// Images in work at once, 1 or more.
  ///
  /// Changes how long an audit takes and nothing else.
  public var workerCount = 1
  /// The file that remembers fingerprints and results; `nil` to remember nothing.
  public var storePath: String?
  /// Whether a file with the stamp that is remembered need not be read again.
  ///
  /// What is signed must have been read.
  public var trustsStamps = true
  /// Whether a link among the images is allowed.
  ///
  /// Links that leave the root never are.
  public var allowsLinks = true
  /// Whether inputs are named from the root in what is found, and not as they were given.
  ///
  /// What is signed must be the same wherever the dataset lies.
  public var namesInputsFromRoot = false

  /// Audits `inputs` with the defaults.
  public init(inputs: [String]) { self.inputs = inputs }
}

/// How far an audit has come.
public struct AuditProgress: Hashable, Sendable {
  /// What is being done.
  public enum Phase: String, Hashable, Sendable {
    case readingManifest = "reading the manifest"
    case readingShards = "reading the shards"
    case hashing = "hashing"
    case lookingAtFiles = "looking at the files"
    case matching = "matching"
    case comparing = "comparing"
    case probing = "probing"
    case auditing = "auditing"
  }

  /// What is being done.
  public let phase: Phase
  /// Samples done in this phase.
  public let completedCount: Int
  /// Samples to do in this phase; 0 when not known.
  public let totalCount: Int
}
