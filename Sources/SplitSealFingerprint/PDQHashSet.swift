public import SplitSealImage

/// The PDQ hashes of one picture in all eight orientations, from one DCT.
///
/// Mirroring a picture flips the sign of every other DCT coefficient, and transposing it transposes the block. The
/// transposed hashes are the others with their bits transposed (the median does not change), so four are kept: 128 bytes.
/// - Source: ThreatExchange `pdq/cpp/hashing/pdqhashing.cpp`, the sign tables above `dct16OriginalToRotate90`.
public struct PDQHashSet: Hashable, Sendable {
  /// Hashes of the picture as it is, mirrored, turned by 180 degrees, and flipped: EXIF orientations 1...4.
  public let upright: [PDQHash]
  /// Gradient activity, 0...100. Below 50 the hashes say little.
  public let quality: Int
}
