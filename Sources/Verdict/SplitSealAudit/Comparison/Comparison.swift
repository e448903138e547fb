public import SplitSealBase
public import SplitSealFingerprint
public import SplitSealManifest
public import SplitSealMatch

/// A dataset as one side of a comparison.
public struct ComparisonSide: Sendable {
  /// Where its fingerprints come from.
  public enum Origin: String, Hashable, Sendable {
    /// The images themselves.
    case dataset
    /// What `hash` wrote.
    case shards
    /// What somebody published.
    case pack
  }

  /// What is known of a pack.
  public struct Pack: Hashable, Sendable {
    /// SHA-256 of the file.
    public let sha256: Digest256
    /// Version of its dataset.
    public let version: String?
    /// Where its dataset is found.
    public let uri: String?

    /// Describes a pack.
    public init(sha256: Digest256, version: String?, uri: String?) {
      self.sha256 = sha256
      self.version = version
      self.uri = uri
    }
  }

  /// What it is called: the name that a pack gives itself, else what stands on the command line.
  public let name: String
  /// Where its fingerprints come from.
  public let origin: Origin
  /// What is known of the pack; `nil` unless it is one.
  public let pack: Pack?
  /// Its samples.
  public let manifest: Manifest
  /// What became of each sample's file.
  public let outcomes: [FingerprintOutcome]

  /// Assembles a side.
  ///
  /// - Precondition: one outcome a sample.
  public init(
    name: String, origin: Origin, pack: Pack? = nil, manifest: Manifest, outcomes: [FingerprintOutcome]
  ) {
    precondition(manifest.samples.count == outcomes.count, "one outcome a sample")
    self.name = name
    self.origin = origin
    self.pack = pack
    self.manifest = manifest
    self.outcomes = outcomes
  }

  /// The side as a search takes it.
  public var searched: CrossSearch.Side {
    CrossSearch.Side(
      outcomes: outcomes.withoutContentOfNoImages, splitOf: manifest.samples.map(\.split),
      splitCount: manifest.splits.count,
      training: manifest.splits.firstIndex { $0.role == .training })
  }

  /// Samples of each split.
  public var counts: [Int] {
    var counts = Array(repeating: 0, count: manifest.splits.count)
    for sample in manifest.samples { counts[sample.split] += 1 }
    return counts
  }

  /// Samples whose image could not be decoded.
  public var unreadableCount: Int { outcomes.count { $0.fingerprint == nil } }
}

/// What two datasets have in common.
public struct Comparison: Sendable {
  /// One dataset.
  public let first: ComparisonSide
  /// The other one.
  public let second: ComparisonSide
  /// What each pair of splits has in common: the first dataset's first split with all of the second, and so on.
  public let found: [CrossSearch.Found]
  /// What counts as a match.
  public let options: MatchOptions

  /// Assembles a comparison.
  public init(first: ComparisonSide, second: ComparisonSide, found: [CrossSearch.Found], options: MatchOptions) {
    self.first = first
    self.second = second
    self.found = found
    self.options = options
  }

  /// Pairs of equal bytes, of equal pixels, and of near-duplicates, all splits together.
  public var totals: (bytes: Int, pixels: Int, near: Int) {
    found.reduce((0, 0, 0)) { ($0.0 + $1.counts.bytePairs, $0.1 + $1.counts.pixelPairs, $0.2 + $1.counts.nearPairs) }
  }

  /// All pairs.
  public var pairCount: Int { totals.bytes + totals.pixels + totals.near }

  /// How near-duplicates were decided on: `alignment`, `descriptor` or `pdq`.
  public var method: String {
    switch options.method {
    case .pdq: "pdq"
    case .alignment: options.comparesPixels ? "alignment" : "descriptor"
    }
  }

  /// From which score or cosine on they are reported, as a decimal text.
  public var threshold: String {
    fixed(method == "descriptor" ? options.leastCosineAlone : options.reportingThreshold, digits: 2)
  }

  /// Why finding nothing would be no answer, one sentence each.
  public var gaps: [String] {
    [first, second].flatMap { side -> [String] in
      let name = side.name.quoted
      if side.outcomes.isEmpty { return ["\(name) is empty"] }
      guard side.unreadableCount > 0 else { return [] }
      return [
        "\(grouped(side.unreadableCount)) of \(counted(side.outcomes.count, "image")) of \(name) could not be read"
      ]
    }
  }

  /// Where a sample is, by joint index: its split and its path.
  public func place(of sample: Int) -> (split: String, path: String) {
    let (side, index) =
      sample < first.outcomes.count ? (first, sample) : (second, sample - first.outcomes.count)
    let row = side.manifest.samples[index]
    return (side.manifest.splits[row.split].name, row.path)
  }
}
