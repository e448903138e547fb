public import SplitSealAudit
public import SplitSealFingerprint
internal import SplitSealImage
public import SplitSealManifest
public import SplitSealMatch

/// The whole audit: manifest, fingerprints, matches, rules.
///
/// Glue only: every algorithm is in the stage that owns it.
public struct AuditPipeline: Sendable {
  let configuration: AuditConfiguration
  private let progress: @Sendable (AuditProgress) -> Void
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
    let store = openStore()
    let pictures = PictureCache(try self.pictures(of: manifest))
    let outcomes = try await fingerprint(manifest, store, pictures)
    let probed = try await probe(manifest, outcomes, try await match(manifest, outcomes, store, pictures))
    var matchOptions = configuration.match
    matchOptions.reportingThreshold = probed.threshold
    report(.auditing, 0, 0)
    return Audit.run(
      AuditInput(
        manifest: manifest, outcomes: outcomes, matches: probed.matches, policy: configuration.policy,
        matchOptions: matchOptions, power: probed.power))
  }

  /// Reads the inputs and checks that no link among the images leaves the root.
  public func readManifest() throws(ManifestError) -> Manifest {
    report(.readingManifest, 0, 0)
    let manifest = try Manifest.read(configuration.inputs, options: configuration.manifest)
    try manifest.checkLinks()
    return manifest
  }

  /// Fingerprints every sample: one outcome each, in manifest order.
  public func fingerprint(_ manifest: Manifest) async throws -> [FingerprintOutcome] {
    let store = openStore()
    return try await fingerprint(manifest, store, nil)
  }

  /// Hashes the bytes of every sample's file, without decoding; `nil` for a file that cannot be read.
  public func contents(of manifest: Manifest) async throws -> [ContentDigest?] {
    try await forEachFile(of: manifest, scratch: {}) { _, _, file in
      (try? file.get()).map { ContentDigest(of: $0.bytes) }
    }
  }

  /// Finds the matches between splits.
  public func match(_ manifest: Manifest, _ outcomes: [FingerprintOutcome]) async throws -> MatchResult {
    try await match(manifest, outcomes, options: searchOptions, PictureCache(try pictures(of: manifest)))
  }

  func match(
    _ manifest: Manifest, _ outcomes: [FingerprintOutcome], options: MatchOptions, _ pictures: PictureCache
  ) async throws -> MatchResult {
    report(.matching, 0, 0)
    let search = MatchSearch(
      outcomes: outcomes, splitOf: manifest.samples.map(\.split), splitCount: manifest.splits.count, options: options,
      pictures: pictures, reference: manifest.splits.firstIndex { $0.role == .training })
    return try await search.run()
  }

  func report(_ phase: AuditProgress.Phase, _ completedCount: Int, _ totalCount: Int) {
    progress(AuditProgress(phase: phase, completedCount: completedCount, totalCount: totalCount))
  }
}
