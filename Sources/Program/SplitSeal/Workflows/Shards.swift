internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
public import SplitSealShard

extension AuditPipeline {
  /// Samples that are hashed before their records are written: what memory holds beside the manifest.
  private static let hashedAtOnce = 8192

  /// How many images were hashed.
  public struct HashingSummary: Hashable, Sendable {
    /// Samples of the part.
    public let sampleCount: Int
    /// Those whose image could be decoded.
    public let readableCount: Int
    /// Samples of the whole dataset.
    public let datasetSampleCount: Int
  }

  /// Hashes one part of the samples into a segment of a shard.
  ///
  /// - Parameters:
  ///   - part: Which samples.
  ///   - write: Takes the bytes of the segment, one piece after the other, while hashing goes on.
  /// - Returns: How many images there were.
  /// - Throws: `ManifestError` when the inputs cannot be read, `CancellationError` when the task is cancelled, what `write`
  ///   throws. Images that cannot be read are records.
  public func hash(part: HashingPart, write: @escaping ([UInt8]) throws -> Void) async throws -> HashingSummary {
    let manifest = try readManifest(part: part)
    let range = part.range(ofSampleCount: manifest.samples.count)
    var writer = try ShardWriter(
      manifest, header: ShardHeader(manifest, part: part, terms: terms, libraries: ImageDecoder.libraries), write: write
    )
    try await withHasher(of: manifest, openStore(), nil) { hasher in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.hashedAtOnce) {
        let batch = start..<min(start + Self.hashedAtOnce, range.upperBound)
        for outcome in try await outcomes(of: batch, within: range, manifest, hasher) { try writer.append(outcome) }
      }
    }
    try writer.finish()
    return HashingSummary(
      sampleCount: writer.count, readableCount: writer.readableCount, datasetSampleCount: manifest.samples.count)
  }

  /// Matches and audits what shards hold.
  ///
  /// The configuration's inputs, manifest options and limits are of no account: the shards tell.
  ///
  /// - Parameters:
  ///   - shards: The shards, in the order in which a scan would have been given their inputs.
  ///   - root: The folder in which the images now are, as the roots of the shards or their common folder held them; `nil`
  ///     where there are none: descriptors then decide alone, and nothing is probed.
  /// - Returns: The audit.
  /// - Throws: `ShardError` when the shards cannot be read or joined, `ManifestError` when the images are not below the
  ///   root, `CancellationError` when the task is cancelled. An image that changed after it was hashed is a finding.
  public func run(shards: [ShardSource], root: String?) async throws -> AuditResult {
    report(.readingShards, 0, 0)
    let (dataset, shardTerms) = try ShardReader.read(shards, warn: warn)
    guard shardTerms.includesPDQ || !terms.includesPDQ else {
      throw ShardError(
        .withoutPDQ, "it holds no PDQ hashes, which --method pdq and --fingerprints need",
        hint: "hash again with --pdq, or leave these flags out", file: shards[0].name)
    }
    var configuration = configuration
    configuration.limits = shardTerms.limits
    configuration.match.comparesPixels = root != nil || configuration.match.method == .pdq
    let pipeline = AuditPipeline(configuration, progress: progress, warn: warn)
    let rooted = try root.map { dataset.rooted(at: try Manifest.realRoot($0)) } ?? dataset
    let claims = try pipeline.readClaims(rooted.manifest)
    let matched =
      if let root {
        try await pipeline.match(dataset, imagesIn: root)
      } else {
        try await pipeline.match(dataset, pipeline.openStore(), nil, PictureCache(nil))
      }
    return pipeline.audit(matched, claims)
  }

  /// Matches with the pixels of files that were hashed some time ago.
  ///
  /// A file that is found to have changed is taken for one that cannot be read, and the matching done again without it.
  private func match(_ dataset: HashedDataset, imagesIn root: String) async throws -> MatchedDataset {
    var dataset = dataset.rooted(at: try Manifest.realRoot(root))
    try dataset.manifest.checkLinks()
    dataset = dataset.replacing(try await changes(in: dataset, root: root))
    let store = openStore()
    while true {
      let pictures = try DatasetPictures(hashed: dataset, configuration)
      let matched = try await match(dataset, store, pictures, PictureCache(pictures))
      guard !pictures.changes.isEmpty else { return matched }
      dataset = dataset.replacing(pictures.changes.mapValues { .unreadable($0, nil) })
    }
  }

  /// The files that are gone or have another size than when they were hashed.
  private func changes(in dataset: HashedDataset, root: String) async throws -> [Int: FingerprintOutcome] {
    let samples = dataset.manifest.samples
    let outcomes = dataset.outcomes
    let limit = configuration.limits.maximumByteCount
    let directory = try DatasetDirectory(dataset.manifest.root, allowsLinks: configuration.allowsLinks)
    let faults = try await forEachSample(of: samples.indices, .lookingAtFiles) {
      DatasetReader(directory)
    } ahead: { _, _ in
    } _: { reader, index, _ -> ImageFault? in
      guard let fingerprint = outcomes[index].fingerprint else { return nil }
      do throws(DatasetFileFault) {
        let byteCount = try reader.byteCount(of: samples[index].path)
        return byteCount == fingerprint.content.byteCount ? nil : .changedAfterHashing
      } catch {
        return error.imageFault(limit: limit)
      }
    }
    let readableCount = outcomes.count { $0.fingerprint != nil }
    guard readableCount == 0 || faults.count(where: { $0 == .missing }) < readableCount else {
      throw ManifestError(
        .notFound, "none of the images is below this folder, the first as '\(printable(samples[0].path))'",
        hint: "give the folder that holds what the common root of the shards held, or leave out --root", file: root)
    }
    var changes: [Int: FingerprintOutcome] = [:]
    for (index, fault) in faults.enumerated() {
      if let fault { changes[index] = .unreadable(fault, nil) }
    }
    return changes
  }
}
