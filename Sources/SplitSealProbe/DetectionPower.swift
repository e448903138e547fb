/// What the detector would have found: measured on edited copies of the dataset's own images.
public struct DetectionPower: Hashable, Sendable {
  /// The recall of one edit.
  public struct Edit: Hashable, Sendable {
    /// The edit's stable name: `jpeg40`, `crop80`, `mirror`, ...
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
  }

  /// Seed that chose the images.
  public let seed: UInt64
  /// Images that were edited.
  public let imageCount: Int
  /// The score from which a pair is reported, 0...1: the threshold in force.
  public let threshold: Double
  /// One recall for each edit, in the order of the list of edits.
  public let edits: [Edit]
  /// Pairs that chance alone is expected to bring to the threshold or above, 0 or more.
  public let expectedChanceMatches: Double
  /// The threshold from which less than one chance match is expected; `nil` when no threshold does.
  public let proposedThreshold: Double?

  /// Assembles a measurement.
  public init(
    seed: UInt64, imageCount: Int, threshold: Double, edits: [Edit], expectedChanceMatches: Double,
    proposedThreshold: Double?
  ) {
    self.seed = seed
    self.imageCount = imageCount
    self.threshold = threshold
    self.edits = edits
    self.expectedChanceMatches = expectedChanceMatches
    self.proposedThreshold = proposedThreshold
  }
}
