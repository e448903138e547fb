internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealProbe

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

  /// The pictures of the samples, to compare candidates and to make copies.
  func pictures(of manifest: Manifest) throws(DatasetFileFault) -> DatasetPictures {
    try DatasetPictures(manifest, limits: configuration.limits, allowsLinks: configuration.allowsLinks)
  }

  /// What the probe found, and the matches at the threshold in force.
  struct Probed {
    var matches: MatchResult
    var threshold: Double
    var power: DetectionPower?
  }

  /// Measures what the detector would have found, when the configuration says so.
  ///
  /// - Parameters:
  ///   - manifest: The samples.
  ///   - outcomes: One a sample.
  ///   - matches: What the search found at the configured threshold.
  /// - Returns: The matches at the threshold in force, which a probe may raise.
  /// - Throws: `CancellationError` when the task is cancelled, `DatasetFileFault` when the root cannot be opened.
  func probe(
    _ manifest: Manifest, _ outcomes: [FingerprintOutcome], _ matches: MatchResult
  ) async throws -> Probed {
    var probed = Probed(matches: matches, threshold: configuration.match.reportingThreshold)
    guard let options = configuration.probe else { return probed }
    report(.probing, 0, 0)
    let splitOf = manifest.samples.map(\.split)
    let tail = ChanceTail(matches, outcomes: outcomes, labelOf: manifest.samples.map(\.label))
    if options.adoptsThreshold {
      probed.threshold =
        tail.lowestThreshold(from: probed.threshold) ?? max(probed.threshold, ChanceTail.highestThreshold)
    }
    var matchOptions = searchOptions
    matchOptions.reportingThreshold = probed.threshold
    if probed.threshold > configuration.match.reportingThreshold {
      if let cut = matches.reported(from: probed.threshold, splitOf: splitOf) {
        probed.matches = cut
      } else {
        probed.matches = try await match(
          manifest, outcomes, options: matchOptions, PictureCache(try pictures(of: manifest)))
      }
    }
    let probe = DetectionProbe(
      outcomes: outcomes, splitOf: splitOf, splitCount: manifest.splits.count, options: matchOptions, probe: options,
      pictures: try pictures(of: manifest))
    // A copy is two steps, made and searched for.
    let (imageCount, edits) = try await probe.run { report(.probing, $0 / 2, $1 / 2) }
    probed.power = DetectionPower(
      seed: options.seed, imageCount: imageCount, threshold: probed.threshold, edits: edits, tail: tail)
    return probed
  }
}
