internal import SplitSealBase
internal import SplitSealFingerprint

extension MatchSearch {
  /// Descriptors of whole pictures within one split are candidates from this cosine on.
  ///
  /// A split is compared with itself for copies, of which a few suffice to tell, and there are as many more pairs.
  static let leastCosineWithinSplits = 0.8

  /// Finds near-duplicates by descriptors and alignment: across splits, then within them.
  func searchAligned(_ classes: PictureClasses, _ tally: inout MatchTally) async throws {
    let all = classes.indices.map { outcomes[classes.first($0)].fingerprint?.descriptors }
    let descriptors = all.map { $0.flatMap { $0.isPlain ? nil : $0 } }
    tally.countPlain { all[$0]?.isPlain == true }
    let compared = classes.indices.filter { descriptors[$0] != nil }
    let (asks, queries, base) = roles(of: compared, classes)
    let depth = depth(queryCount: queries.count, baseCount: base.count)
    let splitCount = splitCount
    let pixels = try await describedPixels(of: base, classes, depth)
    let pairs = ViewPair.acrossSplits(
      depth, includesBaseParts: pixels.hasBaseParts, shape: PicturePart.Shape(aspect: usualAspect(of: base, classes)))
    let across = CandidateSearch(
      descriptors: descriptors, base: base, pairs: pairs, leastCosine: leastCosineWithoutPictures(among: pairs),
      pixels: pixels)
    let cohort = Cohort(of: base, descriptors)
    (tally.alikeness, tally.depth) = (cohort.alikeness, depth)
    try await forEachNeighbourhood(
      of: queries, classes, across, cohort: cohort, rounds: depth.rounds(queryCount: queries.count)
    ) { query, other in
      classes.areAcross(query, other) && (!asks[other] || other > query || splitCount == 2)
    } body: { query, found, isCutShort in
      tally.add(found, of: query)
      if isCutShort { tally.countCutShort(query) }
    }

    guard options.searchesWithinSplits else { return }
    for split in 0..<splitCount {
      try await searchWithin(split, compared, descriptors, classes, cohort, &tally)
    }
  }

  private func depth(queryCount: Int, baseCount: Int) -> SearchDepth {
    SearchDepth(
      queryCount: queryCount, baseCount: baseCount, hasPictures: pictures.source != nil && options.comparesPixels)
  }

  /// Which classes ask, and which they are compared with.
  ///
  /// - Returns: Whether each class asks, the compared ones that do, and those that they are compared with.
  private func roles(of compared: [Int], _ classes: PictureClasses) -> (asks: [Bool], queries: [Int], base: [Int]) {
    let asked = askedSplit
    let asks = classes.indices.map { classes.isOutside(asked, $0) }
    // Of two splits one asks, and nobody needs to be compared with those who ask.
    let base = splitCount > 2 ? compared : compared.filter { classes.home($0) == nil || !asks[$0] }
    return (asks, compared.filter { asks[$0] }, base)
  }

  /// Width over height of the picture in the middle, by that; 1 where there is none.
  private func usualAspect(of base: [Int], _ classes: PictureClasses) -> Double {
    let aspects = base.compactMap { index in
      outcomes[classes.first(index)].fingerprint.map { Double($0.width) / Double($0.height) }
    }
    return aspects.isEmpty ? 1 : aspects.sorted()[aspects.count / 2]
  }

  /// Where the search gets parts from that no descriptor holds; at full depth those of a small base are described at once.
  private func describedPixels(
    of base: [Int], _ classes: PictureClasses, _ depth: SearchDepth
  ) async throws -> DescribedPixels {
    guard depth > .stored else { return DescribedPixels() }
    let pictures = pictures
    let picture = { @Sendable (index: Int) in pictures.picture(of: classes.first(index)) }
    guard depth == .full, base.count <= SearchDepth.mostDescribedInBase
    else { return DescribedPixels(picture: picture) }
    let chunkLength = max(16, base.count / (4 * max(1, options.workerCount)))
    let describers = Array(repeating: PartDescriber(), count: max(1, options.workerCount))
    var ofBase: [Int: [PicturePart: DescribedPart]] = [:]
    try await WorkerPool.forEachChunk(of: base.count, chunkLength: chunkLength, workers: describers) {
      chunk, describer in
      base[chunk].map { index in
        (index, picture(index).map { describer.describe(PicturePart.ofBase, of: $0) } ?? [:])
      }
    } receive: { (_, part: [(index: Int, parts: [PicturePart: DescribedPart])]) in
      for (index, parts) in part { ofBase[index] = parts }
    }
    return DescribedPixels(picture: picture, ofBase: ofBase)
  }

