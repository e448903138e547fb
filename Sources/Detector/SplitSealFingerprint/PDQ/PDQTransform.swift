internal import SplitSealSystem

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
    // +1 or -1 for each column of an odd row; an even row may have them negated.
    let signs = negatingEvenColumns ? alternatingSigns : SIMD16(repeating: 1)
    var signed = block
    unsafe signed.withUnsafeMutableBytes { signed in
      for row in 0..<16 {
        let values = lanes(of: block, at: row * 16) * (negatingEvenRows && row % 2 == 0 ? -signs : signs)
        unsafe signed.storeBytes(of: values, toByteOffset: row * 64, as: SIMD16<Float>.self)
      }
    }
    let median = SIMD16(repeating: smallest(128, of: signed))
    var hash = PDQHash()
    for row in 0..<16 {
      let bits = SIMD16<UInt32>().replacing(with: powersOfTwo, where: lanes(of: signed, at: row * 16) .> median)
      hash.words[row / 4] |= UInt64(bits.wrappedSum()) << UInt64(16 * (row % 4))
    }
    return hash
  }

  private static let alternatingSigns = SIMD16<Float>((0..<16).map { $0 % 2 == 0 ? -1 : 1 })
  private static let powersOfTwo = SIMD16<UInt32>((0..<16).map { 1 << $0 })

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
