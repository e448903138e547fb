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
  /// Log-odds of the outlines from which on no further pair of views is tried.
  private static let plainOutline = 2.2

  private let options: MatchOptions
  private let mostChecks: Int
  private let cohort: Cohort
  /// Whether no alignment of small pictures is given up early.
  private let isPatient: Bool
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
  ///   - cohort: By which it is told how alike the dataset's pictures are.
  ///   - mostChecks: Candidates of one picture that are checked at most.
  ///   - isPatient: Whether alignments of small pictures are carried through: where there are few candidates.
  init(
    classes: PictureClasses, outcomes: [FingerprintOutcome], options: MatchOptions, pictures: PictureCache,
    cohort: Cohort, mostChecks: Int = mostChecks, isPatient: Bool = false
  ) {
    self.mostChecks = mostChecks
    self.cohort = cohort
    self.isPatient = isPatient
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
  ///   - rounds: As long as no candidate proves right, so many times ``checksPerPicture`` are checked.
  /// - Returns: Those that score the listing threshold or more, in the order given, and whether the limit of checks was
  ///   reached while candidates still proved right.
  mutating func neighbours(
    _ candidates: [Candidate], of query: Int, rounds: Int = 1
  ) -> (found: [Neighbour], isCutShort: Bool) {
    guard !candidates.isEmpty else { return ([], false) }
    let picture = pictures.picture(of: classes.first(query))
    if let picture { asking.take(picture) }
    var checked: [Checked] = []
    var limit = min(Self.checksPerPicture, mostChecks)
    let mostUnproven = min(Self.checksPerPicture * rounds, mostChecks)
    var hasProof = false
    for (number, candidate) in candidates.enumerated() {
      if number >= limit {
        guard !hasProof, limit < mostUnproven else { break }
        limit = min(limit + Self.checksPerPicture, mostUnproven)
      }
      guard let one = check(candidate, of: query, hasPicture: picture != nil) else { continue }
      let isProof = score(of: one, among: checked) >= options.reportingThreshold
      checked.append(one)
      if isProof {
        hasProof = true
        limit = min(limit + 2, mostChecks)
      }
    }
    let isCutShort = candidates.count >= mostChecks && limit == mostChecks && hasProof
    return (judged(checked, of: query, leastScore: options.leastListedScore), isCutShort)
  }

  /// What became of one candidate, before it is held against the others.
  private struct Checked {
    let index: Int
    let hit: Candidate.Hit
    /// How the pictures lie on each other; `nil` where the pixels could not be compared, and descriptors decide.
    let fit: AlignmentCheck.Fit?
    /// How far the two are of a kind that is alike by design, 0...1.
    let alikeness: Double
    /// The log-odds of the fine detail; `nil` where it decides nothing.
    let detail: Double?

    /// What its pixels say for it.
    var logOdds: Double { detail ?? fit?.outlineLogOdds ?? 0 }
  }

  /// The score of a candidate among others; its cosine where there are no pixels.
  private func score(of one: Checked, among others: [Checked]) -> Double {
    guard let fit = one.fit else { return min(one.hit.cosine, 1) }
    guard let detail = one.detail else { return DatasetScore.probability(fit.outlineLogOdds) }
    let model = fit.isSmall ? DatasetScore.small : DatasetScore.large
    let ofDetail = model.logOdds(
      pair: detail, others: others.map { $0.detail ?? -.infinity }, alikeness: one.alikeness)
    // Small pictures of anything show too little detail: where they are not alike by design, outlines tell more.
    let share = fit.isSmall ? one.alikeness : 1
    return DatasetScore.probability(share * ofDetail + (1 - share) * fit.outlineLogOdds)
  }

  /// Lays one candidate on the picture that asks, by its closest pairs of views.
  private mutating func check(_ candidate: Candidate, of query: Int, hasPicture: Bool) -> Checked? {
    guard hasPicture, let found = pictures.picture(of: classes.first(candidate.index)) else {
      // Without pixels only very close descriptors count: see ``MatchOptions/descriptorThreshold``.
      guard let hit = candidate.hits.first, hit.cosine >= options.descriptorThreshold else { return nil }
      return Checked(index: candidate.index, hit: hit, fit: nil, alikeness: 0, detail: nil)
    }
    other.take(found)
    // What seems to be painted over may be part of the picture after all.
    let ways = asking.isPainted || other.isPainted ? [false, true] : [false]
    return ways.compactMap { look(at: candidate, of: query, showsPaint: $0) }
      .max { $0.logOdds < $1.logOdds }
  }

  /// Lays the picture at hand on the one that asks, with what is painted over or without it.
  private func look(at candidate: Candidate, of query: Int, showsPaint: Bool) -> Checked? {
    var best: (hit: Candidate.Hit, fit: AlignmentCheck.Fit)?
    for hit in candidate.hits {
      let fit = AlignmentCheck.fit(
        query: asking, base: other, pair: hit.pair, cosine: hit.cosine, showsPaint: showsPaint, isPatient: isPatient)
      guard let fit else { continue }
      if fit.outlineLogOdds > best?.fit.outlineLogOdds ?? -.infinity { best = (hit, fit) }
      if fit.outlineLogOdds >= Self.plainOutline { break }
    }
    guard let (hit, fit) = best, fit.isPossible else { return nil }
    let alikeness = max(cohort.alikeness(of: query), cohort.alikeness(of: candidate.index))
    let detail =
      !fit.isSmall || alikeness > 0 ? AlignmentCheck.detailLogOdds(query: asking, base: other, fit: fit) : nil
    return Checked(index: candidate.index, hit: hit, fit: fit, alikeness: alikeness, detail: detail)
  }

  /// Scores the candidates of one class, each among the others.
  private mutating func judged(_ checked: [Checked], of query: Int, leastScore: Double) -> [Neighbour] {
    var found: [Neighbour] = []
    for (place, one) in checked.enumerated() {
      var others = checked
      others.remove(at: place)
      let score = score(of: one, among: others)
      guard score >= leastScore else { continue }
      if one.fit != nil, score >= options.reportingThreshold, one.hit.mayHaveEqualPixels,
        equality.holds(classes.first(query), classes.first(one.index))
      {
        found.append(Neighbour(index: one.index, score: 1, orientation: .identity, evidence: .pixels))
        continue
      }
      let pair = one.hit.pair
      found.append(
        Neighbour(
          index: one.index, score: score, orientation: pair.orientation,
          evidence: .alignment(
            MatchAlignment(
              cosine: one.hit.cosine, firstView: pair.query, secondView: pair.base, overlap: one.fit?.overlap))))
    }
    return found
  }
}
