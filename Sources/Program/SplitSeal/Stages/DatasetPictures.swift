internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealShard
internal import Synchronization

/// Gives the pictures of a dataset's samples from its files.
struct DatasetPictures: PictureSource {
  /// The files that were not what they were when they were hashed.
  private final class ChangedFiles: Sendable {
    let faults = Mutex<[Int: ImageFault]>([:])
  }

  private let samples: [Sample]
  /// What the files held when they were hashed; empty where that is not checked.
  private let outcomes: [FingerprintOutcome]
  private let directory: DatasetDirectory
  private let limits: ImageLimits
  private let changed = ChangedFiles()

  /// Opens the root of a manifest whose files are being hashed.
  ///
  /// - Throws: `DatasetFileFault` when it cannot be opened.
  init(_ manifest: Manifest, _ configuration: AuditConfiguration) throws(DatasetFileFault) {
    samples = manifest.samples
    outcomes = []
    directory = try DatasetDirectory(manifest.root, allowsLinks: configuration.allowsLinks)
    limits = configuration.limits
  }

  /// Opens the root of a dataset that was hashed some time ago: a file that has other bytes now has no picture, and is
  /// among the ``changes``.
  ///
  /// - Throws: `DatasetFileFault` when it cannot be opened.
  init(hashed dataset: HashedDataset, _ configuration: AuditConfiguration) throws(DatasetFileFault) {
    samples = dataset.manifest.samples
    outcomes = dataset.outcomes
    directory = try DatasetDirectory(dataset.manifest.root, allowsLinks: configuration.allowsLinks)
    limits = configuration.limits
  }

  /// The files that were asked for and had other bytes than when they were hashed, or none.
  var changes: [Int: ImageFault] { changed.faults.withLock { $0 } }

  func picture(of sample: Int) -> DecodedImage? { picture(of: sample, leastSide: nil) }

  /// The same where a smaller picture will do, whose shorter side keeps so many pixels if it has them.
  func picture(of sample: Int, leastSide: Int?) -> DecodedImage? {
    bytes(of: sample).flatMap { try? ImageDecoder.decode($0, limits: limits, leastSide: leastSide).upright() }
  }

  func comparisonPicture(of sample: Int) -> ComparisonPicture? {
    bytes(of: sample).flatMap { try? ComparisonPicture(ofFile: $0, limits: limits) }
  }

  private func bytes(of sample: Int) -> [UInt8]? {
    var reader = DatasetReader(directory)
    var bytes: [UInt8] = []
    do throws(DatasetFileFault) {
      try reader.read(samples[sample].path, into: &bytes, maximumByteCount: limits.maximumByteCount)
    } catch {
      if !outcomes.isEmpty { note(error.imageFault(limit: limits.maximumByteCount), of: sample) }
      return nil
    }
    if !outcomes.isEmpty, let content = outcomes[sample].content, content != ContentDigest(of: bytes) {
      note(.changedAfterHashing, of: sample)
      return nil
    }
    return bytes
  }

  private func note(_ fault: ImageFault, of sample: Int) { changed.faults.withLock { $0[sample] = fault } }
}

extension ImageFault {
  /// The file has other bytes than when it was hashed.
  static var changedAfterHashing: ImageFault { .unreadable(reason: "the file changed after it was hashed") }
}
