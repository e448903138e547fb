public import SplitSealFingerprint
internal import SplitSealImage

extension Fingerprint {
  /// Changes whenever the bytes of a coded fingerprint mean something else.
  public static let codingVersion = 1

  /// The fingerprint as bytes: about 1 KB, and 258 bytes more with PDQ.
  ///
  /// Little-endian: format (1 byte), 1 if there is PDQ (1), width (4), height (4), SHA-256 (4 x 8), XXH3 (2 x 8), byte
  /// count (8), pixel digest (2 x 8), plain views (2), the descriptors (64 a view); with PDQ the quality (2), then the
  /// standard's four hashes and the four centred ones (8 x 32).
  public var coded: [UInt8] {
    var writer = ByteWriter(byteCount: pdq == nil ? 1_100 : 1_400)
    writer.append(Self.code(of: format))
    writer.append(pdq == nil ? UInt8(0) : 1)
    writer.append(UInt32(width))
    writer.append(UInt32(height))
    writer.append(content.sha256.words)
    writer.append(content.xxh3.high)
    writer.append(content.xxh3.low)
    writer.append(UInt64(content.byteCount))
    writer.append(pixels.high)
    writer.append(pixels.low)
    writer.append(descriptors.plainViews)
    writer.append(descriptors.values)
    if let pdq {
      writer.append(UInt16(pdq.quality))
      for hashes in [pdq.standard, pdq.centred] {
        for hash in [hashes.identity, hashes.mirror, hashes.turn180, hashes.flip] { writer.append(hash.words) }
      }
    }
    return writer.bytes
  }

  /// Reads a coded fingerprint; `nil` when the bytes are not one.
  public init?(coded bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    guard let code = reader.number(UInt8.self), let format = Self.format(ofCode: code),
      let hasPDQ = reader.number(UInt8.self), hasPDQ <= 1,
      let width = reader.number(UInt32.self), let height = reader.number(UInt32.self),
      let sha256 = reader.words(), let xxh3 = reader.digest(), let byteCount = reader.number(UInt64.self),
      byteCount <= Int.max, let pixels = reader.digest(), let plainViews = reader.number(UInt16.self),
      let values = reader.numbers(DescriptorView.allCases.count * GradientDescriptors.length), !values.contains(.min)
    else { return nil }
    var pdq: PDQHashSet?
    if hasPDQ == 1 {
      guard let quality = reader.number(UInt16.self), quality <= 100, let standard = reader.orientations(),
        let centred = reader.orientations()
      else { return nil }
      pdq = PDQHashSet(standard: standard, centred: centred, quality: Int(quality))
    }
    guard reader.isAtEnd else { return nil }
    self.init(
      content: ContentDigest(sha256: Digest256(words: sha256), xxh3: xxh3, byteCount: Int(byteCount)), pixels: pixels,
      format: format, width: Int(width), height: Int(height), pdq: pdq,
      descriptors: GradientDescriptors(values: values, plainViews: plainViews))
  }

  private static let codes: [ImageFormat] = [.jpeg, .png, .webp, .gif, .tiff, .bmp, .heic, .avif]

  private static func code(of format: ImageFormat) -> UInt8 { UInt8(codes.firstIndex(of: format) ?? codes.count) }

  private static func format(ofCode code: UInt8) -> ImageFormat? { Int(code) < codes.count ? codes[Int(code)] : nil }
}

extension ByteReader {
  fileprivate mutating func digest() -> Digest128? {
    guard let high = number(UInt64.self), let low = number(UInt64.self) else { return nil }
    return Digest128(high: high, low: low)
  }

  fileprivate mutating func orientations() -> PDQOrientations? {
    guard let identity = words(), let mirror = words(), let turn180 = words(), let flip = words() else { return nil }
    return PDQOrientations(
      identity: PDQHash(words: identity), mirror: PDQHash(words: mirror), turn180: PDQHash(words: turn180),
      flip: PDQHash(words: flip))
  }
}
