/// What a reported accuracy leaves open about the images that did not leak.
///
/// Of *N* images *L* leaked, and *aN* were classified correctly. At best for the model none of the leaked images is among
/// these, at worst all are: on the other *N - L* images the accuracy lies in [(*aN* - *L*)/(*N* - *L*), *aN*/(*N* - *L*)],
/// cut to 0...1. The bounds are arithmetic and no estimate: no model and no chance is assumed.
public struct AccuracyBounds: Hashable, Sendable {
  /// Index of the split.
  public let split: Int
  /// The reported accuracy, 0...1.
  public let accuracy: Double
  /// Images of the split.
  public let imageCount: Int
  /// Those with a match in a split that is for training.
  public let leakedCount: Int
  /// The bounds; `nil` where every image leaked.
  public let interval: ClosedRange<Double>?

  /// Computes the bounds.
  ///
  /// - Precondition: `accuracy` is in 0...1, `leakedCount` in 0...`imageCount`.
  public init(split: Int, accuracy: Double, imageCount: Int, leakedCount: Int) {
    precondition(
      (0...1).contains(accuracy) && (0...imageCount).contains(leakedCount), "a share, and a part of the whole")
    self.split = split
    self.accuracy = accuracy
    self.imageCount = imageCount
    self.leakedCount = leakedCount
    let cleanCount = Double(imageCount - leakedCount)
    let correctCount = accuracy * Double(imageCount)
    interval =
      cleanCount == 0
      ? nil : max(0, (correctCount - Double(leakedCount)) / cleanCount)...min(1, correctCount / cleanCount)
  }
}
