internal import CImageCodecs

/// One of the two codecs behind the C boundary.
///
/// All calls into C are here.
enum ImageCodec {
  case jpeg
  case png

  /// What a file's header declares.
  struct Header {
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

  /// One channel of a JPEG, which stands in the scratch.
  struct Channel {
    /// Where its first sample is, and how far it is from one sample to the next.
    var start: Int
    var step: Int
    /// Columns and rows, 1 or more.
    var width: Int
    var height: Int
  }

  /// The channels of a JPEG.
  struct Planes {
    /// Columns and rows of the whole picture, 1 or more.
    var width: Int
    var height: Int
    var luma: Channel
    /// Cb and Cr, or none.
    var colour: [Channel]
  }

  /// What the libraries say of themselves, on one line.
  static let libraryVersions: String = {
    var text = [CChar](repeating: 0, count: Int(SSC_MESSAGE_CAPACITY))
    unsafe text.withUnsafeMutableBufferPointer { unsafe ssc_library_versions($0.baseAddress, $0.count) }
    // It becomes part of certificates and shards: printable ASCII, whatever a library says.
    return String(
      decoding: text.prefix { $0 != 0 }.map { (0x20...0x7E).contains($0) ? UInt8($0) : UInt8(ascii: "?") },
      as: UTF8.self)
  }()

  /// The scale, in eighths, at which the shorter side keeps `leastSide` pixels if it has them: 1, 2, 4 or 8.
  func eighths(of header: Header, leastSide: Int?) -> Int {
    guard case .jpeg = self, let leastSide else { return 8 }
    let side = min(header.width, header.height)
    return [1, 2, 4].first { side * $0 / 8 >= leastSide } ?? 8
  }

  /// Reads the header and decodes nothing.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - pixelLimit: Pixels that the header may declare, 0...2^30.
  /// - Returns: The header.
  /// - Throws: `.tooManyPixels` and what the codec finds wrong before the picture begins.
  func header(of bytes: [UInt8], pixelLimit: Int) throws(ImageFault) -> Header {
    var header = ssc_image_header()
    let (status, message) = unsafe diagnose { message in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        switch self {
        case .jpeg:
          unsafe ssc_jpeg_read_header(bytes.baseAddress, bytes.count, UInt64(pixelLimit), &header, message)
        case .png:
          unsafe ssc_png_read_header(bytes.baseAddress, bytes.count, UInt64(pixelLimit), &header, message)
        }
      }
    }
    if status == SSC_TOO_MANY_PIXELS {
      throw .tooManyPixels(width: Int(header.width), height: Int(header.height), limit: pixelLimit)
    }
    if let fault = fault(status, message) { throw fault }
    return Header(
      width: Int(header.width), height: Int(header.height), bitsPerChannel: Int(header.bits_per_channel),
      hasAlpha: header.has_alpha, coefficientByteCount: Int(header.coefficient_bytes))
  }

  /// Decodes the picture.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - header: The header of the same bytes.
  ///   - eighths: The scale; 8 for a PNG.
  /// - Returns: The pixels, R, G, B, A, row-major, with their columns and rows, and what was wrong with the file.
  /// - Throws: What the codec finds wrong.
  func pixels(
    of bytes: [UInt8], header: Header, eighths: Int
  ) throws(ImageFault) -> (pixels: [UInt8], width: Int, height: Int, repairs: ImageRepairs) {
    var found: ImageFault?
    var repairs = ssc_png_repairs()
    let (width, height) = ((header.width * eighths + 7) / 8, (header.height * eighths + 7) / 8)
    let byteCount = width * height * 4 * header.bitsPerChannel / 8
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { pixels, count in
      let (status, message) = unsafe diagnose { message in
        unsafe bytes.withUnsafeBufferPointer { bytes in
          switch self {
          case .jpeg:
            unsafe ssc_jpeg_decode(
              bytes.baseAddress, bytes.count, UInt32(eighths), pixels.baseAddress, byteCount, message)
          case .png:
            unsafe ssc_png_decode(bytes.baseAddress, bytes.count, pixels.baseAddress, byteCount, &repairs, message)
          }
        }
      }
      found = fault(status, message)
      count = found == nil ? byteCount : 0
    }
    if let found { throw found }
    var all: ImageRepairs = []
    if repairs.check_sum { all.insert(.checkSum) }
    if repairs.end { all.insert(.end) }
    return (pixels, width, height, all)
  }

  /// Decodes the luma of a JPEG, and its colour where that is wanted.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limits: What the image may cost.
  ///   - leastSide: Pixels that the shorter side keeps, if it has them.
  ///   - leastColourSide: Pixels that the shorter side of the colour keeps, if it has them; 0 where it is not wanted.
  ///   - scratch: Holds the samples afterwards.
  /// - Returns: Where they are; `nil` where the file holds no luma by itself.
  /// - Throws: What the codec finds wrong.
  func planes(
    of bytes: [UInt8], limits: ImageLimits, leastSide: Int, leastColourSide: Int, scratch: DecoderScratch
  ) throws(ImageFault) -> Planes? {
    let regular = try regularPlanes(
      of: bytes, limits: limits, leastSide: leastSide, leastColourSide: leastColourSide, scratch: scratch)
    if let regular { return regular }
    return try anyPlanes(
      of: bytes, limits: limits, leastSide: leastSide, withColour: leastColourSide > 0, scratch: scratch)
  }

