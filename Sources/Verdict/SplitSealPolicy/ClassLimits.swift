/// What the class rules take for enough data, for beyond chance, and for enough to matter.
public struct ClassLimits: Hashable, Sendable {
  /// What a difference between two splits must pass to be a finding: both a p-value and an effect.
  public struct Level: Hashable, Sendable {
    /// The adjusted p-value has to be below, 0...1; that of the whole table below the one of a warning, also for an error.
    public var pValue: Double
    /// The share of a class in one split over that in the other has to be outside of 1/`shareRatio`...`shareRatio`, 1 or
    /// more.
    public var shareRatio: Double
    /// The total variation distance less its mean under random assignment has to be above, 0...1.
    public var distanceExcess: Double

    /// Sets a level.
    public init(pValue: Double, shareRatio: Double, distanceExcess: Double) {
      self.pValue = pValue
      self.shareRatio = shareRatio
      self.distanceExcess = distanceExcess
    }
  }

  /// What labels are.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Told from the labels.
    case automatic = "auto"
    /// One class an image.
    case single
    /// Any number of classes an image, parted by ``separator``.
    case multiple
    /// Numbers: a regression target.
    case number
  }

  /// What labels are.
  public var kind = Kind.automatic
  /// What parts the classes of one label where ``kind`` is ``Kind/multiple``.
  public var separator = "|"
  /// Splits with fewer labelled images are not compared, and keep the verdict from being a pass.
  public var leastImageCount = 30
  /// Splits with fewer groups are not compared where images come in groups, and keep the verdict from being a pass.
  public var leastGroupCount = 10
  /// What makes a warning.
  public var warning = Level(pValue: 0.01, shareRatio: 1.25, distanceExcess: 0.03)
  /// What makes an error.
  public var error = Level(pValue: 0.001, shareRatio: 2, distanceExcess: 0.10)
  /// Random assignments that a Monte-Carlo test draws.
  public var permutationCount = 9_999
  /// Seed of the random assignments.
  public var seed: UInt64 = 1
  /// Fewer test images of a class than this are a warning.
  public var leastSupport = 5
  /// Fewer test images of a class than this are a note.
  public var goodSupport = 30
  /// The commonest class of a split over the rarest one above which there is a warning, 1 or more.
  public var imbalanceRatio = 20.0
  /// A rarest class below this part of an equal share is a warning, 0...1.
  public var rarestShare = 0.1
  /// Class shares are called equal when the upper 95 % bound of the largest absolute difference is below, 0...1.
  public var equivalenceMargin = 0.05

  /// The defaults.
  public init() {}
}
