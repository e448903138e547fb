internal import SplitSealBase
internal import Crypto
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealShard
internal import SplitSealStore

extension AuditPipeline {
  /// The store of the configuration; `nil` where there is none or it cannot be used.
  func openStore() -> FingerprintStore? {
    guard let path = configuration.storePath else { return nil }
    return FingerprintStore.open(at: path, version: Self.fingerprintVersion, warn: warn)
  }

  /// All that decides a fingerprint, but for the file and the limits.
  public static let fingerprintVersion = "\(Fingerprinter.version) \(ImageDecoder.identity) \(ImageDecoder.libraries)"

  /// What fingerprints must hold, and what they may have cost.
  var terms: HashingTerms {
    HashingTerms(
      limits: configuration.limits, includesPDQ: configuration.includesPDQ || configuration.match.method == .pdq)
  }

  /// What is at hand while the samples of a dataset are hashed.
  struct Hasher: Sendable {
    let terms: HashingTerms
    let root: String
    /// What remembers; `nil` where nothing does.
    let store: FingerprintStore?
    /// Files that need not be read if they have the stamp that is remembered, by the bytes of their paths.
    let remembered: [[UInt8]: FingerprintStore.Remembered]
    /// Keeps the pictures that are decoded anyway, as far as there is room, for the search.
    let kept: PictureCache?

    /// Whether what is remembered is what would be computed.
    func isUsable(_ fingerprint: Fingerprint) -> Bool {
      (fingerprint.pdq != nil || !terms.includesPDQ) && fingerprint.content.byteCount <= terms.limits.maximumByteCount
        && fingerprint.width * fingerprint.height <= terms.limits.maximumPixelCount
    }
  }

  /// Hashes with what the store remembers, and has it remember the rest in the end.
  ///
  /// - Throws: `DatasetFileFault` when the root cannot be opened, and what `body` throws.
  func withHasher<Result>(
    of manifest: Manifest, _ store: FingerprintStore?, _ kept: PictureCache?,
    _ body: (Hasher) async throws -> Result
  ) async throws -> Result {
    let root = try DatasetDirectory(manifest.root, allowsLinks: configuration.allowsLinks).root
    defer { store?.finish(root: root) }
    return try await body(
      Hasher(
        terms: terms, root: root, store: store,
        remembered: configuration.trustsStamps ? store?.files(below: root) ?? [:] : [:], kept: kept))
  }

  /// Fingerprints samples, or remembers what they were.
  ///
  /// - Parameters:
  ///   - range: The samples.
  ///   - whole: The range that this one is a part of, for progress.
  ///   - manifest: All samples.
  ///   - hasher: What is at hand.
  /// - Returns: One outcome a sample of the range, in manifest order.
  /// - Throws: `DatasetFileFault` when the root cannot be opened, `CancellationError` when the task is cancelled.
  func outcomes(
    of range: Range<Int>, within whole: Range<Int>, _ manifest: Manifest, _ hasher: Hasher
  ) async throws -> [FingerprintOutcome] {
    let samples = manifest.samples
    let (limits, store, root) = (hasher.terms.limits, hasher.store, hasher.root)
    let includesPDQ = hasher.terms.includesPDQ
    @Sendable func known(_ index: Int, _ stamp: FileStamp) -> FingerprintOutcome? {
      guard let known = hasher.remembered[Array(samples[index].path.utf8)], known.stamp == stamp,
        hasher.isUsable(known.fingerprint)
      else { return nil }
      return .readable(known.fingerprint)
    }
    return try await forEachFile(
      of: manifest, range, within: whole, scratch: { Fingerprinter(limits: limits, includesPDQ: includesPDQ) },
      known: hasher.remembered.isEmpty ? nil : known
    ) { fingerprinter, index, file -> FingerprintOutcome in
      switch file {
      case .failure(let fault):
        return .unreadable(fault.imageFault(limit: limits.maximumByteCount), nil)
      case .success(let file):
        let content = ContentDigest(of: file.bytes)
        if let known = store?.fingerprint(of: content), hasher.isUsable(known) {
          store?.remember(known, path: samples[index].path, stamp: file.stamp, root: root)
          return .readable(known)
        }
        fingerprinter.keepsPicture = hasher.kept?.hasRoom ?? false
        let outcome = fingerprinter.outcome(of: file.bytes, content: content)
        if let picture = fingerprinter.picture { hasher.kept?.keep(picture, of: index) }
        if let fingerprint = outcome.fingerprint {
          store?.remember(fingerprint, path: samples[index].path, stamp: file.stamp, root: root)
        }
        return outcome
      }
    }
  }

  /// Finds the matches between splits, or remembers what they were.
  func search(
    _ dataset: HashedDataset, _ store: FingerprintStore?, _ pictures: DatasetPictures?, _ kept: PictureCache
  ) async throws -> MatchResult {
    let dataset = HashedDataset(
      manifest: dataset.manifest, outcomes: dataset.outcomes.withoutContentOfNoImages)
    let options = searchOptions
    guard let store else { return try await search(dataset, options: options, kept) }
    let key = Self.key(of: dataset, options)
    if let known = store.result(of: key).flatMap({ MatchResult(coded: $0, sampleCount: dataset.outcomes.count) }) {
      return known
    }
    let matches = try await search(dataset, options: options, kept)
    // What was judged without pixels that were wanted may be judged with them next time.
    let all = matches.matches + matches.belowThreshold + matches.withinSplit
    let isFinal =
      options.method == .pdq || !options.comparesPixels || !all.contains { $0.kind == .descriptor }
    if isFinal, pictures?.changes.isEmpty ?? true { store.remember(result: matches.coded, of: key) }
    return matches
  }

  /// A digest of all that the search rests on.
  private static func key(of dataset: HashedDataset, _ options: MatchOptions) -> Digest256 {
    var hash = SHA256()
    let roles = dataset.manifest.splits.map(\.role.rawValue).joined(separator: " ")
    hash.update(data: Array("\(MatchSearch.version) \(fingerprintVersion) \(roles)\n".utf8))
    hash.update(data: options.coded)
    for (sample, outcome) in zip(dataset.manifest.samples, dataset.outcomes) {
      var bytes = Array("\(sample.split) ".utf8)
      switch outcome {
      case .readable(let fingerprint): bytes += fingerprint.coded
      case .unreadable(_, let content): bytes += Array("\(content?.sha256.description ?? "none")\n".utf8)
      }
      hash.update(data: bytes)
    }
    return Digest256(hash.finalize())
  }
}
