internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch
public import SplitSealRepair
internal import SplitSealShard

/// New splits of a dataset that had none.
public struct SplitOutcome: Sendable {
  /// Where each sample goes.
  public let assignment: SplitAssignment
  /// The manifest to write.
  public let files: [RepairedFile]
  /// The root that the paths in it start from.
  public let root: String
  /// The reporting threshold in force.
  public let threshold: Double
  /// Images that could not be read: of these only bytes, paths and groups were compared.
  public let unreadableCount: Int
  /// Pairs of images that match and are in two splits; 0 unless the search was given up.
  public let remainingCount: Int
  /// Times that the dataset was searched.
  public let searchCount: Int
}

extension AuditPipeline {
  /// Name that an input without splits is read under.
  public static let unsplitName = "all"

  /// Puts the images of a dataset without splits into splits.
  ///
  /// Within one split the search compares whole pictures, upright and mirrored; between two it compares crops and turns as
  /// well. So the images are put into splits by what the first search finds, and what is in two splits is searched as
  /// `scan` does, until nothing is found: nothing that a scan of the new splits finds is left, while two crops of one
  /// picture that are in one split by chance may not be known.
  ///
  /// - Parameters:
  ///   - shares: The new splits.
  ///   - seed: Decides which images of a class go where.
  ///   - tolerance: How far the share of a class, or of a split, may be off, 0...1.
  /// - Returns: The assignment, and the manifests to write: nothing is written here.
  /// - Throws: `ManifestError` when the inputs cannot be read, `DatasetFileFault` when the root cannot be opened,
  ///   `CancellationError` when the task is cancelled.
  /// - Precondition: The configuration's inputs are of one split, ``unsplitName``.
  public func split(into shares: [SplitShare], seed: UInt64, tolerance: Double) async throws -> SplitOutcome {
    let manifest = try readManifest()
    let edition = try ManifestEdition(
      of: manifest, inputs: configuration.inputs, options: configuration.manifest, addsSplits: true)
    let dataset = try await hash(manifest)
    let matched = try await match(dataset)
    let searching = searchingAgain(from: matched.options.reportingThreshold)
    var assignment = SplitAssignment(
      manifest, outcomes: dataset.outcomes, likenesses: matched.matches.withinSplit.map { Likeness($0) },
      shares: shares, seed: seed, tolerance: tolerance)
    var searchCount = 1
    while true {
      let order = Array(manifest.samples.indices)
      let left = dataset.rearranged(order, splitOf: assignment.splitOf, splits: shares.map(\.split))
      let found = try await searching.match(left).matches.matches.map { Likeness($0) }
      searchCount += 1
      guard found.isEmpty || searchCount >= Self.mostSearches else {
        assignment.join(found)
        continue
      }
      let names = assignment.splitOf.map { shares[$0].split.name }
      return SplitOutcome(
        assignment: assignment, files: try edition.files(names).map(RepairedFile.init), root: manifest.root,
        threshold: matched.options.reportingThreshold,
        unreadableCount: dataset.outcomes.count { $0.fingerprint == nil }, remainingCount: found.count,
        searchCount: searchCount)
    }
  }
}
