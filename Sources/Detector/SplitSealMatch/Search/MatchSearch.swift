public import SplitSealFingerprint
internal import SplitSealImage

/// Finds every pair of samples of different splits that show one picture, and what repeats within a split.
///
/// Equal bytes and equal pixels are found completely. Near-duplicates are candidates of an exact search over descriptors
/// that the alignment of their pixels confirms, or, by ``MatchMethod/pdq``, hashes within the threshold's distance in any
/// of the 8 orientations. Of two images, the one outside the reference split is the one that asks (of two such, the one
/// whose class comes first in the manifest).
public struct MatchSearch {
  /// Changes whenever the same fingerprints and pixels could give other matches.
  public static let version = 4

  /// PDQ distance at which the score reaches 0: twice the standard's threshold, so that the threshold scores one half.
  ///
  /// - Source: PDQ's README: a distance of 31 or less is a match.
  static let zeroScoreDistance = 62

  let outcomes: [FingerprintOutcome]
  let splitOf: [Int]
  let splitCount: Int
  let options: MatchOptions
  let pictures: PictureCache
  private let reference: Int?

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - outcomes: One a sample.
  ///   - splitOf: The split of each sample, 0..<`splitCount`.
  ///   - splitCount: Number of splits.
  ///   - options: What counts as a match, and how much is listed.
  ///   - pictures: Where candidates get their pixels from; where it has no source the descriptors decide alone.
  ///   - reference: The split that the images of the others are compared with, the training split where there is one;
  ///     without it the largest.
  public init(
    outcomes: [FingerprintOutcome], splitOf: [Int], splitCount: Int, options: MatchOptions,
    pictures: PictureCache = PictureCache(nil), reference: Int? = nil
  ) {
    precondition(outcomes.count == splitOf.count, "one split a sample")
    self.outcomes = outcomes
    self.splitOf = splitOf
    self.splitCount = splitCount
    self.options = options
    self.pictures = pictures
    self.reference = reference
  }

  /// Runs the search.
  ///
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Complexity: O(*n*) for exact matches; for near-duplicates see ``CandidateSearch`` and ``MultiIndexHash``.
  public func run() async throws -> MatchResult {
    let classes = PictureClasses(outcomes, splitOf: splitOf, splitCount: splitCount)
    var tally = MatchTally(classes: classes, outcomes: outcomes, splitCount: splitCount, options: options)
    switch options.method {
    case .pdq:
      try await forEachPDQNeighbourhood(in: classes) { tally.add($1, of: $0) }
    case .alignment:
      try await searchAligned(classes, &tally)
    }
    return tally.result()
  }

  /// The score of a PDQ distance, 0...1.
  public static func score(distance: Int) -> Double { max(0, 1 - Double(distance) / Double(zeroScoreDistance)) }

  /// The largest PDQ distance that scores `score` or more, 0...256.
  public static func radius(score: Double) -> Int {
    (0...zeroScoreDistance).last { self.score(distance: $0) >= score } ?? 0
  }

  /// The split that is asked: the one given, or the one with the most samples, the first of several.
  var askedSplit: Int? {
    if let reference { return reference }
    let sizes = (0..<splitCount).map { split in splitOf.count { $0 == split } }
    return sizes.indices.first { sizes[$0] == sizes.max() }
  }
}
