internal import CVision
internal import SplitSealImage

/// How colourful a picture is: M3 of Hasler and Suesstrunk, of its colours at 32 x 32.
///
/// With rg = R - G and yb = (R + G) / 2 - B, M3 is the length of their standard deviations and 0.3 times that of their
/// means.
enum Colourfulness {
  private static let side = ComparisonPicture.leastColourSide
  /// Rows of a cell of pixels that are looked at: more would change little and cost time.
  private static let rowsOfCell = 8

  /// Measures a JPEG by its Cb and Cr, of which luma takes no part in rg and yb.
  ///
  /// - Parameter colour: Cb and Cr about 128, or nothing for grey.
  /// - Returns: M3, in levels.
  /// - Source: JFIF 1.02, "Conversion to and from RGB".
  static func ofChroma(_ colour: [LumaPlane]) -> Double {
    guard let blue = colour.first, let red = colour.last, colour.count == 2 else { return 0 }
    var spread = OpponentSpread()
    for (cb, cr) in zip(scaled(blue), scaled(red)) {
      let (cb, cr) = (Double(cb) - 128, Double(cr) - 128)
      spread.add(
        redGreen: 2.116136 * cr + 0.344136 * cb, yellowBlue: 0.343932 * cr - 1.944068 * cb)
    }
    return spread.colourfulness
  }

  /// Measures decoded pixels, of whose 16 bits the high byte counts.
  ///
  /// - Parameter image: The picture, 1 x 1 or more; its alpha is passed over.
  /// - Returns: M3, in levels.
  static func ofPixels(_ image: DecodedImage) -> Double {
    let isReduced = min(image.width, image.height) >= side
    let (columns, rows) = isReduced ? (side, side) : (image.width, image.height)
    let channelSize = image.bitsPerChannel / 8
    var spread = OpponentSpread()
    unsafe image.pixels.withUnsafeBufferPointer { pixels in
      guard let pixels = pixels.baseAddress else { return }
      var sums = [SIMD4<UInt32>](repeating: .zero, count: columns)
      for row in 0..<rows {
        let top = row * image.height / rows, height = (row + 1) * image.height / rows - top
        let taken = min(height, rowsOfCell)
        for column in 0..<columns { sums[column] = .zero }
        for index in 0..<taken {
          let line = unsafe pixels + (top + index * height / taken) * image.width * 4 * channelSize
          for column in 0..<columns {
            var sum = sums[column]
            for x in column * image.width / columns..<(column + 1) * image.width / columns {
              let pixel = unsafe line + x * 4 * channelSize
              unsafe sum &+= SIMD4(
                UInt32(pixel[0]), UInt32(pixel[channelSize]), UInt32(pixel[2 * channelSize]), 0)
            }
            sums[column] = sum
          }
        }
        for column in 0..<columns {
          let width = (column + 1) * image.width / columns - column * image.width / columns
          let count = Double(width * taken), sum = sums[column]
          let (red, green, blue) = (Double(sum[0]) / count, Double(sum[1]) / count, Double(sum[2]) / count)
          spread.add(redGreen: red - green, yellowBlue: (red + green) / 2 - blue)
        }
      }
    }
    return spread.colourfulness
  }

  private static func scaled(_ plane: LumaPlane) -> [Float] {
    guard min(plane.width, plane.height) >= side else { return plane.samples }
    return unsafe [Float](unsafeUninitializedCapacity: side * side) { scaled, count in
      unsafe ss_vision_scale(plane.samples, plane.width, 0, 0, plane.width, plane.height, side, scaled.baseAddress)
      count = side * side
    }
  }
}

/// Sums of rg and yb and of their squares.
private struct OpponentSpread {
  private var sum = SIMD2<Double>()
  private var squares = SIMD2<Double>()
  private var count = 0.0

  mutating func add(redGreen: Double, yellowBlue: Double) {
    let pair = SIMD2(redGreen, yellowBlue)
    sum += pair
    squares += pair * pair
    count += 1
  }

  var colourfulness: Double {
    guard count > 0 else { return 0 }
    let means = sum / count
    let variances = squares / count - means * means
    return max(variances.sum(), 0).squareRoot() + 0.3 * (means * means).sum().squareRoot()
  }
}
