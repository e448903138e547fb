internal import Crypto
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealStore

extension AuditPipeline {
  /// The store of the configuration; `nil` where there is none or it cannot be used.
  func openStore() -> FingerprintStore? {
    guard let path = configuration.storePath else { return nil }
    return FingerprintStore.open(at: path, version: Self.fingerprintVersion, warn: warn)
  }

  /// All that decides a fingerprint, but for the file and the limits.
  public static let fingerprintVersion = "\(Fingerprinter.version) \(ImageDecoder.identity)"

  /// Fingerprints every sample, or remembers what it was.
  ///
  /// - Parameters:
  ///   - manifest: The samples.
  ///   - store: What remembers; `nil` where nothing does.
  ///   - pictures: Keeps the pictures that are decoded anyway, as far as there is room, for the search.
  /// - Returns: One outcome a sample, in manifest order.
  /// - Throws: `DatasetFileFault` when the root cannot be opened, `CancellationError` when the task is cancelled.
  func fingerprint(
    _ manifest: Manifest, _ store: FingerprintStore?, _ pictures: PictureCache?
  ) async throws -> [FingerprintOutcome] {
    let limits = configuration.limits
    let includesPDQ = configuration.includesPDQ || configuration.match.method == .pdq
    let root = try DatasetDirectory(manifest.root, allowsLinks: configuration.allowsLinks).root
    let remembered = configuration.trustsStamps ? store?.files(below: root) ?? [:] : [:]
    defer { store?.finish(root: root) }

    @Sendable func isUsable(_ fingerprint: Fingerprint) -> Bool {
      (fingerprint.pdq != nil || !includesPDQ) && fingerprint.content.byteCount <= limits.maximumByteCount
        && fingerprint.width * fingerprint.height <= limits.maximumPixelCount
    }
    let samples = manifest.samples
    @Sendable func known(_ index: Int, _ stamp: FileStamp) -> FingerprintOutcome? {
      guard let known = remembered[samples[index].path], known.stamp == stamp, isUsable(known.fingerprint)
      else { return nil }
      return .readable(known.fingerprint)
    }
    return try await forEachFile(
      of: manifest, scratch: { Fingerprinter(limits: limits, includesPDQ: includesPDQ) },
      known: remembered.isEmpty ? nil : known
    ) { fingerprinter, index, file -> FingerprintOutcome in
      switch file {
      case .failure(let fault):
        return .unreadable(fault.imageFault(limit: limits.maximumByteCount), nil)
      case .success(let file):
        let content = ContentDigest(of: file.bytes)
        if let known = store?.fingerprint(of: content), isUsable(known) {
          store?.remember(known, path: samples[index].path, stamp: file.stamp, root: root)
          return .readable(known)
        }
        fingerprinter.keepsPicture = pictures?.hasRoom ?? false
        let outcome = fingerprinter.outcome(of: file.bytes, content: content)
        if let picture = fingerprinter.picture { pictures?.keep(picture, of: index) }
        if let fingerprint = outcome.fingerprint {
          store?.remember(fingerprint, path: samples[index].path, stamp: file.stamp, root: root)
        }
        return outcome
      }
    }
  }

  /// Finds the matches between splits, or remembers what they were.
  func match(
    _ manifest: Manifest, _ outcomes: [FingerprintOutcome], _ store: FingerprintStore?, _ pictures: PictureCache
  ) async throws -> MatchResult {
    guard let store else { return try await match(manifest, outcomes, options: searchOptions, pictures) }
    let options = searchOptions
    let key = Self.key(of: manifest, outcomes, options)
    if let known = store.result(of: key).flatMap({ MatchResult(coded: $0, sampleCount: outcomes.count) }) {
      return known
    }
    let matches = try await match(manifest, outcomes, options: options, pictures)
    // What was judged without pixels may be judged with them next time.
    let all = matches.matches + matches.belowThreshold + matches.withinSplit
    if options.method == .pdq || !all.contains(where: { $0.kind == .descriptor }) {
      store.remember(result: matches.coded, of: key)
    }
    return matches
  }

  /// A digest of all that the search rests on.
  private static func key(
    of manifest: Manifest, _ outcomes: [FingerprintOutcome], _ options: MatchOptions
  ) -> Digest256 {
    var hash = SHA256()
    var options = options
    options.workerCount = 1
    let splits = manifest.splits.map { "\($0.role)" }
    hash.update(data: Array("\(MatchSearch.version) \(fingerprintVersion) \(options) \(splits)\n".utf8))
    for (sample, outcome) in zip(manifest.samples, outcomes) {
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
