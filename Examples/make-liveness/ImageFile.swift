import CTestImages

/// A picture and how it is stored.
struct ImageFile: Sendable {
  /// How a picture is stored.
  enum Encoding: Sendable {
    /// `quality` 0...100; `orientation` is the EXIF value to write, `nil` for none.
    case jpeg(quality: Int, orientation: UInt16? = nil)
    case png(interlaced: Bool = false)
  }

  let picture: Bitmap
  let encoding: Encoding

  /// The bytes of the file.
  ///
  /// - Throws: ``EncodingRefused`` when the codec refuses, which no picture of this program makes it do.
  func encoded() throws(EncodingRefused) -> [UInt8] {
    // Noise may make a file larger than its pixels; twice the pixels and room for headers is always enough.
    let capacity = picture.samples.count * 2 + 4_096
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      count =
        switch encoding {
        case .jpeg(let quality, let orientation):
          unsafe encodeJPEG(quality: quality, orientation: orientation, into: start, capacity: capacity)
        case .png(let interlaced): unsafe encodePNG(interlaced: interlaced, into: start, capacity: capacity)
        }
    }
    guard !bytes.isEmpty else { throw EncodingRefused() }
    return bytes
  }

  private func encodeJPEG(
    quality: Int, orientation: UInt16?, into buffer: UnsafeMutablePointer<UInt8>, capacity: Int
  ) -> Int {
    var options = ss_test_jpeg_options()
    options.width = UInt32(picture.width)
    options.height = UInt32(picture.height)
    options.space = SS_TEST_JPEG_YCBCR
    options.quality = Int32(quality)
    options.exif_orientation = orientation ?? 0
    return unsafe ss_test_encode_jpeg(picture.samples, &options, buffer, capacity)
  }

  private func encodePNG(interlaced: Bool, into buffer: UnsafeMutablePointer<UInt8>, capacity: Int) -> Int {
    var options = unsafe ss_test_png_options()
    unsafe options.width = UInt32(picture.width)
    unsafe options.height = UInt32(picture.height)
    unsafe options.colour = SS_TEST_PNG_RGB
    unsafe options.bit_depth = 8
    unsafe options.interlaced = interlaced
    unsafe options.compression_level = 6
    return unsafe ss_test_encode_png(picture.samples, &options, buffer, capacity)
  }
}

/// The codec would not encode a picture.
struct EncodingRefused: Error {}
