/// The catalogue of formats: whatever needs a list of formats or codecs takes it from here.
///
/// To add a codec for a format that is only recognised so far, move its description from RecognisedFormats.swift to the
/// codec's folder and name it here.
enum ImageFormats {
  /// What is known of a format.
  static func description(of format: ImageFormat) -> FormatDescription {
    switch format {
    case .jpeg: JPEGCodec.format
    case .png: PNGCodec.format
    case .webp: .webp
    case .gif: .gif
    case .tiff: .tiff
    case .bmp: .bmp
    case .heic: .heic
    case .avif: .avif
    }
  }

  /// All formats, in the order in which a file is tried for them.
  static let all: [FormatDescription] = ImageFormat.allCases.map { description(of: $0) }
}

/// The codecs there are.
enum ImageCodecs {
  /// One for each format that is decoded.
  static let all: [any ImageCodec] = ImageFormats.all.compactMap(\.codec)
}
