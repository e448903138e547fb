public import SplitSealBase
public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
public import SplitSealManifest
internal import SplitSealMatch
public import SplitSealShard
internal import SplitSealStore

/// The whole audit: manifest, fingerprints, matches, rules.
///
/// Glue only: every algorithm is in the stage that owns it. An audit is ``hash(_:)``, then ``match(_:)``, then
/// ``audit(_:_:references:)``; between the first two the dataset may lie in shards, and machines.
public struct AuditPipeline: Sendable {
  let configuration: AuditConfiguration
  let progress: @Sendable (AuditProgress) -> Void
  let warn: @Sendable (String) -> Void

  /// Prepares an audit.
  ///
  /// - Parameters:
  ///   - configuration: What to audit, and how.
  ///   - progress: Called now and then, from any task, with how far the audit has come.
  ///   - warn: Called, from any task, with what goes wrong without changing the result: a store that cannot be used.
  public init(
    _ configuration: AuditConfiguration, progress: @escaping @Sendable (AuditProgress) -> Void = { _ in },
    warn: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.configuration = configuration
    self.progress = progress
    self.warn = warn
  }

  /// Runs all stages.
  ///
  /// - Throws: `ManifestError` when the inputs cannot be audited, `CancellationError` when the task is cancelled.
  ///   Images that cannot be read are findings.
  public func run() async throws -> AuditResult {
    let manifest = try readManifest()
    let claims = try readClaims(manifest)
    let packs = try readReferences()
    let store = openStore()
    let pictures = try DatasetPictures(manifest, configuration)
    // Pictures that are decoded for hashing are kept for matching, as far as there is room.
    let kept = PictureCache(pictures)
    let dataset = try await hash(manifest, store, kept)
    let matched = try await match(dataset, store, pictures, kept)
    return audit(matched, claims, references: try await compare(matched.dataset, with: packs))
  }

  /// Reads what is known of a model: before anything that takes long, so that a mistake shows at once.
  func readClaims(_ manifest: Manifest) throws(ManifestError) -> AccuracyClaims {
    var predictions: Predictions?
    if let path = configuration.predictionsPath {
      predictions = try Predictions.read(path, for: manifest, pathColumn: configuration.manifest.pathColumn)
    }
    return try AccuracyClaims(configuration.claims, predictions: predictions, in: manifest)
  }

  /// Reads the inputs and checks that no link among the images leaves the root.
  public func readManifest() throws(ManifestError) -> Manifest { try readManifest(part: .whole) }

  /// Reads the inputs and checks that no link among the images of a part leaves the root.
  func readManifest(part: HashingPart) throws(ManifestError) -> Manifest {
    report(.readingManifest, 0, 0)
    let manifest = try Manifest.read(configuration.inputs, options: configuration.manifest)
    try manifest.checkLinks(of: part.range(ofSampleCount: manifest.samples.count))
    return configuration.namesInputsFromRoot ? manifest.namingInputsFromRoot() : manifest
  }

  /// Fingerprints every sample.
  ///
  /// - Throws: `DatasetFileFault` when the root cannot be opened, `CancellationError` when the task is cancelled.
  public func hash(_ manifest: Manifest) async throws -> HashedDataset {
    try await hash(manifest, openStore(), nil)
  }

  func hash(
    _ manifest: Manifest, _ store: FingerprintStore?, _ kept: PictureCache?
  ) async throws -> HashedDataset {
    let all = manifest.samples.indices
    return try await withHasher(of: manifest, store, kept) { hasher in
      HashedDataset(manifest: manifest, outcomes: try await outcomes(of: all, within: all, manifest, hasher))
    }
  }

  /// Finds the matches between splits, and measures what would have been found when the configuration says so.
  ///
  /// The pixels of candidates are read from the files below the manifest's root.
  /// - Throws: `DatasetFileFault` when the root cannot be opened, `CancellationError` when the task is cancelled.
  public func match(_ dataset: HashedDataset) async throws -> MatchedDataset {
    let pictures = try DatasetPictures(dataset.manifest, configuration)
    return try await match(dataset, openStore(), pictures, PictureCache(pictures))
  }

  /// Finds the matches; where there are no pictures descriptors decide alone.
  func match(
    _ dataset: HashedDataset, _ store: FingerprintStore?, _ pictures: DatasetPictures?, _ kept: PictureCache
  ) async throws -> MatchedDataset {
    let matches = try await search(dataset, store, pictures, kept)
    return try await probe(dataset, matches, pictures)
  }

  /// Applies the rules.
  ///
  /// - Parameters:
  ///   - matched: What was found.
  ///   - claims: What is known of a model.
  ///   - references: What the dataset has in common with published packs.
  /// - Returns: The audit.
  public func audit(
    _ matched: MatchedDataset, _ claims: AccuracyClaims = AccuracyClaims(), references: [Comparison] = []
  ) -> AuditResult {
    report(.auditing, 0, 0)
    return Audit.run(
      AuditInput(
        manifest: matched.dataset.manifest, outcomes: matched.dataset.outcomes, matches: matched.matches,
        policy: configuration.policy, matchOptions: matched.options, power: matched.power,
        references: references, claims: claims,
        waivers: configuration.waivers, decisions: configuration.decisions, baseline: configuration.baseline))
  }

  /// Hashes the bytes of every sample's file, without decoding; `nil` for a file that cannot be read.
  public func contents(of manifest: Manifest) async throws -> [ContentDigest?] {
    try await forEachFile(of: manifest, scratch: {}) { _, _, file in
      (try? file.get()).map { ContentDigest(of: $0.bytes) }
    }
  }

  func search(_ dataset: HashedDataset, options: MatchOptions, _ kept: PictureCache) async throws -> MatchResult {
    report(.matching, 0, 0)
    let manifest = dataset.manifest
    let search = MatchSearch(
      outcomes: dataset.outcomes, splitOf: manifest.samples.map(\.split), splitCount: manifest.splits.count,
      options: options, pictures: kept, reference: manifest.splits.firstIndex { $0.role == .training })
    return try await search.run()
  }

  func report(_ phase: AuditProgress.Phase, _ completedCount: Int, _ totalCount: Int) {
    progress(AuditProgress(phase: phase, completedCount: completedCount, totalCount: totalCount))
  }
}
