internal import SplitSealBase
internal import SplitSealFingerprint
public import SplitSealImage
internal import SplitSealManifest

/// Writes the fingerprints of a dataset that everybody may have, so that others can compare theirs with it.
public enum PackWriter {
  /// Writes a pack.
  ///
  /// It holds splits, digests, descriptors and PDQ hashes, and names of files and labels where `info` says so. Nothing is
  /// kept of manifests, groups, times and cameras, nor of where the images lie.
  ///
  /// - Parameters:
  ///   - dataset: The samples with the outcomes of hashing, with PDQ hashes.
  ///   - info: What the pack says of the dataset.
  ///   - limits: What an image was allowed to cost.
  ///   - write: Takes the bytes, one piece after the other.
  /// - Throws: ``ShardError`` with code `unreadableImage` when a file has no bytes to compare by; what `write` throws.
  /// - Complexity: O(*n*) for *n* samples.
  public static func write(
    _ dataset: HashedDataset, info: PackInfo, limits: ImageLimits, to write: @escaping ([UInt8]) throws -> Void
  ) throws {
    try checkContents(dataset)
    try write(PackFormat.mark)
    var mark = PackFormat.mark
    try write(
      ShardFormat.block(.pack, info.coded(sampleCount: dataset.outcomes.count), after: &mark))
    let manifest = published(dataset.manifest, info)
    let header = ShardHeader(manifest, terms: HashingTerms(limits: limits, includesPDQ: true))
    var writer = try ShardWriter(manifest, header: header, write: write)
    for outcome in dataset.outcomes { try writer.append(published(outcome)) }
    try writer.finish()
  }

  private static func checkContents(_ dataset: HashedDataset) throws(ShardError) {
    for (sample, outcome) in zip(dataset.manifest.samples, dataset.outcomes) {
      guard outcome.content == nil, case .unreadable(let fault, _) = outcome else { continue }
      throw ShardError(
        .unreadableImage, "the image is listed and cannot be read: \(fault)",
        hint: "restore the file, or take it out of the manifest", file: printable(sample.path))
    }
  }

  private static func published(_ manifest: Manifest, _ info: PackInfo) -> Manifest {
    Manifest(
      root: "/", splits: manifest.splits, labels: info.holdsLabels ? manifest.labels : [],
      samples: manifest.samples.enumerated().map { index, sample in
        Sample(
          path: info.holdsPaths ? sample.path : String(index + 1), split: sample.split,
          label: info.holdsLabels ? sample.label : nil)
      }, inputs: [ManifestInput(path: "pack", format: .folder)])
  }

  /// What comparing needs of an outcome.
  private static func published(_ outcome: FingerprintOutcome) -> FingerprintOutcome {
    switch outcome {
    case .readable(let whole):
      .readable(
        Fingerprint(
          content: whole.content, pixels: whole.pixels, format: whole.format, width: whole.width, height: whole.height,
          pdq: whole.pdq, descriptors: whole.descriptors))
    case .unreadable(_, let content): .unreadable(.notAnImage, content)
    }
  }
}
