/// The pixels of one image, as stored in the file: the EXIF orientation is noted and not applied.
public struct DecodedImage: Sendable {
  /// The format of the file.
  public let format: ImageFormat
  /// Columns as stored, 1 or more.
  public let width: Int
  /// Rows as stored, 1 or more.
  public let height: Int
  /// Bits a channel of ``pixels``: 8, or 16 for a PNG of 16 bits (big-endian).
  public let bitsPerChannel: Int
  /// What to do with the stored picture to get the picture that is meant.
  public let orientation: Orientation
  /// `height * width * 4 * bitsPerChannel / 8` bytes: R, G, B, A; row-major, straight alpha, no padding.
  public let pixels: [UInt8]
  /// What was wrong with the file and did not keep it from being read.
  public let repairs: ImageRepairs

  /// Assembles a decoded image.
  ///
  /// - Precondition: `bitsPerChannel` is 8 or 16 and `pixels.count == height * width * 4 * bitsPerChannel / 8`.
  public init(
    format: ImageFormat, width: Int, height: Int, bitsPerChannel: Int, orientation: Orientation, pixels: [UInt8],
    repairs: ImageRepairs = []
  ) {
    precondition(width >= 0 && height >= 0 && (bitsPerChannel == 8 || bitsPerChannel == 16), "no such picture")
    precondition(pixels.count == height * width * 4 * bitsPerChannel / 8, "pixels do not fill width x height")
    self.format = format
    self.width = width
    self.height = height
    self.bitsPerChannel = bitsPerChannel
    self.orientation = orientation
    self.pixels = pixels
    self.repairs = repairs
  }
}
