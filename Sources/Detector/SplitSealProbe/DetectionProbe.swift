internal import SplitSealBase
public import SplitSealFingerprint
internal import SplitSealImage
public import SplitSealMatch
internal import Synchronization

/// Measures what the detector finds: edits images of the dataset and looks for them among its samples.
///
/// The copies are searched for as a second split beside the whole dataset, with the options of the audit, some at a time,
/// so that memory for them stays bounded. The copies ask, as test images do, and the caps of the search are for each
/// image that asks.
public struct DetectionProbe {
  /// What was measured.
  public struct Measurement: Hashable, Sendable {
    /// Images that were edited.
    public let imageCount: Int
    /// One recall for each edit that was tried; none when no image shows enough.
    public let edits: [DetectionPower.Edit]
  }

  /// Partners that a copy may list: enough to find its original behind the other frames of a film.
  private static let listedPerCopy = 1024
  /// Copies in work at once, whose fingerprints and pictures are in memory: enough that the search has many for each part
  /// of the dataset that it packs.
  private static let batchLength = 1024
  /// Pixels that the shorter side of an original needs: at its working size it has no more.
  public static let leastSide = 256

  private let outcomes: [FingerprintOutcome]
  private let pictures: any PictureSource
  private let options: MatchOptions
  private let seed: UInt32
  private let selection: ProbeSelection
  private let copiesPerImage: Int

  /// Prepares a probe and chooses its images.
  ///
  /// - Parameters:
  ///   - outcomes: One a sample.
  ///   - splitOf: The split of each sample, 0..<`splitCount`.
  ///   - splitCount: Number of splits.
  ///   - reference: The split that the images of the others are compared with; the largest where absent. With
  ///     `nearPairCount` it says how much the search of the audit did, and with that how many copies are made.
  ///   - nearPairCount: Near-duplicates that the search of the audit reported.
  ///   - options: Those of the audit: the reporting threshold in force, the number of workers.
  ///   - probe: Seed and number of images.
  ///   - pictures: The pictures of the samples. Those to be edited may be scaled down, but for ``leastSide``.
  public init(
    outcomes: [FingerprintOutcome], splitOf: [Int], splitCount: Int, reference: Int? = nil, nearPairCount: Int = 0,
    options: MatchOptions, probe: ProbeOptions, pictures: any PictureSource
  ) {
    self.outcomes = outcomes
    self.pictures = pictures
    seed = probe.seed
    var options = options
    options.searchesWithinSplits = false
    // What is not reported is not found: no other pair has to be kept.
    options.listingThreshold = options.reportingThreshold
    options.doubtThreshold = options.reportingThreshold
    options.listedPerSample = max(options.listedPerSample, Self.listedPerCopy)
    self.options = options
    let sizes = (0..<splitCount).map { split in splitOf.count { $0 == split } }
    let referenceSize = reference.map { sizes[$0] } ?? sizes.max() ?? 0
    var selection = ProbeSelection(outcomes, splitOf: splitOf, splitCount: splitCount, options: options)
    let budget = ProbeBudget(
      comparableCount: selection.comparableCount, sampleCount: outcomes.count,
      queryCount: outcomes.count - referenceSize, nearPairCount: nearPairCount, imageLimit: probe.imageLimit,
      editCount: ProbeEdit.allCases.count)
    selection.choose(budget.imageCount, seed: probe.seed)
    self.selection = selection
    copiesPerImage = budget.copiesPerImage
  }

  /// Makes the copies and searches for them.
  ///
  /// - Parameter progress: Called now and then, from any task, with the copies done and to do; the former never falls.
  /// - Returns: The images that were edited, and one recall for each edit; no image and no recall when none shows enough.
  /// - Throws: `CancellationError` when the task is cancelled.
  public func run(
    progress: @escaping @Sendable (_ completedCount: Int, _ totalCount: Int) -> Void = { _, _ in }
  ) async throws -> Measurement {
    let steps = ProbeSteps(
      imageCount: selection.samples.count, copiesPerImage: copiesPerImage, report: progress)
    let copies = ProbeCopies(
      originals: try await originals(steps), seed: seed, copiesPerImage: copiesPerImage)
    var isFound: [Bool] = [], isMade: [Bool] = []
    let pictures = ProbePictures(dataset: pictures, sampleCount: outcomes.count, copies: copies) { _ in steps.addOne() }
    // One for all batches: their copies have numbers of their own, and what is decoded of the dataset is decoded once.
    let cache = PictureCache(pictures)
    for start in stride(from: 0, to: copies.count, by: Self.batchLength) {
      let batch = start..<min(start + Self.batchLength, copies.count)
      let made = try await fingerprints(of: copies, batch, pictures, steps)
      isMade += made.map { $0.fingerprint != nil }
      isFound += try await search(for: made, batch, copies, cache)
      pictures.forgetCopies()
      steps.reach(copy: batch.upperBound)
    }
    steps.end()
    let edits = copies.count == 0 ? [] : ProbeEdit.allCases
    return Measurement(
      imageCount: copies.originals.count,
      edits: edits.enumerated().map { number, edit in
        let ofEdit = stride(from: number, to: copies.count, by: edits.count)
        return DetectionPower.Edit(
          name: edit.rawValue, foundCount: ofEdit.count { isFound[$0] }, madeCount: ofEdit.count { isMade[$0] })
      })
  }

