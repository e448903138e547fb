internal import SplitSealBase
internal import Crypto
internal import SplitSealFingerprint

/// Takes the blocks out of a file and checks their frames.
struct BlockReader: ~Copyable {
  private let input: ShardInput
  let source: ShardSource
  /// Number of the segment that is read, 1-based; 0 before the first.
  private(set) var segment = 0
  /// Where the block that was read last begins.
  private(set) var blockOffset = 0
  private var offset = 0
  /// The 16 bytes before a block, the block, and in the end its digest.
  private var bytes: [UInt8] = []
  /// Of all bytes so far, where the whole file's digest is asked for.
  private var hash: SHA256?

  init(_ source: ShardSource, digesting: Bool = false) throws(ShardError) {
    self.source = source
    hash = digesting ? SHA256() : nil
    input = try ShardInput(source)
  }

  /// Begins the next segment.
  ///
  /// - Returns: `false` at the end of the file.
  mutating func beginSegment() throws(ShardError) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    blockOffset = offset
    let count = try take(ShardFormat.markByteCount)
    guard count > 0 || segment == 0 else { return false }
    segment += 1
    guard count > 0 else {
      throw fault(.truncated, "the file is empty", hint: "hash again: nothing was written, or it was not copied")
    }
    guard bytes.starts(with: ShardFormat.magic.prefix(count)) else {
      throw fault(
        .notAShard, segment == 1 ? "it is not a shard" : "what stands here is not a shard",
        hint: "a shard is what splitseal hash -o FILE writes, unpacked and not changed by a transfer as text")
    }
    guard count == ShardFormat.markByteCount else { throw truncated() }
    var reader = ByteReader(bytes, from: ShardFormat.magic.count)
    let version = reader.number(UInt32.self) ?? 0
    guard ShardFormat.versions.contains(version) else {
      let known = ShardFormat.versions
      throw fault(
        .newerFormat,
        "the format is version \(version), and this program reads versions \(known.lowerBound) and \(known.upperBound)",
        hint: "use the version of splitseal that wrote it, or a newer one")
    }
    guard reader.number(UInt32.self) == 0 else { throw corrupt("the mark of the segment is damaged") }
    return true
  }

  /// Begins a pack.
  mutating func beginPack() throws(ShardError) {
    let count = try take(ShardFormat.markByteCount)
    guard count > 0 else { throw fault(.truncated, "the file is empty", hint: "get the pack again") }
    guard bytes.starts(with: PackFormat.magic.prefix(count)) else {
      throw fault(
        .notAPack, bytes.starts(with: ShardFormat.magic) ? "it is a shard and no pack" : "it is not a pack",
        hint: "a pack is what splitseal pack -o FILE writes")
    }
    guard count == ShardFormat.markByteCount else { throw truncated() }
    var reader = ByteReader(bytes, from: PackFormat.magic.count)
    let version = reader.number(UInt32.self) ?? 0
    guard version == PackFormat.version else {
      throw fault(
        .newerFormat, "the pack's format is version \(version), and this program reads version \(PackFormat.version)",
        hint: "use the version of splitseal that wrote it, or a newer one")
    }
    guard reader.number(UInt32.self) == 0 else { throw corrupt("the mark of the pack is damaged") }
  }

  /// SHA-256 of all bytes that were read, where it was asked for.
  var digest: Digest256 { Digest256(Array((hash ?? SHA256()).finalize())) }

  /// Reads the next block.
  ///
  /// - Returns: Its kind, and what reads its payload.
  mutating func next() throws(ShardError) -> (kind: ShardFormat.Kind, payload: ByteReader) {
    // What stands before the block is the end of what was read last.
    bytes.removeFirst(bytes.count - ShardFormat.markByteCount)
    blockOffset = offset
    guard try take(ShardFormat.prefixByteCount) == ShardFormat.prefixByteCount else { throw truncated() }
    let start = ShardFormat.markByteCount
    let kind = ShardFormat.Kind(rawValue: String(decoding: bytes[start..<start + 4], as: UTF8.self))
    var prefix = ByteReader(bytes, from: start + 4)
    let length = Int(prefix.number(UInt32.self) ?? 0)
    guard let kind, length <= ShardFormat.maximumPayloadByteCount else {
      throw corrupt("what stands here is no block")
    }
    guard try take(length) == length else { throw truncated() }
    var expected = ByteWriter(byteCount: ShardFormat.markByteCount)
    expected.append(canonical: Digest128(xxh3Of: bytes))
    let end = bytes.count
    guard try take(ShardFormat.markByteCount) == ShardFormat.markByteCount else { throw truncated() }
    guard bytes[end...].elementsEqual(expected.bytes) else { throw corrupt("the checksum does not fit") }
    return (kind, ByteReader(Array(bytes[..<end]), from: start + ShardFormat.prefixByteCount))
  }

  private mutating func take(_ count: Int) throws(ShardError) -> Int {
    let received = try input.read(count, to: &bytes)
    hash?.update(data: bytes[(bytes.count - received)...])
    offset += received
    return received
  }

  /// A fault of the block that was read last.
  func fault(_ code: ShardError.Code, _ message: String, hint: String?) -> ShardError {
    ShardError(code, message, hint: hint, file: source.name, segment: segment, offset: blockOffset)
  }

  func corrupt(_ message: String) -> ShardError {
    fault(.corrupt, "damaged: \(message)", hint: "copy it again, or hash again")
  }

  func truncated() -> ShardError {
    fault(
      .truncated, "the file ends too early",
      hint: "it was not written or copied to its end: copy it again, or hash again")
  }
}
