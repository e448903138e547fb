public import SplitSealFingerprint
internal import SplitSealImage

/// Finds what two datasets have in common, split by split: of each pair of splits, one of each, what a search of the two
/// alone finds.
///
/// Nothing is looked for within either dataset. Samples of the second are counted behind those of the first.
public struct CrossSearch: Sendable {
  /// One of the two datasets.
  public struct Side: Sendable {
    let outcomes: [FingerprintOutcome]
    let splitOf: [Int]
    let splitCount: Int
    let training: Int?

    /// Describes a dataset.
    ///
    /// - Parameters:
    ///   - outcomes: One a sample.
    ///   - splitOf: The split of each sample, 0..<`splitCount`.
    ///   - splitCount: Number of splits.
    ///   - training: Its training split, with which others are compared; `nil` where it has none.
    public init(outcomes: [FingerprintOutcome], splitOf: [Int], splitCount: Int, training: Int?) {
      precondition(outcomes.count == splitOf.count, "one split a sample")
      self.outcomes = outcomes
      self.splitOf = splitOf
      self.splitCount = splitCount
      self.training = training
    }
  }

  /// What a split of the first dataset and one of the second have in common.
  public struct Found: Hashable, Sendable {
    /// Index of the first dataset's split.
    public let first: Int
    /// Index of the second dataset's split.
    public let second: Int
    /// What was found, counted in full: `first` of it is 0, `second` is 1.
    public let counts: SplitPairCount
    /// Pairs at or above the reporting threshold, the second sample counted behind the first dataset.
    public let matches: [Match]
    /// Pairs that were counted and not listed.
    public let unlistedCount: Int
    /// Samples that show too little to be judged, of the first split and of the second.
    public let tooPlainCounts: [Int]

    /// Assembles what was found.
    public init(
      first: Int, second: Int, counts: SplitPairCount, matches: [Match], unlistedCount: Int = 0,
      tooPlainCounts: [Int] = []
    ) {
      self.first = first
      self.second = second
      self.counts = counts
      self.matches = matches
      self.unlistedCount = unlistedCount
      self.tooPlainCounts = tooPlainCounts
    }
  }

  private let first: Side
  private let second: Side
  private let options: MatchOptions
  private let pictures: (any PictureSource)?

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - first: One dataset.
  ///   - second: The other one.
  ///   - options: What counts as a match, and how much is listed.
  ///   - pictures: Where candidates get their pixels from, by joint index; `nil` where descriptors decide alone.
  public init(_ first: Side, _ second: Side, options: MatchOptions, pictures: (any PictureSource)? = nil) {
    self.first = first
    self.second = second
    self.options = options
    self.pictures = pictures
  }

  /// Runs the search.
  ///
  /// - Returns: One element for every pair of splits: the first dataset's first split with all of the second, and so on.
  /// - Throws: `CancellationError` when the task is cancelled.
  public func run() async throws -> [Found] {
    var found: [Found] = []
    for a in 0..<first.splitCount {
      for b in 0..<second.splitCount { found.append(try await search(a, b)) }
    }
    return found
  }

  private func search(_ a: Int, _ b: Int) async throws -> Found {
    let mine = first.splitOf.indices.filter { first.splitOf[$0] == a }
    let theirs = second.splitOf.indices.filter { second.splitOf[$0] == b }
    let joint = mine + theirs.map { $0 + first.outcomes.count }
    var options = options
    options.searchesWithinSplits = false
    let search = MatchSearch(
      outcomes: mine.map { first.outcomes[$0] } + theirs.map { second.outcomes[$0] },
      splitOf: mine.map { _ in 0 } + theirs.map { _ in 1 }, splitCount: 2, options: options,
      pictures: PictureCache(pictures.map { SomePictures(source: $0, samples: joint) }),
      reference: first.training == a ? 0 : second.training == b ? 1 : nil)
    let result = try await search.run()
    return Found(
      first: a, second: b, counts: result.counts.first ?? SplitPairCount(first: 0, second: 1),
      matches: result.matches.map { $0.renumbered(joint) }, unlistedCount: result.unlistedCount,
      tooPlainCounts: result.tooPlainCounts)
  }
}

/// The pictures of some of a source's samples, under numbers of their own.
private struct SomePictures: PictureSource {
  let source: any PictureSource
  let samples: [Int]

  func picture(of sample: Int) -> DecodedImage? { source.picture(of: samples[sample]) }

  func comparisonPicture(of sample: Int) -> ComparisonPicture? { source.comparisonPicture(of: samples[sample]) }
}

extension Match {
  /// The same match of samples that have other numbers, in the same order.
  fileprivate func renumbered(_ numbers: [Int]) -> Match {
    Match(
      first: numbers[first], second: numbers[second], kind: kind, score: score, orientation: orientation,
      distance: distance, sampling: sampling, alignment: alignment)
  }
}
