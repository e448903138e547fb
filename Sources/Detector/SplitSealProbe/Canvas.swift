internal import SplitSealImage

/// A picture that is edited: three channels of 8 bits.
struct Canvas: Hashable, Sendable {
  /// The shortest side that an edit leaves, in pixels.
  static let leastSide = 8
  /// Pixels that are edited at most: larger pictures are averaged down first.
  ///
  /// The detector itself works on small pictures, and a copy then takes a millisecond and not a second.
  static let maximumPixelCount = 1 << 16

  /// Columns, 1 or more.
  let width: Int
  /// Rows, 1 or more.
  let height: Int
  /// `height * width * 3` bytes: R, G, B; row-major.
  var pixels: [UInt8]

  /// The length of a row in bytes.
  var stride: Int { width * 3 }
  var shortSide: Int { min(width, height) }

  /// A canvas of one grey.
  init(width: Int, height: Int, grey: UInt8) {
    (self.width, self.height) = (width, height)
    pixels = Array(repeating: grey, count: width * height * 3)
  }

  init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == height * width * 3, "pixels do not fill width x height")
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// Takes the colours of an image as a person sees it; of 16-bit channels the high byte, alpha is ignored.
  init(_ image: DecodedImage) {
    let upright = image.upright()
    let channelSize = upright.bitsPerChannel / 8
    (width, height) = (upright.width, upright.height)
    let count = width * height
    pixels = unsafe [UInt8](unsafeUninitializedCapacity: count * 3) { target, filled in
      unsafe upright.pixels.withUnsafeBufferPointer { source in
        for pixel in 0..<count {
          for channel in 0..<3 { unsafe target[3 * pixel + channel] = source[(4 * pixel + channel) * channelSize] }
        }
      }
      filled = count * 3
    }
  }

  /// The picture at the size at which it is edited: no side below ``leastSide``, no more than ``maximumPixelCount``.
  func atWorkingSize() -> Canvas {
    let count = Double(width) * Double(height)
    let scale = min(1, (Double(Self.maximumPixelCount) / count).squareRoot())
    let sides = [width, height].map { max(Self.leastSide, Int((Double($0) * scale).rounded())) }
    // A strip that stays too long at the shortest side is squeezed.
    let longest = Self.maximumPixelCount / min(sides[0], sides[1])
    return resized(width: min(sides[0], longest), height: min(sides[1], longest))
  }

  /// The picture as the detector takes it: opaque.
  func image(format: ImageFormat) -> DecodedImage {
    let rgba = unsafe [UInt8](unsafeUninitializedCapacity: width * height * 4) { rgba, count in
      count = width * height * 4
      unsafe pixels.withUnsafeBufferPointer { pixels in
        for pixel in 0..<(width * height) {
          unsafe rgba[4 * pixel] = pixels[3 * pixel]
          unsafe rgba[4 * pixel + 1] = pixels[3 * pixel + 1]
          unsafe rgba[4 * pixel + 2] = pixels[3 * pixel + 2]
          unsafe rgba[4 * pixel + 3] = 255
        }
      }
    }
    return DecodedImage(
      format: format, width: width, height: height, bitsPerChannel: 8, orientation: .identity, pixels: rgba)
  }

  /// The picture after it was written as JPEG and read again.
  func reencoded(quality: Int) throws(ImageFault) -> Canvas {
    let bytes = try JPEGEncoder.encode(pixels, width: width, height: height, quality: quality)
    return Canvas(try ImageDecoder.decode(bytes))
  }
}
