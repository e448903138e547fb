internal import SplitSealBase
internal import CImageCodecs

/// A call of a codec across the C boundary: what it returned and wrote.
struct CodecCall {
  /// What became of it.
  let status: ss_codec_status
  /// What the codec had to say, in the voice of the faults: lower case, no full stop, printable ASCII.
  private let message: String

  /// Makes the call, with room for a message.
  init(_ call: (UnsafeMutablePointer<CChar>?) -> ss_codec_status) {
    var message = [CChar](repeating: 0, count: Int(SS_CODEC_MESSAGE_CAPACITY))
    status = unsafe message.withUnsafeMutableBufferPointer { unsafe call($0.baseAddress) }
    var bytes = Self.printable(message)
    while bytes.last == UInt8(ascii: ".") || bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    if bytes.count >= 2, (0x41...0x5A).contains(bytes[0]), (0x61...0x7A).contains(bytes[1]) { bytes[0] |= 0x20 }
    self.message = String(decoding: bytes, as: UTF8.self)
  }

  /// What a library says of its version, on one line.
  ///
  /// It becomes part of certificates and shards: printable ASCII, whatever a library says.
  static func version(_ call: (UnsafeMutablePointer<CChar>?, Int) -> Void) -> String {
    var text = [CChar](repeating: 0, count: Int(SS_CODEC_MESSAGE_CAPACITY))
    unsafe text.withUnsafeMutableBufferPointer { unsafe call($0.baseAddress, $0.count) }
    return String(decoding: printable(text), as: UTF8.self)
  }

  /// The fault that the status stands for; `nil` when the call succeeded.
  func fault(of format: ImageFormat) -> ImageFault? {
    switch status {
    case SS_CODEC_OK: nil
    case SS_CODEC_TRUNCATED: .truncated(reason: message)
    case SS_CODEC_UNSUPPORTED: .unsupported(format, detail: message)
    case SS_CODEC_OUT_OF_MEMORY: .unreadable(reason: "not enough memory to decode it")
    default: .corrupt(reason: message)
    }
  }

  private static func printable(_ text: [CChar]) -> [UInt8] {
    text.prefix { $0 != 0 }.map { (0x20...0x7E).contains($0) ? UInt8($0) : UInt8(ascii: "?") }
  }
}

extension ImageHeader {
  /// Reads a header across the C boundary.
  ///
  /// - Parameters:
  ///   - format: The format of the file.
  ///   - pixelLimit: Pixels that the header may declare.
  ///   - read: Fills in the header.
  /// - Throws: `.tooManyPixels` and what the codec finds wrong.
  init(
    of format: ImageFormat, pixelLimit: Int,
    _ read: (inout ss_codec_header, UnsafeMutablePointer<CChar>?) -> ss_codec_status
  ) throws(ImageFault) {
    var header = ss_codec_header()
    let call = unsafe CodecCall { unsafe read(&header, $0) }
    if call.status == SS_CODEC_TOO_MANY_PIXELS {
      throw .tooManyPixels(width: Int(header.width), height: Int(header.height), limit: pixelLimit)
    }
    if let fault = call.fault(of: format) { throw fault }
    self.init(
      width: Int(header.width), height: Int(header.height), bitsPerChannel: Int(header.bits_per_channel),
      hasAlpha: header.has_alpha, coefficientByteCount: Int(header.coefficient_bytes))
  }
}

extension StoredPixels {
  /// Decodes a picture across the C boundary.
  ///
  /// - Parameters:
  ///   - format: The format of the file.
  ///   - header: Its header.
  ///   - eighths: The scale.
  ///   - decode: Fills in the pixels, of which there are so many bytes.
  /// - Throws: What the codec finds wrong.
  init(
    of format: ImageFormat, header: ImageHeader, eighths: Int,
    _ decode: (UnsafeMutablePointer<UInt8>?, _ byteCount: Int, UnsafeMutablePointer<CChar>?) -> ss_codec_status
  ) throws(ImageFault) {
    var found: ImageFault?
    let (width, height) = ((header.width * eighths + 7) / 8, (header.height * eighths + 7) / 8)
    let byteCount = width * height * 4 * header.bitsPerChannel / 8
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { pixels, count in
      let start = pixels.baseAddress
      let call = unsafe CodecCall { unsafe decode(start, byteCount, $0) }
      found = call.fault(of: format)
      count = found == nil ? byteCount : 0
    }
    if let found { throw found }
    self.init(pixels: pixels, width: width, height: height, repairs: [])
  }
}
