internal import SplitSealBase
internal import SplitSealFingerprint

/// The frame of a shard, versions 4 and 5: docs/shards.md has all of it byte by byte.
///
/// A shard is one segment or several, one behind the other. A segment is a mark of 16 bytes and then blocks: a header,
/// records, an end. Behind each block stands the XXH3-128 of the block and of the 16 bytes before it, which are the mark
/// or the digest of the block before: so that no block can be changed, left out or moved unseen.
enum ShardFormat {
  /// What a segment begins with.
  ///
  /// Not text, and not the same after a transfer that takes it for text.
  /// - Source: the reasons for PNG's signature, PNG specification, "Rationale: PNG datastream signature".
  static let magic: [UInt8] = [0x89] + Array("SSFP".utf8) + [0x0D, 0x0A, 0x1A]
  /// Changes whenever the bytes mean something else.
  ///
  /// Version 5 is version 4 whose header ends with the versions of the image libraries. A segment without them, such as that of
  /// a pack, is written as version 4, which older programs read.
  static let versions: ClosedRange<UInt32> = 4...5
  /// The magic, the version and four zeros.
  static func mark(namesLibraries: Bool = false) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(namesLibraries ? versions.upperBound : versions.lowerBound)
    writer.append(UInt32(0))
    return magic + writer.bytes
  }
  /// Bytes of the mark, and of a digest.
  static let markByteCount = 16
  /// Bytes of a block before its payload: kind and length.
  static let prefixByteCount = 8
  /// Bytes of the largest payload that is read.
  static let maximumPayloadByteCount = 16 << 20

  /// What a block holds.
  enum Kind: String {
    /// What the records rest on.
    case header = "HEAD"
    /// Some samples and what became of their files.
    case records = "RECS"
    /// How many records there were.
    case end = "DONE"
    /// What a pack says of its dataset.
    case pack = "PACK"
  }

  /// A block with its digest, and that digest as what stands before the next one.
  static func block(_ kind: Kind, _ payload: [UInt8], after mark: inout [UInt8]) -> [UInt8] {
    precondition(payload.count <= maximumPayloadByteCount, "a block is one that is read")
    var frame = ByteWriter(byteCount: 4)
    frame.append(UInt32(payload.count))
    let block = mark + Array(kind.rawValue.utf8) + frame.bytes + payload
    var digest = ByteWriter(byteCount: markByteCount)
    digest.append(canonical: Digest128(xxh3Of: block))
    mark = digest.bytes
    return Array(block[markByteCount...]) + mark
  }
}

extension ByteWriter {
  /// The 16 bytes of an XXH3-128 in canonical order, as `xxhsum -H2` prints them.
  mutating func append(canonical digest: Digest128) {
    append(digest.high.byteSwapped)
    append(digest.low.byteSwapped)
  }
}
