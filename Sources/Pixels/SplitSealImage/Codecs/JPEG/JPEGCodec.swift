internal import CImageCodecs

/// JPEG, by libjpeg; and the luma of the usual files by our own decoder.
struct JPEGCodec: LumaCodec {
  /// - Source: ITU-T T.81 B.2.1.
  static let format = FormatDescription(.jpeg, wireCode: 0, codec: JPEGCodec()) { $0.has([0xFF, 0xD8, 0xFF]) }

  var isLossy: Bool { true }
  var fileExtensions: [String] { ["jpg", "jpeg"] }
  var libraryVersion: String { unsafe CodecCall.version { unsafe ss_jpeg_library_version($0, $1) } }

  func exif(in bytes: [UInt8]) throws(ImageFault) -> Range<Int>? {
    let markers = JPEGMarkers(bytes)
    // Some versions of the codec decode these and some do not; results must not depend on it.
    if let detail = markers.unsupportedDetail { throw .unsupported(.jpeg, detail: detail) }
    return markers.exif
  }

  func header(of bytes: [UInt8], pixelLimit: Int) throws(ImageFault) -> ImageHeader {
    unsafe try ImageHeader(of: .jpeg, pixelLimit: pixelLimit) { header, message in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe ss_jpeg_read_header(bytes.baseAddress, bytes.count, UInt64(pixelLimit), &header, message)
      }
    }
  }

  /// 1, 2, 4 or 8: the scales of libjpeg's DCT that all versions have.
  func eighths(of header: ImageHeader, leastSide: Int?) -> Int {
    guard let leastSide else { return 8 }
    let side = min(header.width, header.height)
    return [1, 2, 4].first { side * $0 / 8 >= leastSide } ?? 8
  }

  func pixels(of bytes: [UInt8], header: ImageHeader, eighths: Int) throws(ImageFault) -> StoredPixels {
    unsafe try StoredPixels(of: .jpeg, header: header, eighths: eighths) { pixels, byteCount, message in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe ss_jpeg_decode(bytes.baseAddress, bytes.count, UInt32(eighths), pixels, byteCount, message)
      }
    }
  }

  func metadata(of bytes: [UInt8]) -> ImageMetadata {
    let markers = JPEGMarkers(bytes)
    return ImageMetadata(
      jpeg: JPEGTraits(bytes, markers), exif: markers.exif.map { EXIFDetails(bytes[$0]) } ?? .none)
  }

  /// Tables and frame, and everything from the first scan on.
  func codedPicture(in bytes: [UInt8]) -> CodedPicture {
    let markers = JPEGMarkers(bytes)
    return CodedPicture(header: markers.decisive.flatMap { bytes[$0] }, body: bytes[markers.scanStart...])
  }
}
