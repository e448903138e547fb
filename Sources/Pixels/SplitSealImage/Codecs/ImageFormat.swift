/// What kind of file an image is, told from its first bytes and never from its name.
public enum ImageFormat: String, Hashable, Sendable, CaseIterable {
  case jpeg
  case png
  case webp
  case gif
  case tiff
  case bmp
  case heic
  case avif
}

extension ImageFormat {
  /// Tells a format by the first bytes of a file; `nil` where they are those of no known format.
  ///
  /// At most 64 bytes are looked at, so a prefix of that length does as well as the file. A recognised format does not
  /// mean that the rest is sound.
  /// - Parameter bytes: The file's bytes, or its first 64.
  public init?(sniffing bytes: some Collection<UInt8>) {
    let start = FileStart(bytes)
    guard let found = ImageFormats.all.first(where: { $0.recognises(start) }) else { return nil }
    self = found.format
  }

  /// The number that stands for the format in coded files.
  package var wireCode: UInt8 { ImageFormats.description(of: self).wireCode }

  /// Whether files of this format have usually lost detail, and hold noise of their own instead.
  public var isLossy: Bool { codec?.isLossy ?? false }

  /// Whether most files hold luma by itself: such a picture is compared without decoding all of it, and the digest of its
  /// pixels is that of their coded form.
  public var holdsLuma: Bool { codec?.lumaCodec != nil }

  /// What decodes files of this format; `nil` where they are only recognised.
  var codec: (any ImageCodec)? { ImageFormats.description(of: self).codec }
}
