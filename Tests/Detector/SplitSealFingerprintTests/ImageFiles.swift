import CTestImages
import SplitSealImage

/// Eight bits a channel, `height * width * channels` of them, row-major, interleaved.
struct Bitmap {
  var width: Int
  var height: Int
  var channels: Int
  var bytes: [UInt8]

  /// Bands of three colours with a lighter corner, so that no orientation looks like another: at most 4 colours.
  static func bands(width: Int, height: Int) -> Bitmap {
    let bytes = (0..<height).flatMap { y in
      (0..<width).flatMap { x -> [UInt8] in
        x < width / 3 && y < height / 4 ? [250, 240, 230] : bandColours[(x / 7 + y / 5) % 3]
      }
    }
    return Bitmap(width: width, height: height, channels: 3, bytes: bytes)
  }

  private static let bandColours: [[UInt8]] = [[200, 30, 40], [20, 160, 70], [10, 20, 90]]

  /// The bitmap with the rows and columns that `orientation` leaves, told by where each pixel comes from.
  ///
  /// - Source: TIFF 6.0, "Orientation".
  func moved(_ orientation: Orientation) -> Bitmap {
    let swaps = orientation.rawValue >= 5
    var moved = Bitmap(width: swaps ? height : width, height: swaps ? width : height, channels: channels, bytes: [])
    for row in 0..<moved.height {
      for column in 0..<moved.width {
        let (y, x): (Int, Int) =
          switch orientation {
          case .identity: (row, column)
          case .mirror: (row, width - 1 - column)
          case .turn180: (height - 1 - row, width - 1 - column)
          case .flip: (height - 1 - row, column)
          case .transpose: (column, row)
          case .turn90: (height - 1 - column, row)
          case .transverse: (height - 1 - column, width - 1 - row)
          case .turn270: (column, width - 1 - row)
          }
        let start = (y * width + x) * channels
        moved.bytes += bytes[start..<(start + channels)]
      }
    }
    return moved
  }

  /// A JPEG of the bitmap; empty where the library refuses, which makes every test that uses it fail.
  func jpeg(exifOrientation: UInt8 = 0) -> [UInt8] {
    var options = ss_test_jpeg_options()
    options.width = UInt32(width)
    options.height = UInt32(height)
    options.space = SS_TEST_JPEG_YCBCR
    options.quality = 90
    options.exif_orientation = UInt16(exifOrientation)
    let capacity = 1 << 20
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      count = unsafe ss_test_encode_jpeg(bytes, &options, buffer.baseAddress, capacity)
    }
  }

  /// A PNG of the bitmap's three or four channels.
  func png(interlaced: Bool = false, compressionLevel: Int32 = 6) -> [UInt8] {
    png(bytes, colour: channels == 4 ? SS_TEST_PNG_RGBA : SS_TEST_PNG_RGB, [], interlaced, compressionLevel)
  }

  /// A PNG with a palette.
  ///
  /// - Precondition: three channels, at most 256 colours.
  func palettePNG() -> [UInt8] {
    var palette: [[UInt8]] = []
    let indices = stride(from: 0, to: bytes.count, by: 3).map { start -> UInt8 in
      let colour = Array(bytes[start..<(start + 3)])
      if !palette.contains(colour) { palette.append(colour) }
      return UInt8(palette.firstIndex(of: colour) ?? 0)
    }
    return png(indices, colour: SS_TEST_PNG_PALETTE, palette.flatMap(\.self), false, 6)
  }

  /// A grey PNG of the first channel times `step`, of 16 bits.
  func greyPNG16(times step: Int, plus offset: Int = 0) -> [UInt8] {
    let rows = stride(from: 0, to: bytes.count, by: channels).flatMap { start -> [UInt8] in
      let level = Int(bytes[start]) * step + offset
      return [UInt8(level >> 8), UInt8(level & 255)]
    }
    return png(rows, colour: SS_TEST_PNG_GRAY, [], false, 6, bitDepth: 16)
  }

  /// A PNG whose palette says which of its colours are transparent.
  ///
  /// - Precondition: four channels, at most 256 colours; those that are not opaque come first.
  func transparentPalettePNG() -> [UInt8] {
    let pixels = stride(from: 0, to: bytes.count, by: 4).map { Array(bytes[$0..<($0 + 4)]) }
    var colours: [[UInt8]] = []
    for pixel in pixels where !colours.contains(pixel) { colours.append(pixel) }
    colours.sort { $0[3] < $1[3] }
    return png(
      pixels.map { UInt8(colours.firstIndex(of: $0) ?? 0) }, colour: SS_TEST_PNG_PALETTE,
      colours.flatMap { $0.prefix(3) }, false, 6, alphas: colours.map { $0[3] }.filter { $0 < 255 })
  }

  private func png(
    _ rows: [UInt8], colour: ss_test_png_colour, _ palette: [UInt8], _ interlaced: Bool, _ compressionLevel: Int32,
    bitDepth: Int32 = 8, alphas: [UInt8] = []
  ) -> [UInt8] {
    var options = unsafe ss_test_png_options()
    unsafe options.width = UInt32(width)
    unsafe options.height = UInt32(height)
    unsafe options.colour = colour
    unsafe options.bit_depth = bitDepth
    unsafe options.interlaced = interlaced
    unsafe options.compression_level = compressionLevel
    let capacity = 1 << 20
    return unsafe palette.withUnsafeBufferPointer { palette in
      unsafe alphas.withUnsafeBufferPointer { alphas in
        unsafe options.palette = palette.baseAddress
        unsafe options.palette_count = Int32(palette.count / 3)
        unsafe options.palette_alpha = alphas.baseAddress
        unsafe options.palette_alpha_count = Int32(alphas.count)
        return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
          count = unsafe ss_test_encode_png(rows, &options, buffer.baseAddress, capacity)
        }
      }
    }
  }
}
