/// What an image file says beside its pixels.
public struct ImageMetadata: Hashable, Sendable {
  /// How it was written; `nil` for what is no JPEG.
  public let jpeg: JPEGTraits?
  /// How the picture was taken.
  public let exif: EXIFDetails

  /// Nothing is known.
  public static let none = ImageMetadata(jpeg: nil, exif: .none)

  init(jpeg: JPEGTraits?, exif: EXIFDetails) {
    self.jpeg = jpeg
    self.exif = exif
  }

  /// Reads the segments or chunks of a file that was decoded; pixels are not looked at.
  ///
  /// - Complexity: O(length of what stands before a JPEG's first scan), O(number of a PNG's chunks).
  public init(ofFile bytes: [UInt8]) {
    self = ImageFormat(sniffing: bytes)?.codec?.metadata(of: bytes) ?? .none
  }
}
