public import SplitSealFingerprint
internal import SplitSealImage
public import SplitSealMatch

/// Measures what the detector finds: edits images of the dataset and looks for them among its samples.
///
/// The copies are searched for as a second split beside the whole dataset, with the options of the audit. The search runs
/// over a few edits at a time, so that the copies never outnumber the samples: memory for them stays bounded. The
/// copies ask, as test images do, and the caps of the search are for each image that asks.
public struct DetectionProbe {
  /// Partners that a copy may list: enough to find its original behind the other frames of a film.
  private static let listedPerCopy = 1024

  private let outcomes: [FingerprintOutcome]
  private let pictures: any PictureSource
  private let options: MatchOptions
  private let probe: ProbeOptions
  private let samples: [Int]

  /// Prepares a probe and chooses its images.
  ///
  /// - Parameters:
  ///   - outcomes: One a sample.
  ///   - splitOf: The split of each sample, 0..<`splitCount`.
  ///   - splitCount: Number of splits.
  ///   - options: Those of the audit: the reporting threshold in force, the number of workers.
  ///   - probe: Seed and number of images.
  ///   - pictures: The pictures of the samples.
  public init(
    outcomes: [FingerprintOutcome], splitOf: [Int], splitCount: Int, options: MatchOptions, probe: ProbeOptions,
    pictures: any PictureSource
  ) {
    self.outcomes = outcomes
    self.pictures = pictures
    self.probe = probe
    var options = options
    options.searchesWithinSplits = false
    options.listingThreshold = options.reportingThreshold
    options.listedPerSample = max(options.listedPerSample, Self.listedPerCopy)
    self.options = options
    samples =
      ProbeSelection(outcomes, splitOf: splitOf, splitCount: splitCount, options: options, probe: probe).samples
  }

  /// Makes the copies and searches for them.
  ///
  /// - Parameter progress: Called now and then, from any task, with the steps done and to do: a copy is two, made and
  ///   searched for.
  /// - Returns: The images that were edited, and one recall for each edit; no image and no recall when none shows enough.
  /// - Throws: `CancellationError` when the task is cancelled.
  public func run(
    progress: @escaping @Sendable (_ completedCount: Int, _ totalCount: Int) -> Void = { _, _ in }
  ) async throws -> (imageCount: Int, edits: [DetectionPower.Edit]) {
    let copies = ProbeCopies(originals: try await originals(), seed: probe.seed)
    let imageCount = copies.originals.count
    guard imageCount > 0 else { return (0, []) }
    let stepCount = 2 * imageCount * ProbeEdit.allCases.count
    let batchLength = max(1, outcomes.count / imageCount)
    var recalls: [DetectionPower.Edit] = []
    for start in stride(from: 0, to: ProbeEdit.allCases.count, by: batchLength) {
      let edits = Array(ProbeEdit.allCases[start...].prefix(batchLength))
      let before = 2 * imageCount * start
      let made = try await fingerprints(of: copies, edits) { progress(before + $0, stepCount) }
      recalls += try await recall(of: made, copies, edits)
      progress(before + 2 * imageCount * edits.count, stepCount)
    }
    return (imageCount, recalls)
  }

  /// The chosen pictures at their working size, without those that can no longer be read.
  private func originals() async throws -> [ProbeCopies.Original] {
    let (samples, pictures) = (samples, pictures)
    return try await WorkerPool.map(count: samples.count, workerCount: options.workerCount, scratch: {}) { index, _ in
      pictures.picture(of: samples[index]).map { picture in
        ProbeCopies.Original(
          sample: samples[index], format: picture.format, canvas: Canvas(picture.seen()).atWorkingSize())
      }
    }.compactMap(\.self)
  }

  /// One outcome a copy, image by image.
  private func fingerprints(
    of copies: ProbeCopies, _ edits: [ProbeEdit], progress: @escaping @Sendable (Int) -> Void
  ) async throws -> [FingerprintOutcome] {
    let includesPDQ = options.method == .pdq
    return try await WorkerPool.map(
      count: edits.count * copies.originals.count, workerCount: options.workerCount,
      scratch: { Fingerprinter(includesPDQ: includesPDQ) },
      progress: progress
    ) { index, fingerprinter in
      copies.outcome(of: edits[index % edits.count], original: index / edits.count, &fingerprinter)
    }
  }

  /// Searches for the copies and counts, for each edit, those that were matched with their original or with a sample of
  /// equal pixels.
  private func recall(
    of made: [FingerprintOutcome], _ copies: ProbeCopies, _ edits: [ProbeEdit]
  ) async throws -> [DetectionPower.Edit] {
    let sampleCount = outcomes.count
    let search = MatchSearch(
      outcomes: outcomes + made, splitOf: outcomes.map { _ in 0 } + made.map { _ in 1 }, splitCount: 2,
      options: options,
      pictures: PictureCache(ProbePictures(dataset: pictures, sampleCount: sampleCount, copies: copies, edits: edits)),
      reference: 0)
    var isFound = Array(repeating: false, count: made.count)
    for match in try await search.run().matches {
      let copy = match.second - sampleCount
      let original = copies.originals[copy / edits.count].sample
      if match.first == original || outcomes[match.first].fingerprint?.pixels == outcomes[original].fingerprint?.pixels
      {
        isFound[copy] = true
      }
    }
    return edits.enumerated().map { number, edit in
      let ofEdit = stride(from: number, to: made.count, by: edits.count)
      return DetectionPower.Edit(
        name: edit.rawValue, foundCount: ofEdit.count { isFound[$0] },
        madeCount: ofEdit.count { made[$0].fingerprint != nil })
    }
  }
}
