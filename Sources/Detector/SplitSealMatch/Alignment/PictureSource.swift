public import SplitSealFingerprint
public import SplitSealImage

/// Gives the pixels of a sample once more, so that a candidate can be checked.
///
/// Called from several tasks at once.
public protocol PictureSource: Sendable {
  /// The picture of a sample, upright; `nil` when it cannot be read any more.
  func picture(of sample: Int) -> DecodedImage?

  /// The same, made ready for being laid on another one.
  func comparisonPicture(of sample: Int) -> ComparisonPicture?
}

extension PictureSource {
  /// The picture, made ready for being laid on another one.
  public func comparisonPicture(of sample: Int) -> ComparisonPicture? {
    picture(of: sample).map { ComparisonPicture($0) }
  }
}
