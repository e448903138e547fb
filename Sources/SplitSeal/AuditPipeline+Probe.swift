internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealProbe
internal import SplitSealShard

extension AuditPipeline {
  /// The least score that the search lists for the probe: candidates below it say nothing of the tail.
  private static let tailListingThreshold = 0.02

  /// The options of the search: the probe needs the scores below the threshold as well.
  var searchOptions: MatchOptions {
    var options = configuration.match
    options.workerCount = configuration.workerCount
    if configuration.probe != nil {
      options.listingThreshold = min(options.listingThreshold, Self.tailListingThreshold)
    }
    return options
  }

  /// Measures what the detector would have found, when the configuration says so.
  ///
  /// - Parameters:
  ///   - dataset: The samples and their outcomes.
  ///   - matches: What the search found at the configured threshold.
  ///   - pictures: Where the originals of the copies come from; without them nothing is measured.
  /// - Returns: The matches at the threshold in force, which a probe may raise.
  /// - Throws: `CancellationError` when the task is cancelled.
  func probe(
    _ dataset: HashedDataset, _ matches: MatchResult, _ pictures: DatasetPictures?
  ) async throws -> MatchedDataset {
    var matches = matches
    var options = configuration.match
    guard let probeOptions = configuration.probe, let pictures else {
      return MatchedDataset(dataset: dataset, matches: matches, options: options)
    }
    report(.probing, 0, 0)
    let manifest = dataset.manifest
    let splitOf = manifest.samples.map(\.split)
    let tail = ChanceTail(matches, outcomes: dataset.outcomes, labelOf: manifest.samples.map(\.label))
    if probeOptions.adoptsThreshold {
      options.reportingThreshold =
        tail.lowestThreshold(from: options.reportingThreshold)
        ?? max(options.reportingThreshold, ChanceTail.highestThreshold)
    }
    var searchOptions = searchOptions
    searchOptions.reportingThreshold = options.reportingThreshold
    if options.reportingThreshold > configuration.match.reportingThreshold {
      if let cut = matches.reported(from: options.reportingThreshold, splitOf: splitOf, options: options) {
        matches = cut
      } else {
        matches = try await search(dataset, options: searchOptions, PictureCache(pictures))
      }
    }
    let probe = DetectionProbe(
      outcomes: dataset.outcomes, splitOf: splitOf, splitCount: manifest.splits.count, options: searchOptions,
      probe: probeOptions, pictures: pictures)
    // A copy is two steps, made and searched for.
    let (imageCount, edits) = try await probe.run { report(.probing, $0 / 2, $1 / 2) }
    let power = DetectionPower(
      seed: probeOptions.seed, imageCount: imageCount, threshold: options.reportingThreshold, edits: edits, tail: tail)
    return MatchedDataset(dataset: dataset, matches: matches, options: options, power: power)
  }
}
