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

  /// Seed that chose the images.
  public let seed: UInt32
  /// Images that were edited.
  public let imageCount: Int
  /// The score from which a pair is reported, 0...1: the threshold in force.
  public let threshold: Double
  /// One recall for each edit, in the order of the list of edits; empty when no image shows enough to be edited.
  public let edits: [Edit]
  /// Pairs that chance alone is expected to bring to the threshold or above, 0 or more.
  ///
  /// The upper bound, where ``chanceScoreCount`` is too small for an estimate.
  public let expectedChanceMatches: Double
  /// What the expected number stays below, at 95 %.
  public let chanceMatchesBound: Double
  /// Scores below the threshold that the expectation rests on.
  public let chanceScoreCount: Int
  /// The lowest threshold from which less than one chance match is expected, where the threshold in force expects one or
  /// more; `nil` where it does not, and where no threshold does.
  public let proposedThreshold: Double?

  /// Assembles a measurement.
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

  /// Joins what was measured on edited copies and what the scores below the threshold say.
  public init(
    seed: UInt32, imageCount: Int, threshold: Double, edits: [Edit], tail: ChanceTail
  ) {
    let expected = tail.expectedCount(atOrAbove: threshold)
    self.init(
      seed: seed, imageCount: imageCount, threshold: threshold, edits: edits, expectedChanceMatches: expected,
      chanceMatchesBound: tail.upperBound(atOrAbove: threshold), chanceScoreCount: tail.count,
      proposedThreshold: expected < 1 ? nil : tail.lowestThreshold(from: threshold))
  }

  /// Whether ``expectedChanceMatches`` is an estimate; where not, it is a bound.
  public var hasEstimate: Bool { chanceScoreCount >= ChanceTail.leastEstimableCount }
}
