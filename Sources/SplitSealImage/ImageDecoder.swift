/// Turns the bytes of a file into pixels.
///
/// JPEG and PNG are decoded; other known formats are named and refused. A file that a codec can only decode by guessing
/// (cut off, with damaged codes, with wrong check sums) is a fault, never a picture.
public enum ImageDecoder {
  /// The pixels that a limit may allow at most, 2^30: 4 GiB of RGBA, 8 GiB at 16 bits.
  static let maximumPixelCount = 1 << 30

  /// Decodes one image held in memory.
  ///
  /// The file's name plays no part. Limits are checked before anything of the picture's size is allocated.
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limits: What the image may cost. Limits of more than 2^30 pixels are taken as 2^30.
  /// - Returns: The pixels as stored, and the EXIF orientation beside them.
  /// - Throws: An ``ImageFault``: `.empty`, `.tooManyBytes`, `.notAnImage`, `.unsupported`, `.tooManyPixels`, `.truncated`
  ///   or `.corrupt`, in this order where several apply; `.unreadable` where memory does not suffice.
  /// - Complexity: O(bytes + pixels). A progressive JPEG takes one pass over the pixels a scan, of which there may be 500.
  public static func decode(_ bytes: [UInt8], limits: ImageLimits = ImageLimits()) throws(ImageFault) -> DecodedImage {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= limits.maximumByteCount else {
      throw .tooManyBytes(count: bytes.count, limit: limits.maximumByteCount)
    }
    guard let format = ImageFormat(sniffing: bytes) else { throw .notAnImage }

    let codec: ImageCodec
    let exif: Range<Int>?
    switch format {
    case .jpeg:
      let markers = JPEGMarkers(bytes)
      // Some versions of the codec decode these and some do not; results must not depend on it.
      if let detail = markers.unsupportedDetail { throw .unsupported(.jpeg, detail: detail) }
      codec = .jpeg
      exif = markers.exif
    case .png:
      codec = .png
      exif = exifChunk(ofPNG: bytes)
    case .webp, .gif, .tiff, .bmp, .heic, .avif:
      throw .unsupported(format, detail: nil)
    }

    let pixelLimit = min(max(limits.maximumPixelCount, 0), maximumPixelCount)
    let header = try codec.header(of: bytes, pixelLimit: pixelLimit)
    return DecodedImage(
      format: format, width: header.width, height: header.height, bitsPerChannel: header.bitsPerChannel,
      orientation: exif.map { orientation(ofEXIF: bytes[$0]) } ?? .identity,
      pixels: try codec.pixels(of: bytes, header: header))
  }
}
