/// When a property of images differs too much between two splits.
public struct PropertyDriftLimits: Hashable, Sendable {
  /// Splits with fewer readable images are not compared.
  public var leastImageCount = 30
  /// The adjusted p-value has to be below, 0...1.
  public var pValue = 0.01
  /// Kolmogorov-Smirnov's D, or the total variation distance of a category, above which there is a warning, 0...1.
  public var warningDistance = 0.1
  /// The same for an error.
  public var errorDistance = 0.2
  /// The area under the curve of a classifier that tells the splits apart, above which there is a warning, 0.5...1.
  public var warningArea = 0.60
  /// The same for an error.
  public var errorArea = 0.75
  /// The p-value of that area has to be below, 0...1.
  public var areaPValue = 0.01
  /// Random assignments that a Monte-Carlo test draws at most.
  public var permutationCount = 9_999
  /// Seed of the random assignments.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}
}

/// How well one property alone may predict the label.
public struct ShortcutLimits: Hashable, Sendable {
  /// Splits with fewer labelled and readable images are not looked at.
  public var leastImageCount = 30
  /// Balanced accuracy above that of a constant answer that makes a warning, 0...1.
  public var warningGain = 0.10
  /// The same for an error.
  public var errorGain = 0.25
  /// Seed of the cross-validation's parts.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}
}
