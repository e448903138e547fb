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

  /// Transforms samples into the coefficients that the hash is made of.
  ///
  /// - Parameter thumbnail: 64 * 64 samples, row-major.
  /// - Returns: The 16 x 16 block of coefficients, row-major, vertical frequency first.
  mutating func block(of thumbnail: [Float]) -> [Float] {
    let matrix = Self.matrix
    // Sums run over k in order for every output, as in the reference; the vector lanes are different outputs.
    for i in 0..<16 {
      for half in 0..<4 {
        var sum = SIMD16<Float>()
        for k in 0..<64 {
          sum += matrix[k * 16 + i] * lanes(of: thumbnail, at: k * 64 + half * 16)
        }
        for lane in 0..<16 { columnTransform[i * 64 + half * 16 + lane] = sum[lane] }
      }
    }
    var block = [Float](repeating: 0, count: 256)
    for i in 0..<16 {
      var sum = SIMD16<Float>()
      for k in 0..<64 { sum += columnTransform[i * 64 + k] * lanes(of: matrix, at: k * 16) }
      for lane in 0..<16 { block[i * 16 + lane] = sum[lane] }
    }
    return block
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
    // +1 or -1 for each column of an even and of an odd row.
    let column = SIMD16<Float>((0..<16).map { negatingEvenColumns && $0 % 2 == 0 ? -1 : 1 })
    let rows = (0..<16).map { row in
      lanes(of: block, at: row * 16) * (negatingEvenRows && row % 2 == 0 ? -column : column)
    }
    let median = smallest(128, of: rows.flatMap { row in (0..<16).map { row[$0] } })
    var hash = PDQHash()
    for row in 0..<16 {
      var bits: UInt64 = 0
      for lane in 0..<16 where rows[row][lane] > median { bits |= 1 << UInt64(lane) }
      hash.words[row / 4] |= bits << UInt64(16 * (row % 4))
    }
    return hash
  }

  /// The `rank`-th smallest value, 1-based, by quickselect with the middle element as pivot.
  static func smallest(_ rank: Int, of values: [Float]) -> Float {
    precondition((1...values.count).contains(rank))
    var values = values
    // Every index stays between `low` and `high`: the pivot itself stops both scans.
    return unsafe values.withUnsafeMutableBufferPointer { values in
      var low = 0
      var high = values.count - 1
      let target = rank - 1
      while low < high {
        let pivot = unsafe values[(low + high) / 2]
        var i = low
        var j = high
        while i <= j {
          while unsafe values[i] < pivot { i &+= 1 }
          while unsafe values[j] > pivot { j &-= 1 }
          if i <= j {
            unsafe values.swapAt(i, j)
            i &+= 1
            j &-= 1
          }
        }
        if target <= j {
          high = j
        } else if target >= i {
          low = i
        } else {
          break
        }
      }
      return unsafe values[target]
    }
  }
}
