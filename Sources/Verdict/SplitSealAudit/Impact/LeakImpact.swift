/// How much of an evaluated split is in splits that a model could learn from.
public struct LeakImpact: Hashable, Sendable {
  /// How many images of one class leaked.
  public struct ClassLeak: Hashable, Sendable {
    /// Index of the label; `nil` for images without one.
    public let label: Int?
    /// Images of the class in the evaluated split.
    public let imageCount: Int
    /// Those with a match.
    public let leakedCount: Int
  }

  /// Index of the evaluated split.
  public let split: Int
  /// Indices of the splits that its images were looked for in: one, or all that are for training.
  public let references: [Int]
  /// Images of the evaluated split.
  public let imageCount: Int
  /// Those that could not be read and have no match: they may have leaked or not.
  public let uncheckedCount: Int
  /// Those with a match, exact or near.
  public let leakedCount: Int
  /// Leaked images of which a listed match has the same label: what was learned of it is the answer.
  public let sameLabelCount: Int
  /// Leaked images whose listed matches all have other labels: what was learned of them is wrong here.
  public let otherLabelCount: Int
  /// The classes of which an image leaked, by index of their labels, images without a label last.
  public let classes: [ClassLeak]

  /// Leaked images that have no label, or whose listed matches have none.
  public var unlabelledCount: Int { leakedCount - sameLabelCount - otherLabelCount }
  /// Leaked over all, 0...1; 0 for an empty split.
  public var share: Double { imageCount == 0 ? 0 : Double(leakedCount) / Double(imageCount) }
}
