/// What an image file says beside its pixels.
public struct ImageMetadata: Hashable, Sendable {
  /// How it was written; `nil` for what is no JPEG.
  public let jpeg: JPEGTraits?
  /// How the picture was taken.
  public let exif: EXIFDetails

  /// Nothing is known.
  public static let none = ImageMetadata(jpeg: nil, exif: .none)

  private init(jpeg: JPEGTraits?, exif: EXIFDetails) {
    self.jpeg = jpeg
    self.exif = exif
  }

  /// Reads the segments or chunks of a file that was decoded; pixels are not looked at.
  ///
  /// - Complexity: O(length of what stands before a JPEG's first scan), O(number of a PNG's chunks).
  public init(ofFile bytes: [UInt8]) {
    switch ImageFormat(sniffing: bytes) {
    case .jpeg:
      let markers = JPEGMarkers(bytes)
      self.init(
        jpeg: JPEGTraits(bytes, markers), exif: markers.exif.map { EXIFDetails(bytes[$0]) } ?? .none)
    case .png:
      self.init(jpeg: nil, exif: exifChunk(ofPNG: bytes).map { EXIFDetails(bytes[$0]) } ?? .none)
    case .webp, .gif, .tiff, .bmp, .heic, .avif, nil:
      self = .none
    }
  }
}
