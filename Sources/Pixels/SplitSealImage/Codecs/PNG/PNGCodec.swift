internal import CImageCodecs

/// PNG, by libpng.
struct PNGCodec: ImageCodec {
  /// - Source: PNG 3rd edition 5.2.
  static let format = FormatDescription(.png, wireCode: 1, codec: PNGCodec()) { start in
    start.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  var isLossy: Bool { false }
  var fileExtensions: [String] { ["png"] }
  var libraryVersion: String { unsafe CodecCall.version { unsafe ss_png_library_version($0, $1) } }

  func exif(in bytes: [UInt8]) -> Range<Int>? { exifChunk(ofPNG: bytes) }

  func header(of bytes: [UInt8], pixelLimit: Int) throws(ImageFault) -> ImageHeader {
    unsafe try ImageHeader(of: .png, pixelLimit: pixelLimit) { header, message in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe ss_png_read_header(bytes.baseAddress, bytes.count, UInt64(pixelLimit), &header, message)
      }
    }
  }

  func pixels(of bytes: [UInt8], header: ImageHeader, eighths: Int) throws(ImageFault) -> StoredPixels {
    var repairs = ss_png_repairs()
    var picture = unsafe try StoredPixels(of: .png, header: header, eighths: eighths) { pixels, byteCount, message in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe ss_png_decode(bytes.baseAddress, bytes.count, pixels, byteCount, &repairs, message)
      }
    }
    if repairs.check_sum { picture.repairs.insert(.checkSum) }
    if repairs.end { picture.repairs.insert(.end) }
    return picture
  }

  func metadata(of bytes: [UInt8]) -> ImageMetadata {
    ImageMetadata(jpeg: nil, exif: exifChunk(ofPNG: bytes).map { EXIFDetails(bytes[$0]) } ?? .none)
  }
}
