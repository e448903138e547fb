public import SplitSealBase
internal import Crypto
internal import SplitSealFingerprint
internal import SplitSealManifest

/// The fingerprints of a dataset that somebody published.
public struct FingerprintPack: Sendable {
  /// What the pack says of the dataset: a stranger's word.
  public let info: PackInfo
  /// SHA-256 of the file: what identifies the pack.
  public let sha256: Digest256
  /// The samples and their fingerprints; paths are numbers unless ``PackInfo/holdsPaths``.
  public let dataset: HashedDataset

  /// Reads a pack.
  ///
  /// - Parameter path: The file; `-` for standard input.
  /// - Throws: ``ShardError`` naming file and place of the first fault, `CancellationError` when the task is cancelled.
  /// - Complexity: O(*n*) time and memory for *n* samples.
  public init(reading path: String) throws {
    var blocks = try BlockReader(ShardSource(path: path), digesting: true)
    try blocks.beginPack()
    var (kind, payload) = try blocks.next()
    guard kind == .pack, let (info, sampleCount) = PackInfo.coded(&payload) else {
      throw blocks.corrupt("the pack does not say what it holds")
    }
    var merger = ShardMerger()
    guard try blocks.beginSegment() else { throw blocks.truncated() }
    try ShardReader.readSegment(&blocks, into: &merger)
    guard try !blocks.beginSegment() else { throw blocks.corrupt("something stands behind the pack") }
    let (dataset, terms) = try merger.joined()
    guard dataset.outcomes.count == sampleCount, terms.includesPDQ else {
      throw blocks.corrupt("the pack does not hold what it says")
    }
    self.info = info
    self.dataset = dataset
    sha256 = blocks.digest
  }
}

/// What a file of fingerprints is.
public enum FingerprintFile: Hashable, Sendable {
  case pack
  case shard

  /// Looks at the first bytes of a regular file; `nil` when it is neither, or cannot be read.
  public init?(path: String) {
    guard ShardInput.isRegularFile(path), let input = try? ShardInput(ShardSource(path: path)) else { return nil }
    var bytes: [UInt8] = []
    guard (try? input.read(PackFormat.magic.count, to: &bytes)) != nil else { return nil }
    switch bytes {
    case PackFormat.magic: self = .pack
    case ShardFormat.magic: self = .shard
    default: return nil
    }
  }
}
