package import SplitSealBase
internal import SplitSealImage

extension Fingerprint {
  /// Changes whenever the bytes of a coded fingerprint mean something else.
  public static let codingVersion = 3

  /// The fingerprint as bytes: about 1 KB, and 258 bytes more with PDQ.
  ///
  /// Little-endian: format (1 byte), flags (1: PDQ, 2 and 4: what was wrong with the file; 1 byte), width (4), height (4),
  /// SHA-256 (4 x 8), XXH3 (2 x 8), byte count (8), pixel digest (2 x 8), the properties (27 and the camera's name), plain
  /// views (2), the descriptors (64 a view); with PDQ the quality (2), then the standard's four hashes and the four centred
  /// ones (8 x 32).
  public var coded: [UInt8] {
    var writer = ByteWriter(byteCount: pdq == nil ? 1_100 : 1_400)
    append(to: &writer)
    return writer.bytes
  }

  /// Writes the fingerprint behind what is there.
  package func append(to writer: inout ByteWriter) {
    writer.append(format.wireCode)
    writer.append(repairs.rawValue << 1 | (pdq == nil ? 0 : 1))
    writer.append(UInt32(width))
    writer.append(UInt32(height))
    writer.append(content)
    writer.append(pixels)
    writer.append(properties)
    writer.append(descriptors.plainViews)
    writer.append(descriptors)
    if let pdq {
      writer.append(UInt16(pdq.quality))
      for hashes in [pdq.standard, pdq.centred] {
        for hash in [hashes.identity, hashes.mirror, hashes.turn180, hashes.flip] { writer.append(hash.words) }
      }
    }
  }

  /// Reads a coded fingerprint; `nil` when the bytes are not one.
  ///
  /// - Parameters:
  ///   - bytes: What ``coded`` gave.
  ///   - arena: Takes the descriptors, so that a million of them are not a million allocations.
  public init?(coded bytes: [UInt8], into arena: inout DescriptorArena) {
    var reader = ByteReader(bytes)
    self.init(from: &reader, into: &arena)
    guard reader.isAtEnd else { return nil }
  }

  /// Reads a coded fingerprint, with memory of its own; `nil` when the bytes are not one.
  public init?(coded bytes: [UInt8]) {
    var arena = DescriptorArena(blockCapacity: 1)
    self.init(coded: bytes, into: &arena)
  }

  /// Reads the fingerprint that comes next; `nil` when none does.
  package init?(from reader: inout ByteReader, into arena: inout DescriptorArena) {
    guard let code = reader.number(UInt8.self), let format = ImageFormat(wireCode: code),
      let flags = reader.number(UInt8.self), flags >> 1 <= ImageRepairs.all.rawValue,
      let width = reader.number(UInt32.self), let height = reader.number(UInt32.self),
      // No decoder makes more; sums and products of sides then stay far from the end of their range.
      UInt64(width) * UInt64(height) <= UInt64(ImageDecoder.maximumPixelCount),
      let content = reader.content(), let pixels = reader.digest(), let properties = reader.properties(),
      let plainViews = reader.number(UInt16.self),
      let descriptors = reader.descriptors(plainViews: plainViews, into: &arena)
    else { return nil }
    var pdq: PDQHashSet?
    if flags & 1 == 1 {
      guard let quality = reader.number(UInt16.self), quality <= 100, let standard = reader.orientations(),
        let centred = reader.orientations()
      else { return nil }
      pdq = PDQHashSet(standard: standard, centred: centred, quality: Int(quality))
    }
    self.init(
      content: content, pixels: pixels, format: format, width: Int(width), height: Int(height),
      repairs: ImageRepairs(rawValue: flags >> 1), properties: properties, pdq: pdq, descriptors: descriptors)
  }
}

/// Its number is in the format's description.
extension ImageFormat: WireCoded {}

extension ByteReader {
  fileprivate mutating func orientations() -> PDQOrientations? {
    guard let identity = words(), let mirror = words(), let turn180 = words(), let flip = words() else { return nil }
    return PDQOrientations(
      identity: PDQHash(words: identity), mirror: PDQHash(words: mirror), turn180: PDQHash(words: turn180),
      flip: PDQHash(words: flip))
  }
}
