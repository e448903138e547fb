internal import CImageCodecs

/// Writes JPEGs: pictures that went through the codec look as re-encoded copies do.
public enum JPEGEncoder {
  /// Bytes that a pixel takes at most, and those of the headers.
  ///
  /// A coefficient takes 26 bits with its code, twice that where all bytes are escaped; 4:2:0 has 6 blocks of 64
  /// coefficients for 256 pixels.
  private static let (bytesPerPixel, headerByteCount) = (10, 1024)

  /// Encodes a picture as baseline JPEG, YCbCr 4:2:0.
  ///
  /// - Parameters:
  ///   - pixels: `height * width * 3` bytes: R, G, B; row-major.
  ///   - width: Columns, 1...65,500.
  ///   - height: Rows, 1...65,500.
  ///   - quality: libjpeg's quality, 1...100.
  /// - Returns: The bytes of the file; the same for every version of the codec that rounds as libjpeg's integer DCT.
  /// - Throws: `.unsupported` when a side is out of its range, `.unreadable` where memory does not suffice.
  public static func encode(_ pixels: [UInt8], width: Int, height: Int, quality: Int) throws(ImageFault) -> [UInt8] {
    precondition(pixels.count == height * width * 3, "pixels do not fill width x height")
    guard (1...65_500).contains(width), (1...65_500).contains(height) else {
      throw .unsupported(.jpeg, detail: "a side is longer than 65,500 pixels")
    }
    let capacity = (width + 15) / 16 * 16 * ((height + 15) / 16 * 16) * bytesPerPixel + headerByteCount
    var status = SS_CODEC_OK
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { bytes, count in
      var message = [CChar](repeating: 0, count: Int(SS_CODEC_MESSAGE_CAPACITY))
      status = unsafe ss_jpeg_encode(
        pixels, UInt32(width), UInt32(height), Int32(quality), bytes.baseAddress, capacity, &count, &message)
    }
    guard status == SS_CODEC_OK else { throw .unreadable(reason: "not enough memory to encode it") }
    return bytes
  }
}