  /// The chosen pictures at their working size, without those that can no longer be read.
  private func originals(_ steps: ProbeSteps) async throws -> [ProbeCopies.Original] {
    let (samples, pictures) = (selection.samples, pictures)
    return try await WorkerPool.map(
      count: samples.count, workerCount: options.workerCount, scratch: {}, progress: { _ in steps.addOne() }
    ) { index, _ in
      pictures.picture(of: samples[index]).map { picture in
        ProbeCopies.Original(
          sample: samples[index], format: picture.format, canvas: Canvas(picture.seen()).atWorkingSize())
      }
    }.compactMap(\.self)
  }

  /// One outcome for each copy of a batch.
  private func fingerprints(
    of copies: ProbeCopies, _ batch: Range<Int>, _ pictures: ProbePictures, _ steps: ProbeSteps
  ) async throws -> [FingerprintOutcome] {
    let includesPDQ = options.method == .pdq
    let keepsPictures = !includesPDQ && options.comparesPixels
    return try await WorkerPool.map(
      count: batch.count, workerCount: options.workerCount,
      scratch: {
        var fingerprinter = Fingerprinter(includesPDQ: includesPDQ)
        fingerprinter.keepsPicture = keepsPictures
        return fingerprinter
      },
      progress: { _ in steps.addOne() }
    ) { index, fingerprinter in
      let copy = batch.lowerBound + index
      let outcome = copies.outcome(of: copy, &fingerprinter)
      if let picture = fingerprinter.picture { pictures.keep(picture, ofCopy: copy) }
      return outcome
    }
  }

  /// Searches for the copies of a batch and says which were matched with their original or with a sample of equal pixels.
  private func search(
    for made: [FingerprintOutcome], _ batch: Range<Int>, _ copies: ProbeCopies, _ cache: PictureCache
  ) async throws -> [Bool] {
    let sampleCount = outcomes.count
    // The copies before these keep their numbers, and are in no class.
    let gone = Array(repeating: FingerprintOutcome.unreadable(.missing, nil), count: batch.lowerBound)
    let search = MatchSearch(
      outcomes: outcomes + gone + made,
      splitOf: Array(repeating: 0, count: sampleCount) + Array(repeating: 1, count: gone.count + made.count),
      splitCount: 2, options: options, pictures: cache, reference: 0)
    var isFound = Array(repeating: false, count: made.count)
    for match in try await search.run().matches {
      let copy = match.second - sampleCount
      let original = copies.original(of: copy).sample
      if match.first == original || outcomes[match.first].fingerprint?.pixels == outcomes[original].fingerprint?.pixels
      {
        isFound[copy - batch.lowerBound] = true
      }
    }
    return isFound
  }
}

/// How many steps are done, counted by several workers: an image that is read is one, a copy is two, made and searched
/// for.
private final class ProbeSteps: Sendable {
  let imageCount: Int
  private let copyCount: Int
  private let total: Int
  private let done = Mutex(0)
  private let report: @Sendable (Int, Int) -> Void

  init(imageCount: Int, copiesPerImage: Int, report: @escaping @Sendable (Int, Int) -> Void) {
    (self.imageCount, self.report) = (imageCount, report)
    copyCount = imageCount * copiesPerImage
    total = imageCount + 2 * copyCount
  }

  /// Counts one step: a copy that the search asks for twice may be two, but there are no more than there are.
  func addOne() { reach { $0 + 1 } }

  /// Says that the copies before `copy` are done.
  func reach(copy: Int) { reach { max($0, imageCount + 2 * copy) } }

  /// Says that all is done.
  func end() { reach { _ in total } }

  /// Reports in turn, so that the numbers never fall.
  private func reach(_ next: (Int) -> Int) {
    done.withLock { done in
      done = min(next(done), total)
      report(total == 0 ? 0 : done * copyCount / total, copyCount)
    }
  }
}
