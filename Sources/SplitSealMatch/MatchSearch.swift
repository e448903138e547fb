public import SplitSealFingerprint
internal import SplitSealImage

/// Finds every pair of samples of different splits that show one picture.
///
/// Complete and exact: equal bytes, equal pixels, and PDQ within the threshold's distance in any of the 8 orientations,
/// by the standard's hash or by the centred one. Of two images, the one outside the largest split is the one that is
/// hashed in eight orientations (of two such, the one whose class comes first in the manifest); the median in PDQ makes
/// the two directions differ by a few bits.
public struct MatchSearch {
  /// PDQ distance at which the score reaches 0: twice the standard's threshold, so that the threshold scores one half.
  ///
  /// - Source: PDQ's README: a distance of 31 or less is a match.
  static let zeroScoreDistance = 62

  private let outcomes: [FingerprintOutcome]
  private let splitOf: [Int]
  private let splitCount: Int
  private let options: MatchOptions
  private let pictures: (any PictureSource)?

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - outcomes: One a sample.
  ///   - splitOf: The split of each sample, 0..<`splitCount`.
  ///   - splitCount: Number of splits.
  ///   - options: What counts as a match, and how much is listed.
  ///   - pictures: Where candidates get their pixels from; without it the descriptors decide alone.
  public init(
    outcomes: [FingerprintOutcome], splitOf: [Int], splitCount: Int, options: MatchOptions,
    pictures: (any PictureSource)? = nil
  ) {
    precondition(outcomes.count == splitOf.count, "one split a sample")
    self.outcomes = outcomes
    self.splitOf = splitOf
    self.splitCount = splitCount
    self.options = options
    self.pictures = pictures
  }

  /// Runs the search.
  ///
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Complexity: O(*n*) for exact matches; for PDQ see ``MultiIndexHash``.
  public func run() async throws -> MatchResult {
    let classes = PictureClasses(outcomes, minimumQuality: options.minimumQuality).classes
    var tally = MatchTally(
      classes: classes, outcomes: outcomes, splitOf: splitOf, splitCount: splitCount, options: options)
    try await forEachNeighbourhood(in: classes) { index, neighbours in tally.add(neighbours, of: index) }
    return tally.result()
  }

  /// Another class whose hash is close to that of the class at hand.
  struct Neighbour: Hashable, Sendable {
    /// The other class.
    let index: Int
    /// Differing bits.
    let distance: Int
    /// What turns the class at hand into the other.
    let orientation: Orientation
    /// Which hashes are that close.
    let sampling: PDQSampling

    var score: Double { MatchSearch.score(distance: distance) }
  }

  /// The score of a PDQ distance, 0...1.
  public static func score(distance: Int) -> Double { max(0, 1 - Double(distance) / Double(zeroScoreDistance)) }

  /// The largest PDQ distance that scores `score` or more, 0...256.
  public static func radius(score: Double) -> Int {
    (0...zeroScoreDistance).last { self.score(distance: $0) >= score } ?? 0
  }

  /// Calls `body` for each class that is searched for, in no particular order, with all its neighbours.
  ///
  /// What is in flight is bounded: a worker hands over the neighbours of a few dozen classes before it takes more.
  private func forEachNeighbourhood(
    in classes: [PictureClasses.Class], _ body: (_ index: Int, _ neighbours: [Neighbour]) -> Void
  ) async throws {
    let base = classes.indices.filter { classes[$0].pdq != nil }
    let sizes = (0..<splitCount).map { split in splitOf.count { $0 == split } }
    let largest = sizes.indices.first { sizes[$0] == sizes.max() }
    let isQuery = classes.map { entry in entry.pdq != nil && entry.members.contains { splitOf[$0] != largest } }
    let queries = base.filter { isQuery[$0] }
    let indexes = PDQSampling.allCases.map { sampling in
      (sampling, MultiIndexHash(base.map { classes[$0].pdq?[sampling].identity ?? PDQHash() }))
    }
    let radius = Self.radius(score: min(options.listingThreshold, options.reportingThreshold))
    let workerCount = max(1, options.workerCount)
    let chunkLength = 64
    var scratches = Array(repeating: MultiIndexHash.Scratch(count: base.count), count: workerCount)

    try await withThrowingTaskGroup(of: ([(Int, [Neighbour])], MultiIndexHash.Scratch).self) { group in
      var next = 0
      func start(_ scratch: MultiIndexHash.Scratch) {
        guard next < queries.count else { return }
        let chunk = queries[next..<min(next + chunkLength, queries.count)]
        next += chunk.count
        group.addTask {
          try Task.checkCancellation()
          var scratch = scratch
          let found = chunk.map { query in
            let all = Self.neighbours(
              of: query, in: classes, base: base, indexes: indexes, radius: radius, scratch: &scratch)
            return (query, all.filter { !isQuery[$0.index] || $0.index > query })
          }
          return (found, scratch)
        }
      }
      while let scratch = scratches.popLast() { start(scratch) }
      for try await (found, scratch) in group {
        for (query, neighbours) in found { body(query, neighbours) }
        start(scratch)
      }
    }
  }

  private static func neighbours(
    of query: Int, in classes: [PictureClasses.Class], base: [Int], indexes: [(PDQSampling, MultiIndexHash)],
    radius: Int, scratch: inout MultiIndexHash.Scratch
  ) -> [Neighbour] {
    guard let pdq = classes[query].pdq else { return [] }
    var best: [Int: Neighbour] = [:]
    for (sampling, index) in indexes {
      for orientation in Orientation.allCases {
        index.forEachHash(within: radius, of: pdq[sampling][orientation], scratch: &scratch) { position, distance in
          let other = base[position]
          guard other != query, distance < best[other]?.distance ?? .max else { return }
          best[other] = Neighbour(index: other, distance: distance, orientation: orientation, sampling: sampling)
        }
      }
    }
    return best.values.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
  }
}
