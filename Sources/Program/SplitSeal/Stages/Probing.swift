internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealProbe
internal import SplitSealShard

extension AuditPipeline {
  /// The options of the search.
  var searchOptions: MatchOptions {
    var options = configuration.match
    options.workerCount = configuration.workerCount
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
    let nearPairCount = matches.counts.reduce(0) { $0 + $1.nearPairs }
    let chance = ChancePairs(matches, outcomes: dataset.outcomes, labelOf: manifest.samples.map(\.label))
    if probeOptions.adoptsThreshold {
      options.reportingThreshold =
        chance.lowestThreshold(from: options.reportingThreshold)
        ?? max(options.reportingThreshold, ChancePairs.highestThreshold)
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
      outcomes: dataset.outcomes, splitOf: splitOf, splitCount: manifest.splits.count,
      reference: manifest.splits.firstIndex { $0.role == .training }, nearPairCount: nearPairCount,
      options: searchOptions, probe: probeOptions, pictures: ProbedPictures(pictures: pictures))
    let measured = try await probe.run { report(.probing, $0, $1) }
    let power = DetectionPower(
      seed: probeOptions.seed, threshold: options.reportingThreshold, measured: measured, chance: chance)
    return MatchedDataset(dataset: dataset, matches: matches, options: options, power: power)
  }
}

/// The pictures of a dataset for the probe, which edits smaller ones: a large JPEG need not be decoded at its full size.
private struct ProbedPictures: PictureSource {
  let pictures: DatasetPictures

  func picture(of sample: Int) -> DecodedImage? { pictures.picture(of: sample, leastSide: DetectionProbe.leastSide) }

  func comparisonPicture(of sample: Int) -> ComparisonPicture? { pictures.comparisonPicture(of: sample) }
}
