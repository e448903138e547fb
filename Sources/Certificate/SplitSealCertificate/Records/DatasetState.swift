public import SplitSealBase
public import SplitSealManifest

/// A dataset as it lies on disk today, to be held against a certificate.
///
/// Where a ``RecordSet`` refuses a dataset that cannot be committed to, this keeps what is wrong with it: a reviewer is
/// told, and the run goes on.
public struct DatasetState: Hashable, Sendable {
  /// A place that the manifest names and where no file could be read.
  struct Place: Hashable {
    let split: String
    let path: String
  }

  /// The records of the files that could be read.
  public let records: RecordSet
  /// What keeps the dataset from being committed to, one sentence each: rows that stand twice, paths that collide.
  public let faults: [String]
  /// The manifests that were read.
  public let inputs: [NamedDigest]
  /// Files and hidden folders that were passed over by their names.
  public let ignoredFileCount: Int
  /// Paths of such files that are images by their content, in order; empty unless somebody looked.
  public var unlistedImages: [String] = []
  /// Places whose file could not be read, sorted as records are.
  let unreadable: [Place]

  /// Takes a manifest and what was read of its files.
  ///
  /// - Parameters:
  ///   - manifest: The samples.
  ///   - contents: The digest of each sample's file, in the manifest's order; `nil` where it could not be read.
  /// - Precondition: one element of `contents` a sample.
  public init(manifest: Manifest, contents: [ContentDigest?]) {
    (records, faults) = RecordSet.assemble(RecordSet.records(of: manifest, contents: contents))
    inputs = CertificateInputs.named(manifest.inputs)
    ignoredFileCount = manifest.inputs.reduce(0) { $0 + $1.ignoredFileCount }
    unreadable = zip(manifest.samples, contents).filter { $1 == nil }
      .map { sample, _ in Place(split: manifest.splits[sample.split].name, path: sample.path.composed) }
      .sorted {
        $0.split.hasSameBytes(as: $1.split) ? $0.path.precedesByBytes($1.path) : $0.split.precedesByBytes($1.split)
      }
  }
}
