internal import SplitSealFingerprint
internal import SplitSealImage

/// Decides which candidates are the same picture.
///
/// One for each worker.
struct CandidateChecker {
  /// Candidates of one picture that are checked in any case.
  static let checksPerPicture = 8
  /// Candidates of one picture that are checked at most: more than the first only as long as they prove right.
  static let mostChecks = CandidateSearch.candidatesPerPicture
  /// Candidates whose second and third pair of views are tried when the first proves nothing.
  private static let thoroughChecks = 8

  private let options: MatchOptions
  private let mostChecks: Int
  private let classes: PictureClasses
  private let pictures: PictureCache
  private var equality: PixelEquality
  private var asking = AlignmentCheck.Levels()
  private var other = AlignmentCheck.Levels()

  /// Prepares a checker.
  ///
  /// - Parameters:
  ///   - classes: Of which one asks and the others are candidates.
  ///   - outcomes: One a sample.
  ///   - options: The thresholds.
  ///   - pictures: Where the pixels come from.
  ///   - mostChecks: Candidates of one picture that are checked at most.
  init(
    classes: PictureClasses, outcomes: [FingerprintOutcome], options: MatchOptions, pictures: PictureCache,
    mostChecks: Int = mostChecks
  ) {
    self.mostChecks = mostChecks
    self.classes = classes
    self.options = options
    self.pictures = pictures
    equality = PixelEquality(outcomes: outcomes, source: pictures.source)
  }

  /// Checks the candidates of one class, closest first.
  ///
  /// - Parameters:
  ///   - candidates: The candidates, closest first.
  ///   - query: The class that asks.
  /// - Returns: Those that score the listing threshold or more, in the order given, and whether the limit of checks was
  ///   reached while candidates still proved right.
  mutating func neighbours(_ candidates: [Candidate], of query: Int) -> (found: [Neighbour], isCutShort: Bool) {
    let leastScore = options.leastListedScore
    guard !candidates.isEmpty else { return ([], false) }
    let picture = pictures.picture(of: classes.first(query))
    if let picture { asking.take(picture) }
    var found: [Neighbour] = []
    var limit = min(Self.checksPerPicture, mostChecks)
    for (number, candidate) in candidates.enumerated() {
      guard number < limit else { return (found, false) }
      guard var neighbour = neighbour(candidate, hasPicture: picture != nil, isThorough: number < Self.thoroughChecks)
      else { continue }
      if neighbour.score >= options.reportingThreshold, neighbour.mayHaveEqualPixels,
        equality.holds(classes.first(query), classes.first(candidate.index))
      {
        neighbour = Neighbour(index: candidate.index, score: 1, orientation: .identity, evidence: .pixels)
      }
      if neighbour.score >= leastScore { found.append(neighbour) }
      if neighbour.score >= options.reportingThreshold { limit = min(limit + 2, mostChecks) }
    }
    return (found, candidates.count >= mostChecks && limit == mostChecks)
  }

  /// Checks one candidate by its closest pairs of views.
  private mutating func neighbour(
    _ candidate: Candidate, hasPicture: Bool, isThorough: Bool
  ) -> Neighbour? {
    guard hasPicture, let found = pictures.picture(of: classes.first(candidate.index)) else {
      return candidate.hits.first.flatMap { judgedAlone($0, candidate.index) }
    }
    other.take(found)
    var best: Neighbour?
    for hit in candidate.hits.prefix(isThorough ? candidate.hits.count : 1) {
      guard let verdict = AlignmentCheck.verdict(query: asking, base: other, pair: hit.pair, cosine: hit.cosine)
      else { continue }
      if verdict.score > best?.score ?? -1 {
        best = Neighbour(
          index: candidate.index, score: verdict.score, orientation: hit.pair.orientation,
          evidence: .alignment(
            MatchAlignment(
              cosine: hit.cosine, firstView: hit.pair.query, secondView: hit.pair.base, overlap: verdict.overlap)))
      }
      if verdict.score >= options.reportingThreshold { break }
    }
    return best
  }

  /// Without pixels only very close descriptors count: see ``MatchOptions/descriptorThreshold``.
  private func judgedAlone(_ hit: Candidate.Hit, _ index: Int) -> Neighbour? {
    guard hit.cosine >= options.descriptorThreshold else { return nil }
    return Neighbour(
      index: index, score: min(hit.cosine, 1), orientation: hit.pair.orientation,
      evidence: .alignment(
        MatchAlignment(
          cosine: hit.cosine, firstView: hit.pair.query, secondView: hit.pair.base, overlap: nil)))
  }
}
