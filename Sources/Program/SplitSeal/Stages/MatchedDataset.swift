public import SplitSealMatch
public import SplitSealProbe
public import SplitSealShard

/// What matching makes of a hashed dataset, and what the audit takes.
public struct MatchedDataset: Sendable {
  /// What was matched.
  public let dataset: HashedDataset
  /// What was found.
  public let matches: MatchResult
  /// With which thresholds: the probe may have raised that of the configuration.
  public let options: MatchOptions
  /// What would have been found; `nil` when it was not measured.
  public let power: DetectionPower?

  /// Assembles the dataset.
  public init(dataset: HashedDataset, matches: MatchResult, options: MatchOptions, power: DetectionPower? = nil) {
    self.dataset = dataset
    self.matches = matches
    self.options = options
    self.power = power
  }
}
