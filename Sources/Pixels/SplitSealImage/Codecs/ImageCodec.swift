/// What decodes the files of one format.
///
/// It is called a few times for an image and never for a row or pixel, so that the dynamic call costs nothing. The files it
/// is given start as those of the format do.
protocol ImageCodec: Sendable {
  /// Whether files have usually lost detail, and hold noise of their own instead.
  var isLossy: Bool { get }
  /// How the names of files usually end, in lower case, without the dot.
  var fileExtensions: [String] { get }
  /// Name and version of the library on this machine.
  var libraryVersion: String { get }

  /// Finds EXIF in a file.
  ///
  /// - Parameter bytes: The whole file.
  /// - Returns: Where the TIFF header and what follows it stands; `nil` without one.
  /// - Throws: `.unsupported` for a variant that is never decoded, though some version of the library might.
  func exif(in bytes: [UInt8]) throws(ImageFault) -> Range<Int>?

  /// Reads the header and decodes nothing.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - pixelLimit: Pixels that the header may declare, 0...2^30.
  /// - Returns: The header.
  /// - Throws: `.tooManyPixels` and what the codec finds wrong before the picture begins.
  func header(of bytes: [UInt8], pixelLimit: Int) throws(ImageFault) -> ImageHeader

  /// The smallest scale, in eighths, at which it decodes so that the shorter side keeps `leastSide` pixels if it has them;
  /// 8 where it cannot scale.
  func eighths(of header: ImageHeader, leastSide: Int?) -> Int

  /// Decodes the picture.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - header: The header of the same bytes.
  ///   - eighths: The scale, one that ``eighths(of:leastSide:)`` gave.
  /// - Returns: The pixels.
  /// - Throws: What the codec finds wrong.
  func pixels(of bytes: [UInt8], header: ImageHeader, eighths: Int) throws(ImageFault) -> StoredPixels

  /// Reads what the file says beside its pixels, which are not looked at.
  func metadata(of bytes: [UInt8]) -> ImageMetadata

  /// The same codec where most files hold luma by itself, as JPEGs do; `nil` where none does.
  var lumaCodec: (any LumaCodec)? { get }
}

/// Most codecs decode whole pictures at their own size.
extension ImageCodec {
  func eighths(of header: ImageHeader, leastSide: Int?) -> Int { 8 }

  var lumaCodec: (any LumaCodec)? { nil }
}

/// A codec whose files hold luma by itself, so that most pictures can be compared without decoding all of them.
protocol LumaCodec: ImageCodec {
  /// Decodes the luma, and the colour where that is wanted.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limits: What the image may cost.
  ///   - leastSide: Pixels that the shorter side keeps, if it has them.
  ///   - leastColourSide: Pixels that the shorter side of the colour keeps, if it has them; 0 where it is not wanted.
  ///   - scratch: Holds the samples afterwards.
  /// - Returns: Where they are; `nil` where this file holds no luma by itself.
  /// - Throws: What the codec finds wrong.
  func planes(
    of bytes: [UInt8], limits: ImageLimits, leastSide: Int, leastColourSide: Int, scratch: DecoderScratch
  ) throws(ImageFault) -> StoredPlanes?

  /// Takes apart what of a file decides its pixels: a digest of that is had without decoding them.
  func codedPicture(in bytes: [UInt8]) -> CodedPicture
}

extension LumaCodec {
  var lumaCodec: (any LumaCodec)? { self }
}

/// What a file's header declares.
struct ImageHeader {
  /// Columns, 1 or more.
  var width: Int
  /// Rows, 1 or more.
  var height: Int
  /// 8 or 16.
  var bitsPerChannel: Int
  /// Whether pixels may be transparent.
  var hasAlpha: Bool
  /// Bytes of what the codec holds of the whole picture besides its pixels: the coefficients of a JPEG in several scans.
  var coefficientByteCount: Int
}

/// A picture as a codec decodes it.
struct StoredPixels {
  /// `height * width * 4` channels of the header's bits: R, G, B, A, row-major.
  var pixels: [UInt8]
  /// Columns, 1 or more.
  var width: Int
  /// Rows, 1 or more.
  var height: Int
  /// What was wrong with the file and did not keep it from being read.
  var repairs: ImageRepairs
}

/// Luma and colour as a codec decodes them: they stand in the scratch.
struct StoredPlanes {
  /// Columns and rows of the whole picture, 1 or more.
  var width: Int
  var height: Int
  var luma: StoredChannel
  /// Cb and Cr, or none.
  var colour: [StoredChannel]
}

/// One channel of samples.
struct StoredChannel {
  /// Where its first sample is, and how far it is from one sample to the next.
  var start: Int
  var step: Int
  /// Columns and rows, 1 or more.
  var width: Int
  var height: Int
}
