import CTestImages

/// A grey picture of soft hills: no two seeds look alike, and every one has enough structure to be recognised.
struct Picture {
  static let side = 64

  /// `side * side` samples, row-major, 0...255.
  var samples: [UInt8]

  /// Draws the hills of a seed: 9 x 9 random heights with straight slopes between them.
  init(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    let heights = (0..<81).map { _ in
      // Knuth's MMIX generator: the high bits are good enough for hills.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 56)
    }
    samples = (0..<Self.side * Self.side).map { index in
      let (y, x) = (Double(index / Self.side) / 8, Double(index % Self.side) / 8)
      let (row, column) = (Int(y), Int(x))
      let (down, right) = (y - Double(row), x - Double(column))
      let corner = row * 9 + column
      let above = heights[corner] * (1 - right) + heights[corner + 1] * right
      let below = heights[corner + 9] * (1 - right) + heights[corner + 10] * right
      return UInt8(above * (1 - down) + below * down)
    }
  }

  /// This picture with another one shining through.
  ///
  /// - Parameters:
  ///   - other: The other picture.
  ///   - share: Of the other one, 0...1.
  /// - Returns: The weighted mean of both, sample by sample.
  func blended(with other: Picture, share: Double) -> Picture {
    var picture = self
    picture.samples = zip(samples, other.samples).map { UInt8(Double($0) * (1 - share) + Double($1) * share) }
    return picture
  }

  /// As a grey PNG; empty where the library refuses, which makes every test that uses it fail.
  var png: [UInt8] {
    var options = unsafe ss_test_png_options()
    unsafe options.width = UInt32(Self.side)
    unsafe options.height = UInt32(Self.side)
    unsafe options.colour = SS_TEST_PNG_GRAY
    unsafe options.bit_depth = 8
    unsafe options.compression_level = 6
    let capacity = 1 << 16
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      count = unsafe ss_test_encode_png(samples, &options, buffer.baseAddress, capacity)
    }
  }

  /// As a grey JPEG of quality 90; empty where the library refuses.
  var jpeg: [UInt8] {
    var options = ss_test_jpeg_options()
    options.width = UInt32(Self.side)
    options.height = UInt32(Self.side)
    options.space = SS_TEST_JPEG_GRAY
    options.quality = 90
    let capacity = 1 << 16
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      count = unsafe ss_test_encode_jpeg(samples, &options, buffer.baseAddress, capacity)
    }
  }
}
