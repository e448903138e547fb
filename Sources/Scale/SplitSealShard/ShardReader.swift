internal import SplitSealBase
internal import SplitSealFingerprint

/// Reads shards and joins what they hold into one dataset.
public enum ShardReader {
  /// Reads whole files.
  ///
  /// Inputs, splits, labels and groups of the segments are joined by name, so that the dataset is the one that a scan of
  /// the same inputs in the same order would have hashed: hashings stand in the order of their first segments, the parts
  /// of one hashing in the order of their numbers. Paths start from the deepest folder that holds the roots of all.
  ///
  /// - Parameters:
  ///   - sources: Where the segments are, at least one.
  ///   - warn: Called with a sentence for people where the segments may be joined but differ in something they should know.
  /// - Returns: The dataset, and the terms on which all of it was hashed.
  /// - Throws: ``ShardError`` naming file and place of the first fault, `CancellationError` when the task is cancelled.
  /// - Complexity: O(*n*) time and memory for *n* samples.
  public static func read(
    _ sources: [ShardSource], warn: (String) -> Void = { _ in }
  ) throws -> (dataset: HashedDataset, terms: HashingTerms) {
    var merger = ShardMerger()
    for source in sources {
      var blocks = try BlockReader(source)
      while try blocks.beginSegment() { try readSegment(&blocks, into: &merger) }
    }
    if let warning = merger.librariesWarning { warn(warning) }
    return try merger.joined()
  }

  static func readSegment(_ blocks: inout BlockReader, into merger: inout ShardMerger) throws {
    let header = try readHeader(&blocks)
    let expectedCount = header.part.range(ofSampleCount: header.sampleCount).count
    try merger.begin(header, of: blocks.source, segment: blocks.segment)
    var (count, readableCount) = (0, 0)
    while true {
      try Task.checkCancellation()
      var (kind, payload) = try blocks.next()
      switch kind {
      case .header, .pack: throw blocks.corrupt("a second header")
      case .records:
        let added = try merger.add(&payload, limit: expectedCount - count, from: blocks)
        count += added.count
        readableCount += added.readableCount
      case .end:
        guard payload.count() == count, payload.count() == readableCount, payload.isAtEnd, count == expectedCount else {
          throw blocks.corrupt("the segment has \(count) records, and not as many as it should")
        }
        return
      }
    }
  }

  private static func readHeader(_ blocks: inout BlockReader) throws(ShardError) -> ShardHeader {
    var (kind, payload) = try blocks.next()
    guard kind == .header, let fingerprints = ShardHeader.fingerprints(from: payload) else {
      throw blocks.corrupt("the segment has no header")
    }
    guard fingerprints.hasSameBytes(as: HashingTerms.currentFingerprints) else {
      throw blocks.fault(
        .otherFingerprints, "the fingerprints are of another version of splitseal",
        hint: "hash and match with one version: hash again, or match with the version that hashed")
    }
    guard let header = ShardHeader(from: &payload) else { throw blocks.corrupt("the header cannot be read") }
    return header
  }
}
