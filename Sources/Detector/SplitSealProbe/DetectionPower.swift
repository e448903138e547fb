/// What the detector would have found: measured on edited copies of the dataset's own images.
public struct DetectionPower: Hashable, Sendable {
  /// The recall of one edit.
  public struct Edit: Hashable, Sendable {
    /// The edit's stable name: `jpeg85`, `crop80`, `mirror`, ...
    public let name: String
    /// Edited copies that were matched with the image they were made of.
    public let foundCount: Int
    /// Edited copies that were made.
    public let madeCount: Int

    /// Makes a recall.
    public init(name: String, foundCount: Int, madeCount: Int) {
      self.name = name
      self.foundCount = foundCount
      self.madeCount = madeCount
    }

    /// Found over made, 0...1; 0 when none was made.
    public var recall: Double { madeCount == 0 ? 0 : Double(foundCount) / Double(madeCount) }

    /// The recall in whole percent, rounded down: 100 only where nothing is missing.
    public var percentFound: Int { madeCount == 0 ? 0 : foundCount * 100 / madeCount }
  }

  /// Below so many scores nothing is estimated.
  public static let leastEstimableCount = 10

  /// Seed that chose the images.
  public let seed: UInt32
  /// Images that were edited.
  public let imageCount: Int
  /// The score from which a pair is reported, 0...1: the threshold in force.
  public let threshold: Double
  /// One recall for each edit that was tried, in the order of the list of edits; empty when no image shows enough.
  public let edits: [Edit]
  /// Pairs of different pictures to be expected among those reported, 0 or more.
  ///
  /// The upper bound, where ``chanceScoreCount`` is too small for an estimate.
  public let expectedChanceMatches: Double
  /// What their number does not exceed, at 95 %.
  public let chanceMatchesBound: Double
  /// Scores of reported pairs that the expectation rests on; 0 where scores are no probabilities.
  public let chanceScoreCount: Int
  /// The lowest threshold at which less than one such pair is expected, or no more than one in twenty of those reported,
  /// where the threshold in force expects more; `nil` where it does not, and where no threshold does.
  public let proposedThreshold: Double?

  /// Assembles a measurement.
  ///
  /// - Parameters:
  ///   - seed: Seed that chose the images.
  ///   - imageCount: Images that were edited.
  ///   - threshold: The score from which a pair is reported, 0...1.
  ///   - edits: One recall for each edit.
  ///   - expectedChanceMatches: Wrong pairs to be expected among those reported, 0 or more.
  ///   - chanceMatchesBound: What their number does not exceed, at 95 %.
  ///   - chanceScoreCount: Scores that this rests on.
  ///   - proposedThreshold: A threshold at which few enough are expected.
  public init(
    seed: UInt32, imageCount: Int, threshold: Double, edits: [Edit], expectedChanceMatches: Double,
    chanceMatchesBound: Double, chanceScoreCount: Int, proposedThreshold: Double?
  ) {
    self.seed = seed
    self.imageCount = imageCount
    self.threshold = threshold
    self.edits = edits
    self.expectedChanceMatches = expectedChanceMatches
    self.chanceMatchesBound = chanceMatchesBound
    self.chanceScoreCount = chanceScoreCount
    self.proposedThreshold = proposedThreshold
  }

  /// Joins what was measured on edited copies and what the scores of the reported pairs say.
  public init(
    seed: UInt32, threshold: Double, measured: DetectionProbe.Measurement, chance: ChancePairs
  ) {
    let (count, bound) = (chance.scoreCount(atOrAbove: threshold), chance.upperBound(atOrAbove: threshold))
    self.init(
      seed: seed, imageCount: measured.imageCount, threshold: threshold, edits: measured.edits,
      expectedChanceMatches: count < Self.leastEstimableCount ? bound : chance.expectedCount(atOrAbove: threshold),
      chanceMatchesBound: bound, chanceScoreCount: count,
      proposedThreshold: chance.isTolerable(threshold) ? nil : chance.lowestThreshold(from: threshold))
  }

  /// Whether ``expectedChanceMatches`` is an estimate; where not, it is a bound.
  public var hasEstimate: Bool { chanceScoreCount >= Self.leastEstimableCount }
}
