/// What is edited to measure the detector, and what follows from it.
public struct ProbeOptions: Hashable, Sendable {
  /// Chooses the images and where edits lie.
  public var seed: UInt32 = 1
  /// Images that are edited, at most.
  public var imageLimit = 300
  /// Whether the reporting threshold becomes the lowest, from the given one on, at which less than one wrong pair is
  /// expected, or no more than one in twenty.
  public var adoptsThreshold = false

  /// The defaults.
  public init() {}
}
