internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
public import SplitSealShard

extension AuditPipeline {
  /// The most packs of one audit.
  public static let maximumReferenceCount = 64

  /// Compares two datasets, packs or shards, whichever an argument names.
  ///
  /// The configuration says how datasets are read and what counts as a match. Pixels are compared where both are datasets;
  /// otherwise descriptors decide alone, or PDQ.
  ///
  /// - Parameters:
  ///   - first: One argument: a pack, a shard, a pattern of shards, or what `scan` takes.
  ///   - second: The other one.
  /// - Returns: What they have in common.
  /// - Throws: `ManifestError`, `ShardError` or `DatasetFileFault` when one of them cannot be read, `CancellationError`
  ///   when the task is cancelled. An image that cannot be read is none of the errors.
  public func compare(_ first: String, _ second: String) async throws -> Comparison {
    // What takes long comes last: a mistake in the second argument shows at once.
    let (a, b) = (try open(first), try open(second))
    let sides = (try await side(of: a), try await side(of: b))
    var options = configuration.match
    options.workerCount = configuration.workerCount
    var pictures: (any PictureSource)?
    if sides.0.origin == .dataset, sides.1.origin == .dataset, options.method == .alignment {
      pictures = JoinedPictures(
        first: try DatasetPictures(sides.0.manifest, configuration), firstCount: sides.0.outcomes.count,
        second: try DatasetPictures(sides.1.manifest, configuration))
    } else if options.method == .alignment {
      options.comparesPixels = false
    }
    report(.comparing, 0, 0)
    let found = try await CrossSearch(
      sides.0.searched, sides.1.searched, options: options, pictures: pictures
    ).run()
    return Comparison(first: sides.0, second: sides.1, found: found, options: options)
  }

  /// What an argument names, as far as that can be told without reading images.
  private enum OpenedSide {
    case ready(ComparisonSide)
    case dataset(String, Manifest)
  }

  private func open(_ argument: String) throws -> OpenedSide {
    let path = parseInputArgument(argument).path
    if FingerprintFile(path: path) == .pack { return .ready(ComparisonSide(try FingerprintPack(reading: path))) }
    let files = path.utf8.contains { "*?[".utf8.contains($0) } ? try? ShardSource.sources([argument]) : nil
    if FingerprintFile(path: files?.first?.path ?? path) == .shard {
      report(.readingShards, 0, 0)
      let (dataset, shardTerms) = try ShardReader.read(try ShardSource.sources([argument]), warn: warn)
      guard shardTerms.includesPDQ || configuration.match.method != .pdq else {
        throw ShardError(
          .withoutPDQ, "it holds no PDQ hashes, which --method pdq needs", hint: "hash again with --pdq", file: path)
      }
      return .ready(
        ComparisonSide(
          name: argument, origin: .shards, manifest: dataset.manifest, outcomes: dataset.outcomes))
    }
    var configuration = configuration
    configuration.inputs = [argument]
    return .dataset(argument, try AuditPipeline(configuration, progress: progress, warn: warn).readManifest())
  }

  private func side(of opened: OpenedSide) async throws -> ComparisonSide {
    switch opened {
    case .ready(let side): return side
    case .dataset(let name, let manifest):
      let dataset = try await hash(manifest)
      return ComparisonSide(name: name, origin: .dataset, manifest: manifest, outcomes: dataset.outcomes)
    }
  }

  /// Reads the packs that the configuration names: before anything that takes long, so that a mistake shows at once.
  ///
  /// - Returns: The packs by the bytes of their names.
  func readReferences() throws -> [ComparisonSide] {
    var packs: [ComparisonSide] = []
    for path in configuration.references {
      let pack = ComparisonSide(try FingerprintPack(reading: path))
      if let other = packs.first(where: { $0.name.hasSameBytes(as: pack.name) }) {
        throw ShardError(
          .duplicatePart, "a pack named '\(printable(other.name))' was given before", hint: "give every pack once",
          file: path)
      }
      packs.append(pack)
    }
    return packs.sorted { $0.name.precedesByBytes($1.name) }
  }

  /// Compares every split of a dataset with packs.
  func compare(_ dataset: HashedDataset, with packs: [ComparisonSide]) async throws -> [Comparison] {
    guard !packs.isEmpty else { return [] }
    report(.comparing, 0, 0)
    let first = ComparisonSide(
      name: dataset.manifest.root, origin: .dataset, manifest: dataset.manifest, outcomes: dataset.outcomes)
    var options = configuration.match
    options.workerCount = configuration.workerCount
    options.comparesPixels = options.method == .pdq
    var comparisons: [Comparison] = []
    for pack in packs {
      let found = try await CrossSearch(first.searched, pack.searched, options: options).run()
      comparisons.append(Comparison(first: first, second: pack, found: found, options: options))
    }
    return comparisons
  }

  /// Writes a pack of the configuration's inputs.
  ///
  /// - Parameters:
  ///   - info: What it says of the dataset; `nil` makes no sense of a name, and is the caller's fault.
  ///   - write: Takes the bytes, one piece after the other.
  /// - Returns: How many images it holds.
  /// - Throws: `ManifestError` when the inputs cannot be read, `ShardError` when an image has no bytes,
  ///   `CancellationError` when the task is cancelled, what `write` throws.
  public func pack(_ info: PackInfo, to write: @escaping ([UInt8]) throws -> Void) async throws -> HashingSummary {
    let manifest = try readManifest()
    let dataset = try await hash(manifest)
    try PackWriter.write(dataset, info: info, limits: configuration.limits, to: write)
    return HashingSummary(
      sampleCount: dataset.outcomes.count, readableCount: dataset.outcomes.count { $0.fingerprint != nil },
      datasetSampleCount: dataset.outcomes.count)
  }
}

extension ComparisonSide {
  /// A pack as one side of a comparison.
  init(_ pack: FingerprintPack) {
    self.init(
      name: pack.info.name, origin: .pack,
      pack: Pack(sha256: pack.sha256, version: pack.info.version, uri: pack.info.uri),
      manifest: pack.dataset.manifest, outcomes: pack.dataset.outcomes)
  }
}

/// The pictures of two datasets, those of the second numbered behind those of the first.
private struct JoinedPictures: PictureSource {
  let first: DatasetPictures
  let firstCount: Int
  let second: DatasetPictures

  func picture(of sample: Int) -> DecodedImage? {
    sample < firstCount ? first.picture(of: sample) : second.picture(of: sample - firstCount)
  }

  func comparisonPicture(of sample: Int) -> ComparisonPicture? {
    sample < firstCount ? first.comparisonPicture(of: sample) : second.comparisonPicture(of: sample - firstCount)
  }
}
