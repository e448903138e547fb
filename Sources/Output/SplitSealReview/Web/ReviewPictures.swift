public import SplitSealMatch

/// Gives the pictures of the samples that are reviewed.
///
/// Called on threads of its own, from several at once.
public protocol ReviewPictures: Sendable {
  /// The picture of a sample as JPEG.
  ///
  /// - Parameters:
  ///   - sample: Its index in the manifest.
  ///   - longestSide: Pixels of the longer side at most.
  /// - Returns: The bytes; `nil` where the file cannot be shown.
  func jpeg(of sample: Int, longestSide: Int) -> [UInt8]?

  /// How the two pictures of a match lie on each other.
  func warp(of match: Match) -> PairWarp
}
