internal import SplitSealBase
public import SplitSealFingerprint
public import SplitSealManifest

/// Writes one segment of a shard, piece by piece: what it holds is one block.
public struct ShardWriter {
  /// Records of a block.
  private static let blockLength = 4096
  /// Bytes of records from which on a block is written, whatever the number.
  ///
  /// One more record stays far below the limit of a block.
  private static let blockByteCount = 8 << 20

  private let header: ShardHeader
  private let manifest: Manifest
  private let write: ([UInt8]) throws -> Void
  /// The 16 bytes before the next block.
  private var mark: [UInt8]
  private var records = ByteWriter()
  private var waitingCount: UInt32 = 0
  private var next: Int

  /// Samples whose image could be decoded.
  public private(set) var readableCount = 0
  /// Samples that were written.
  public private(set) var count = 0

  /// Begins a segment and writes its header.
  ///
  /// - Parameters:
  ///   - manifest: All samples of the hashing.
  ///   - header: What the segment holds of it.
  ///   - write: Takes the bytes, one piece after the other.
  /// - Throws: What `write` throws.
  public init(_ manifest: Manifest, header: ShardHeader, write: @escaping ([UInt8]) throws -> Void) throws {
    self.manifest = manifest
    self.header = header
    self.write = write
    next = header.part.range(ofSampleCount: manifest.samples.count).lowerBound
    mark = ShardFormat.mark(namesLibraries: header.libraries != nil)
    try write(mark)
    try append(.header, header.coded)
  }

  /// Writes what became of the next sample's file.
  ///
  /// - Precondition: the part has another sample.
  public mutating func append(_ outcome: FingerprintOutcome) throws {
    let range = header.part.range(ofSampleCount: manifest.samples.count)
    precondition(range.contains(next), "the part has as many samples as its range")
    records.append(rowOf: next, of: manifest)
    records.append(outcome)
    next += 1
    count += 1
    if outcome.fingerprint != nil { readableCount += 1 }
    waitingCount += 1
    if waitingCount == Self.blockLength || records.bytes.count >= Self.blockByteCount { try flush() }
  }

  /// Ends the segment.
  ///
  /// - Precondition: every sample of the part was written.
  public mutating func finish() throws {
    precondition(
      next == header.part.range(ofSampleCount: manifest.samples.count).upperBound, "every sample has an outcome")
    try flush()
    var writer = ByteWriter()
    writer.append(UInt64(count))
    writer.append(UInt64(readableCount))
    try append(.end, writer.bytes)
  }

  private mutating func flush() throws {
    guard waitingCount > 0 else { return }
    var writer = ByteWriter(byteCount: 4)
    writer.append(waitingCount)
    try append(.records, writer.bytes + records.bytes)
    records.removeAll()
    waitingCount = 0
  }

  private mutating func append(_ kind: ShardFormat.Kind, _ payload: [UInt8]) throws {
    try write(ShardFormat.block(kind, payload, after: &mark))
  }
}
