/// What is known of a format of image files.
struct FormatDescription: Sendable {
  /// The format.
  let format: ImageFormat
  /// The number that stands for it in coded files; once given it never changes.
  let wireCode: UInt8
  /// What decodes it; `nil` where it is only recognised.
  let codec: (any ImageCodec)?
  /// Whether a file that starts so is of this format.
  let recognises: @Sendable (FileStart) -> Bool

  init(
    _ format: ImageFormat, wireCode: UInt8, codec: (any ImageCodec)? = nil,
    recognises: @escaping @Sendable (FileStart) -> Bool
  ) {
    self.format = format
    self.wireCode = wireCode
    self.codec = codec
    self.recognises = recognises
  }
}

/// The first bytes of a file, by which its format is told.
struct FileStart: Sendable {
  /// At most 64.
  let bytes: [UInt8]

  init(_ file: some Collection<UInt8>) { bytes = Array(file.prefix(64)) }

  /// Whether some bytes are there.
  func has(_ signature: [UInt8], at offset: Int = 0) -> Bool {
    bytes.count >= offset + signature.count
      && bytes[offset..<offset + signature.count].elementsEqual(signature)
  }

  /// Whether a text is there.
  func has(_ text: StaticString, at offset: Int = 0) -> Bool {
    text.withUTF8Buffer { text in
      unsafe bytes.count >= offset + text.count && bytes[offset..<offset + text.count].elementsEqual(text)
    }
  }
}