  /// As most JPEGs are; `nil` for the others, and for those that are damaged.
  private func regularPlanes(
    of bytes: [UInt8], limits: ImageLimits, leastSide: Int, leastColourSide: Int, scratch: DecoderScratch
  ) throws(ImageFault) -> Planes? {
    guard let state = unsafe scratch.state else { return nil }
    var header = ssc_planes_header()
    func decode() -> ssc_status {
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe scratch.samples.withUnsafeMutableBufferPointer { samples in
          unsafe ssc_baseline_decode(
            state, bytes.baseAddress, bytes.count, UInt64(limits.pixelLimit), UInt32(leastSide),
            UInt32(leastColourSide), &header, samples.baseAddress, samples.count)
        }
      }
    }
    var status = decode()
    let luma = Channel(start: 0, step: 1, width: Int(header.luma_width), height: Int(header.luma_height))
    let (columns, rows) = (Int(header.colour_width), Int(header.colour_height))
    let (lumaCount, colourCount) = (luma.width * luma.height, columns * rows)
    if status == SSC_BUFFER_TOO_SMALL {
      try DecodingMemory.check(DecodingMemory.bytesPerSample * (lumaCount + 2 * colourCount), limits)
      scratch.samples = Array(repeating: 0, count: lumaCount + 2 * colourCount)
      status = decode()
    }
    guard status == SSC_OK else { return nil }
    let colour = [lumaCount, lumaCount + colourCount].map { Channel(start: $0, step: 1, width: columns, height: rows) }
    return Planes(
      width: Int(header.width), height: Int(header.height), luma: luma, colour: colourCount > 0 ? colour : [])
  }

  /// As the codec decodes them: the channels of a pixel one after the other.
  private func anyPlanes(
    of bytes: [UInt8], limits: ImageLimits, leastSide: Int, withColour: Bool, scratch: DecoderScratch
  ) throws(ImageFault) -> Planes? {
    let pixelLimit = limits.pixelLimit
    try DecodingMemory.check(self.header(of: bytes, pixelLimit: pixelLimit).coefficientByteCount, limits)
    var header = ssc_luma_header()
    for _ in 0..<2 {
      let (status, message) = unsafe diagnose { message in
        unsafe bytes.withUnsafeBufferPointer { bytes in
          unsafe scratch.samples.withUnsafeMutableBufferPointer { pixels in
            unsafe ssc_jpeg_decode_luma(
              bytes.baseAddress, bytes.count, UInt64(pixelLimit), UInt32(leastSide), withColour, &header,
              pixels.baseAddress, pixels.count, message)
          }
        }
      }
      let (width, height, channels) = (Int(header.luma_width), Int(header.luma_height), Int(header.channels))
      switch status {
      case SSC_BUFFER_TOO_SMALL:
        try DecodingMemory.check(DecodingMemory.bytesPerSample * width * height * channels, limits)
        scratch.samples = Array(repeating: 0, count: width * height * channels)
      case SSC_NO_LUMA:
        return nil
      case SSC_TOO_MANY_PIXELS:
        throw .tooManyPixels(width: Int(header.width), height: Int(header.height), limit: pixelLimit)
      default:
        if let fault = fault(status, message) { throw fault }
        let all = (0..<channels).map { Channel(start: $0, step: channels, width: width, height: height) }
        return Planes(
          width: Int(header.width), height: Int(header.height), luma: all[0], colour: Array(all.dropFirst()))
      }
    }
    throw .unreadable(reason: "not enough memory to decode it")
  }

  /// Runs a call into C with a message buffer and gives what it returned and wrote.
  private func diagnose(_ call: (UnsafeMutablePointer<CChar>?) -> ssc_status) -> (ssc_status, String) {
    var message = [CChar](repeating: 0, count: Int(SSC_MESSAGE_CAPACITY))
    let status = unsafe message.withUnsafeMutableBufferPointer { unsafe call($0.baseAddress) }
    let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return (status, sentence(String(decoding: text, as: UTF8.self)))
  }

  /// Maps a status to a fault; `nil` when the call succeeded.
  private func fault(_ status: ssc_status, _ message: String) -> ImageFault? {
    switch status {
    case SSC_OK: nil
    case SSC_TRUNCATED: .truncated(reason: message)
    case SSC_UNSUPPORTED: .unsupported(self == .jpeg ? .jpeg : .png, detail: message)
    case SSC_OUT_OF_MEMORY: .unreadable(reason: "not enough memory to decode it")
    default: .corrupt(reason: message)
    }
  }

  /// A codec's message in the voice of the faults: lower case, no full stop, printable ASCII.
  private func sentence(_ message: String) -> String {
    var bytes = message.utf8.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
    while bytes.last == UInt8(ascii: ".") || bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    if bytes.count >= 2, (0x41...0x5A).contains(bytes[0]), (0x61...0x7A).contains(bytes[1]) { bytes[0] |= 0x20 }
    return String(decoding: bytes, as: UTF8.self)
  }
}
