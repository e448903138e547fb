public import SplitSealFingerprint
public import SplitSealManifest

/// What hashing makes of a dataset, what shards hold, and what matching takes: the samples and what became of their files.
public struct HashedDataset: Sendable {
  /// The samples.
  public let manifest: Manifest
  /// One a sample, in manifest order.
  public let outcomes: [FingerprintOutcome]

  /// Joins the two.
  ///
  /// - Precondition: one outcome a sample.
  public init(manifest: Manifest, outcomes: [FingerprintOutcome]) {
    precondition(manifest.samples.count == outcomes.count, "one outcome a sample")
    self.manifest = manifest
    self.outcomes = outcomes
  }

  /// The same samples below another root.
  public func rooted(at root: String) -> HashedDataset {
    HashedDataset(manifest: manifest.rooted(at: root), outcomes: outcomes)
  }

  /// The same samples, some of which have other outcomes.
  ///
  /// - Parameter changes: New outcomes by index of the sample.
  /// - Returns: The dataset with these.
  public func replacing(_ changes: [Int: FingerprintOutcome]) -> HashedDataset {
    guard !changes.isEmpty else { return self }
    var outcomes = outcomes
    for (sample, outcome) in changes { outcomes[sample] = outcome }
    return HashedDataset(manifest: manifest, outcomes: outcomes)
  }
}