  /// Finds what one split repeats.
  ///
  /// Two classes that both are in several splits are compared in the first of all.
  private func searchWithin(
    _ split: Int, _ compared: [Int], _ descriptors: [GradientDescriptors?], _ classes: PictureClasses, _ cohort: Cohort,
    _ tally: inout MatchTally
  ) async throws {
    let members = compared.filter { classes.home($0) == nil || classes.home($0) == split }
    let search = CandidateSearch(
      descriptors: descriptors, base: members, pairs: ViewPair.withinSplits,
      leastCosine: leastCosineWithoutPictures(among: ViewPair.withinSplits) ?? { _ in Self.leastCosineWithinSplits })
    try await forEachNeighbourhood(
      of: members, classes, search, onlyLater: true, cohort: cohort,
      mostChecks: CandidateChecker.checksPerPicture
    ) { query, other in
      other > query && (split == 0 || classes.home(query) != nil || classes.home(other) != nil)
    } body: { query, found, _ in
      tally.addWithinSplits(found, of: query)
    }
  }

  /// Where there are no pictures, how close views must be to matter: descriptors decide alone, those of the views that are
  /// closest as against chance, and by them whoever is less close than that is not told from chance.
  private func leastCosineWithoutPictures(among pairs: [ViewPair]) -> ((ViewPair) -> Double)? {
    guard pictures.source == nil, let most = pairs.map(\.chanceCosine).max() else { return nil }
    let leastExcess = options.descriptorThreshold - most
    return { $0.chanceCosine + leastExcess }
  }

  /// Calls `body` for each class that asks, in no particular order, with those that show the same.
  ///
  /// What is in flight is bounded: a worker hands over the neighbours of some classes before it takes more. As long as no
  /// candidate proves right, as many as in the first of the `rounds` are checked once more.
  private func forEachNeighbourhood(
    of queries: [Int], _ classes: PictureClasses, _ search: CandidateSearch, onlyLater: Bool = false,
    cohort: Cohort, mostChecks: Int = CandidateChecker.mostChecks, rounds: Int = 1,
    where isWanted: @escaping @Sendable (_ query: Int, _ other: Int) -> Bool,
    body: (_ query: Int, _ found: [Neighbour], _ isCutShort: Bool) -> Void
  ) async throws {
    let (options, outcomes, pictures) = (options, outcomes, pictures)
    let workerCount = max(1, options.workerCount)
    // Enough that the search has many queries for each part of the table it packs, few enough to share the work.
    let chunkLength = max(16, min(onlyLater ? 4096 : 512, queries.count / (4 * workerCount)))
    let checker = CandidateChecker(
      classes: classes, outcomes: outcomes, options: options, pictures: pictures, cohort: cohort,
      mostChecks: mostChecks, isPatient: rounds > 1)
    let checkers = Array(repeating: checker, count: workerCount)
    try await WorkerPool.forEachChunk(of: queries.count, chunkLength: chunkLength, workers: checkers) {
      range, checker in
      let chunk = queries[range]
      let candidates = search.candidates(of: chunk, onlyLater: onlyLater, where: isWanted)
      return zip(chunk, candidates).map { query, candidates in
        let (neighbours, isCutShort) = checker.neighbours(candidates, of: query, rounds: rounds)
        return (query, neighbours, isCutShort)
      }
    } receive: { (_, found: [(query: Int, neighbours: [Neighbour], isCutShort: Bool)]) in
      for (query, neighbours, isCutShort) in found { body(query, neighbours, isCutShort) }
    }
  }
}
