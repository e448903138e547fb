public import SplitSealImage

/// Gives a report the pictures that it shows.
///
/// Called from several tasks at once.
public protocol ReportPictureSource: Sendable {
  /// The picture of a sample, upright.
  ///
  /// - Parameters:
  ///   - sample: Its index in the manifest.
  ///   - leastSide: A smaller picture will do as long as its shorter side has this many pixels, if it has them.
  /// - Returns: The picture; `nil` where it cannot be had, or is not what was checked.
  func picture(of sample: Int, leastSide: Int) -> DecodedImage?
}
