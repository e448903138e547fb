#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

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

  /// The hashes of a block and of its mirror images.
  static func hashes(of block: [Float]) -> PDQOrientations {
    PDQOrientations(
      identity: hash(of: block, negatingEvenRows: false, negatingEvenColumns: false),
      mirror: hash(of: block, negatingEvenRows: false, negatingEvenColumns: true),
      turn180: hash(of: block, negatingEvenRows: true, negatingEvenColumns: true),
      flip: hash(of: block, negatingEvenRows: true, negatingEvenColumns: false))
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
