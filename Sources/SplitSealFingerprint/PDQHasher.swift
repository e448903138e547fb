public import SplitSealImage

/// Computes PDQ hashes. Owns the scratch buffers, so that one hasher a worker allocates nothing per image.
///
/// The arithmetic is that of the reference implementation, operation by operation in single precision: the same pixels
/// give the same bits, not merely close ones. What the reference computes and then drops (the filtered pixels that the
/// decimation skips) is left out.
/// - Source: ThreatExchange `hashing/hashing.pdf`, PDQ; `pdq/cpp/hashing/pdqhashing.cpp`,
///   `pdq/cpp/downscaling/downscaling.cpp`.
public struct PDQHasher {
  /// Sides below this hash to zero with quality 0, as in the reference.
  static let minimumSide = 5

  private var jaroszFilter = JaroszFilter()
  private var tentFilter = TentFilter()
  private var transform = PDQTransform()

  /// Makes a hasher.
  public init() {}

  /// Hashes one picture in all eight orientations, with both samplings.
  ///
  /// - Parameter plane: The picture as a person sees it.
  /// - Complexity: O(width x height).
  public mutating func hashes(of plane: LumaPlane) -> PDQHashSet {
    guard plane.width >= Self.minimumSide, plane.height >= Self.minimumSide else {
      let zero = PDQOrientations(identity: PDQHash(), mirror: PDQHash(), turn180: PDQHash(), flip: PDQHash())
      return PDQHashSet(standard: zero, centred: zero, quality: 0)
    }
    let thumbnail = jaroszFilter.thumbnail(of: plane)
    return PDQHashSet(
      standard: PDQTransform.hashes(of: transform.block(of: thumbnail)),
      centred: PDQTransform.hashes(of: transform.block(of: tentFilter.thumbnail(of: plane))),
      quality: Self.quality(of: thumbnail))
  }

  /// How much gradient there is, 0...100: the sum of the differences of neighbours, each cut to a whole per cent of the
  /// range of values, over 90.
  ///
  /// - Parameter thumbnail: 64 * 64 samples, row-major.
  /// - Source: `pdqImageDomainQualityMetric`.
  static func quality(of thumbnail: [Float]) -> Int {
    precondition(thumbnail.count == 64 * 64)
    var sum: Int32 = 0
    unsafe thumbnail.withUnsafeBufferPointer { samples in
      for index in 0..<(63 * 64) { unsafe sum += step(samples[index], samples[index + 64]) }
      for row in 0..<64 {
        for index in (row * 64)..<(row * 64 + 63) { unsafe sum += step(samples[index], samples[index + 1]) }
      }
    }
    return min(Int(sum) / 90, 100)
  }

  /// The difference of two samples in whole per cent of 255, cut towards 0.
  @inline(__always)
  private static func step(_ a: Float, _ b: Float) -> Int32 {
    abs(Int32(((a - b) * 100) / 255))
  }
}
