internal import CTestImages
internal import SplitSealImage
internal import SplitSealTestSupport

/// A picture of soft shapes, edges and grain: something of every frequency, as photographs have it.
struct DrawnImage {
  let width: Int
  let height: Int
  /// Red, green, blue; row-major.
  private let pixels: [UInt8]

  init(width: Int, height: Int) {
    var random = SplitMix64(seed: 1)
    let discs = (0..<24).map { _ in
      (
        x: Double.random(in: 0...1, using: &random), y: Double.random(in: 0...1, using: &random),
        radius: Double.random(in: 0.03...0.3, using: &random),
        colour: SIMD3<Double>.random(in: 0...255, using: &random)
      )
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * width * height)
    for row in 0..<height {
      for column in 0..<width {
        let (x, y) = (Double(column) / Double(width), Double(row) / Double(height))
        var colour = SIMD3(60 + 120 * x, 90 + 80 * y, 200 - 120 * x * y)
        for disc in discs {
          let (dx, dy) = (x - disc.x, y - disc.y)
          if dx * dx + dy * dy < disc.radius * disc.radius { colour = (colour + 3 * disc.colour) / 4 }
        }
        let grain = Double.random(in: -8...8, using: &random)
        for channel in 0..<3 { pixels.append(UInt8(max(0, min(255, colour[channel] + grain)))) }
      }
    }
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// Its luma.
  var luma: LumaPlane {
    LumaPlane(
      width: width, height: height,
      samples: stride(from: 0, to: pixels.count, by: 3).map {
        Float(299 * Int(pixels[$0]) + 587 * Int(pixels[$0 + 1]) + 114 * Int(pixels[$0 + 2])) / 1000
      })
  }

  func jpeg(quality: Int32 = 90, isProgressive: Bool = false) -> [UInt8] {
    var options = ss_test_jpeg_options()
    (options.width, options.height) = (UInt32(width), UInt32(height))
    options.space = SS_TEST_JPEG_YCBCR
    options.quality = quality
    (options.horizontal_sampling, options.vertical_sampling) = (2, 2)
    options.progressive = isProgressive
    return unsafe file { unsafe ss_test_encode_jpeg(pixels, &options, $0.baseAddress, $0.count) }
  }

  func png() -> [UInt8] {
    var options = unsafe ss_test_png_options()
    unsafe (options.width, options.height) = (UInt32(width), UInt32(height))
    unsafe options.colour = SS_TEST_PNG_RGB
    unsafe options.bit_depth = 8
    unsafe options.compression_level = 6
    return unsafe file { unsafe ss_test_encode_png(pixels, &options, $0.baseAddress, $0.count) }
  }

  private func file(_ encode: (UnsafeMutableBufferPointer<UInt8>) -> Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in count = unsafe encode(buffer) }
  }
}
