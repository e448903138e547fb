#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
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

  private var filter = JaroszFilter()
  private var transform = PDQTransform()

  /// Makes a hasher.
  public init() {}

  /// Hashes one picture in all eight orientations.
  ///
  /// - Parameter plane: The picture as a person sees it.
  /// - Complexity: O(width x height).
  public mutating func hashes(of plane: LumaPlane) -> PDQHashSet {
    guard plane.width >= Self.minimumSide, plane.height >= Self.minimumSide else {
      return PDQHashSet(identity: PDQHash(), mirror: PDQHash(), turn180: PDQHash(), flip: PDQHash(), quality: 0)
    }
    let thumbnail = filter.thumbnail(of: plane)
    let block = transform.block(of: thumbnail)
    return PDQHashSet(
      identity: PDQTransform.hash(of: block, negatingEvenRows: false, negatingEvenColumns: false),
      mirror: PDQTransform.hash(of: block, negatingEvenRows: false, negatingEvenColumns: true),
      turn180: PDQTransform.hash(of: block, negatingEvenRows: true, negatingEvenColumns: true),
      flip: PDQTransform.hash(of: block, negatingEvenRows: true, negatingEvenColumns: false),
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

/// The 64-to-16 DCT and the bits it gives.
struct PDQTransform {
  /// Row *k* of the DCT for output frequencies 1...16: `matrix[k * 16 + i]`, the reference's matrix transposed.
  private static let matrix: [Float] = {
    let scale = Float((2.0 / 64.0).squareRoot())
    return (0..<64).flatMap { k in
      (0..<16).map { i in
        Float(Double(scale) * cos((Double.pi / 2 / 64) * Double(i + 1) * Double(2 * k + 1)))
      }
    }
  }()

  /// 16 rows of 64 samples: the columns' transforms.
  private var columnTransform = [Float](repeating: 0, count: 16 * 64)

  /// The 16 x 16 block of coefficients, row-major, vertical frequency first.
  ///
  /// - Parameter thumbnail: 64 * 64 samples, row-major.
  mutating func block(of thumbnail: [Float]) -> [Float] {
    let matrix = Self.matrix
    // Sums run over k in order for every output, as in the reference; the vector lanes are different outputs.
    for i in 0..<16 {
      for half in 0..<4 {
        var sum = SIMD16<Float>()
        for k in 0..<64 {
          sum += matrix[k * 16 + i] * Self.lanes(of: thumbnail, at: k * 64 + half * 16)
        }
        for lane in 0..<16 { columnTransform[i * 64 + half * 16 + lane] = sum[lane] }
      }
    }
    var block = [Float](repeating: 0, count: 256)
    for i in 0..<16 {
      var sum = SIMD16<Float>()
      for k in 0..<64 { sum += columnTransform[i * 64 + k] * Self.lanes(of: matrix, at: k * 16) }
      for lane in 0..<16 { block[i * 16 + lane] = sum[lane] }
    }
    return block
  }

  @inline(__always)
  private static func lanes(of samples: [Float], at start: Int) -> SIMD16<Float> {
    precondition(start + 16 <= samples.count)
    return unsafe samples.withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: start * MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
    }
  }

  /// One bit a coefficient: is it above the median? Negating every other row or column gives the mirrored picture's.
  ///
  /// - Source: `pdqBuffer16x16ToBits`; the median of 256 is the 128th smallest, as `torben` returns it.
  static func hash(of block: [Float], negatingEvenRows: Bool, negatingEvenColumns: Bool) -> PDQHash {
    var signed = block
    for row in 0..<16 {
      for column in 0..<16 where (negatingEvenRows && row % 2 == 0) != (negatingEvenColumns && column % 2 == 0) {
        signed[row * 16 + column].negate()
      }
    }
    let median = smallest(128, of: signed)
    var hash = PDQHash()
    for index in 0..<256 where signed[index] > median { hash.words[index / 64] |= 1 << UInt64(index % 64) }
    return hash
  }

  /// The `rank`-th smallest value, 1-based, by quickselect with the middle element as pivot.
  static func smallest(_ rank: Int, of values: [Float]) -> Float {
    var values = values
    var low = 0
    var high = values.count - 1
    let target = rank - 1
    while low < high {
      let pivot = values[(low + high) / 2]
      var i = low
      var j = high
      while i <= j {
        while values[i] < pivot { i += 1 }
        while values[j] > pivot { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if target <= j {
        high = j
      } else if target >= i {
        low = i
      } else {
        return values[target]
      }
    }
    return values[target]
  }
}
