public import SplitSealImage

/// Computes PDQ hashes.
///
/// Owns the scratch buffers, so that one hasher a worker allocates nothing per image.
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
  /// - Returns: The hashes; zeros of quality 0 when a side is shorter than five pixels.
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

  /// How much gradient there is.
  ///
  /// The sum of the differences of neighbours, each cut to a whole per cent of the range of values, over 90.
  ///
  /// - Parameter thumbnail: 64 * 64 samples, row-major.
  /// - Returns: The quality, 0...100.
  /// - Source: `pdqImageDomainQualityMetric`.
  static func quality(of thumbnail: [Float]) -> Int {
    precondition(thumbnail.count == 64 * 64)
    var sum = SIMD16<Float>()
    for start in stride(from: 0, to: 63 * 64, by: 16) {
      sum += steps(lanes(of: thumbnail, at: start), lanes(of: thumbnail, at: start + 64))
    }
    // Neighbours in a row: 63 of them, so the last run of 16 has one that counts for nothing.
    var lastRun = SIMD16<Float>(repeating: 1)
    lastRun[15] = 0
    for start in stride(from: 0, to: 64 * 64, by: 16) {
      let isLast = start % 64 == 48
      let current = lanes(of: thumbnail, at: start)
      var next = SIMD16<Float>()
      if isLast {
        for lane in 0..<15 { next[lane] = current[lane + 1] }
      } else {
        next = lanes(of: thumbnail, at: start + 1)
      }
      sum += isLast ? steps(current, next) * lastRun : steps(current, next)
    }
    // Whole numbers below 2^24: every sum was exact.
    return min(Int(sum.sum()) / 90, 100)
  }

  /// The differences of samples in whole per cent of 255, without their signs and fractions.
  @inline(__always)
  private static func steps(_ a: SIMD16<Float>, _ b: SIMD16<Float>) -> SIMD16<Float> {
    let difference = ((a - b) * 100) / 255
    let size = difference.replacing(with: -difference, where: difference .< 0)
    // Adding 2^23 leaves no bits for a fraction. This rounds to the nearest; what was rounded up goes back by one. It
    // compiles to vectors, which a conversion that traps does not.
    let nearest = (size + 8_388_608) - 8_388_608
    return nearest.replacing(with: nearest - 1, where: nearest .> size)
  }
}

/// Sixteen samples from a row.
@inline(__always)
func lanes(of samples: [Float], at start: Int) -> SIMD16<Float> {
  precondition(start >= 0 && start + 16 <= samples.count)
  return unsafe samples.withUnsafeBytes {
    unsafe $0.loadUnaligned(fromByteOffset: start * MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
  }
}
