/// Turns the bytes of a file into pixels.
///
/// Formats with a codec (``formats``) are decoded; other known formats are named and refused. A file that a codec can only
/// decode by guessing (cut off, with damaged codes, with wrong check sums) is a fault, never a picture.
public enum ImageDecoder {
  /// The formats that are decoded.
  public static let formats = ImageFormat.allCases.filter { $0.codec != nil }

  /// How the names of files in these formats usually end, in lower case, without the dot.
  public static let fileExtensions = ImageCodecs.all.flatMap(\.fileExtensions)

  /// The pixels that a limit may allow at most, 2^30: 4 GiB of RGBA, 8 GiB at 16 bits.
  package static let maximumPixelCount = 1 << 30

  /// Decodes one image held in memory.
  ///
  /// The file's name plays no part. Limits are checked before anything of the picture's size is allocated.
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limits: What the image may cost. Limits of more than 2^30 pixels are taken as 2^30.
  ///   - leastSide: Where a smaller picture will do, the pixels that its shorter side must keep: a codec that can scale
  ///     (a JPEG's, by its DCT) decodes an eighth, a quarter or half. `nil` for the picture as it is.
  /// - Returns: The pixels as stored, and the EXIF orientation beside them.
  /// - Throws: An ``ImageFault``: `.empty`, `.tooManyBytes`, `.notAnImage`, `.unsupported`, `.tooManyPixels`,
  ///   `.tooMuchMemory`, `.truncated` or `.corrupt`, in this order where several apply; `.unreadable` where memory does not
  ///   suffice.
  /// - Complexity: O(bytes + pixels). A progressive JPEG takes one pass over the pixels a scan, of which there may be 500.
  public static func decode(
    _ bytes: [UInt8], limits: ImageLimits = ImageLimits(), leastSide: Int? = nil
  ) throws(ImageFault) -> DecodedImage {
    let container = try ImageContainer(bytes, limits: limits)
    let header = try container.codec.header(of: bytes, pixelLimit: limits.pixelLimit)
    let orientation = container.orientation(in: bytes)
    let eighths = container.codec.eighths(of: header, leastSide: leastSide)
    try DecodingMemory.check(header.memory(eighths: eighths, orientation: orientation), limits)
    let picture = try container.codec.pixels(of: bytes, header: header, eighths: eighths)
    return DecodedImage(
      format: container.format, width: picture.width, height: picture.height, bitsPerChannel: header.bitsPerChannel,
      orientation: orientation, pixels: picture.pixels, repairs: picture.repairs)
  }

  /// Decodes the luma of one image held in memory, scaled down, where the file holds luma by itself.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limits: What the image may cost.
  ///   - leastSide: Pixels that the shorter side keeps, if it has them.
  ///   - leastColourSide: Pixels that the shorter side of the colour keeps, if it has them; 0 where it is not wanted. The
  ///     luma is the same either way.
  ///   - scratch: Kept by the caller between files.
  /// - Returns: The luma; `nil` where the file holds none by itself: its format never does (``ImageFormat/holdsLuma``), or it
  ///   is a JPEG in RGB, CMYK or YCCK.
  /// - Throws: As ``decode(_:limits:leastSide:)``.
  public static func decodeLuma(
    _ bytes: [UInt8], limits: ImageLimits = ImageLimits(), leastSide: Int, leastColourSide: Int = 0,
    scratch: DecoderScratch
  ) throws(ImageFault) -> DecodedLuma? {
    let container = try ImageContainer(bytes, limits: limits)
    guard let codec = container.codec.lumaCodec,
      let planes = try codec.planes(
        of: bytes, limits: limits, leastSide: leastSide, leastColourSide: leastColourSide, scratch: scratch)
    else { return nil }
    let orientation = container.orientation(in: bytes)
    return DecodedLuma(
      format: container.format,
      width: orientation.swapsAxes ? planes.height : planes.width,
      height: orientation.swapsAxes ? planes.width : planes.height,
      orientation: orientation,
      plane: LumaPlane(planes.luma, of: scratch.samples, orientation: orientation),
      colour: planes.colour.map { LumaPlane($0, of: scratch.samples, orientation: orientation) },
      codec: codec)
  }
}

/// The luma of a picture as a person sees it.
public struct DecodedLuma: Sendable {
  /// The format of the file.
  public let format: ImageFormat
  /// Columns of the whole picture, EXIF orientation applied.
  public let width: Int
  /// Rows of the whole picture, EXIF orientation applied.
  public let height: Int
  /// The EXIF orientation that was applied.
  public let orientation: Orientation
  /// The luma, scaled down.
  public let plane: LumaPlane
  /// Cb and Cr, 128 for no colour, of the same part of the picture; empty where there is none or it was not asked for.
  public let colour: [LumaPlane]
  /// What decoded it.
  let codec: any LumaCodec

  /// What decides the pixels of the file that this luma is from.
  ///
  /// - Parameter bytes: The whole file, the same that was decoded.
  /// - Returns: Its parts, without metadata.
  public func codedPicture(in bytes: [UInt8]) -> CodedPicture { codec.codedPicture(in: bytes) }
}

/// What kind of file the bytes are, before any codec looks at them.
private struct ImageContainer {
  let format: ImageFormat
  let codec: any ImageCodec
  private let exif: Range<Int>?

  init(_ bytes: [UInt8], limits: ImageLimits) throws(ImageFault) {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= limits.maximumByteCount else {
      throw .tooManyBytes(count: bytes.count, limit: limits.maximumByteCount)
    }
    guard let format = ImageFormat(sniffing: bytes) else { throw .notAnImage }
    guard let codec = format.codec else { throw .unsupported(format, detail: nil) }
    self.format = format
    self.codec = codec
    exif = try codec.exif(in: bytes)
  }

  func orientation(in bytes: [UInt8]) -> Orientation {
    exif.map { SplitSealImage.orientation(ofEXIF: bytes[$0]) } ?? .identity
  }
}
