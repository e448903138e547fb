public import SplitSealImage

/// Gives the pixels of a sample once more, so that a candidate can be checked.
///
/// Called from several tasks at once.
public protocol PictureSource: Sendable {
  /// The picture of a sample, upright; `nil` when it cannot be read any more.
  func picture(of sample: Int) -> DecodedImage?

  /// The same, or smaller, with `leastSide` pixels or more on the shorter side if the picture has them.
  func picture(of sample: Int, leastSide: Int) -> DecodedImage?
}

extension PictureSource {
  /// The picture as it is: of most sources a smaller one costs as much.
  public func picture(of sample: Int, leastSide: Int) -> DecodedImage? { picture(of: sample) }
}
