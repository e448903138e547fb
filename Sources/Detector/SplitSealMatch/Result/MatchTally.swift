internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage

/// Turns classes and their neighbours into pairs of samples: counts every pair, lists those the cap allows.
///
/// Each sample lists its best partners in every other split; a pair is listed when one of its two samples lists it.
struct MatchTally {
  private let classes: PictureClasses
  private let outcomes: [FingerprintOutcome]
  private let splitCount: Int
  private let options: MatchOptions
  /// Whether a class has a reported partner in a split: `reaches[class * splitCount + split]`.
  private var reaches: [Bool]
  private var counts: [SplitPairCount]
  /// For each class, the neighbours that were found from it or from them.
  private var neighbours: [[Neighbour]]
  /// Classes with a neighbour in one of their splits, and that neighbour.
  private var withinSplits: [(index: Int, neighbour: Neighbour)] = []
  private var tooPlainCounts: [Int]
  private var cutShortCount = 0
  /// What ``MatchResult/alikeness`` and ``MatchResult/depth`` say; set by the search.
  var alikeness: Double?
  var depth: SearchDepth?

  init(
    classes: PictureClasses, outcomes: [FingerprintOutcome], splitCount: Int, options: MatchOptions
  ) {
    self.classes = classes
    self.outcomes = outcomes
    self.splitCount = splitCount
    self.options = options
    tooPlainCounts = Array(repeating: 0, count: splitCount)
    reaches = Array(repeating: false, count: classes.count * splitCount)
    counts = (0..<splitCount).flatMap { first in
      ((first + 1)..<max(splitCount, first + 1)).map { SplitPairCount(first: first, second: $0) }
    }
    neighbours = Array(repeating: [], count: classes.count)
    for index in classes.indices where classes.sampleCount(index) > 1 { countExactPairs(of: index) }
  }

  /// Counts the pairs of equal bytes and equal pixels within one class.
  private mutating func countExactPairs(of index: Int) {
    let partSizes = classes.partsOfEqualBytes(index, of: outcomes)
    for pair in counts.indices {
      let (first, second) = (counts[pair].first, counts[pair].second)
      let all = classes.sampleCount(index, in: first) * classes.sampleCount(index, in: second)
      guard all > 0 else { continue }
      let equalBytes = partSizes.reduce(0) { $0 + $1[first] * $1[second] }
      counts[pair].bytePairs += equalBytes
      counts[pair].pixelPairs += all - equalBytes
      reaches[index * splitCount + first] = true
      reaches[index * splitCount + second] = true
    }
  }

  /// Counts the pairs between a class and its neighbours, and remembers them for the lists.
  mutating func add(_ found: [Neighbour], of index: Int) {
    for neighbour in found {
      if neighbour.score >= options.reportingThreshold {
        countPairs(index, neighbour.index, as: neighbour.evidence == .pixels ? .equalPixels : .near)
      } else if neighbour.score >= options.leastDoubtfulScore {
        countPairs(index, neighbour.index, as: .doubtful)
      }
      remember(neighbour, of: index)
      remember(neighbour.reversed(index: index), of: neighbour.index)
    }
  }

  /// Remembers near-duplicates within a split.
  mutating func addWithinSplits(_ found: [Neighbour], of index: Int) {
    for neighbour in found where neighbour.score >= options.reportingThreshold {
      withinSplits.append((index, neighbour))
    }
  }

  /// Counts the samples of the classes whose pictures are too plain to be judged.
  mutating func countPlain(_ isPlain: (Int) -> Bool) {
    for index in classes.indices where isPlain(index) {
      for split in 0..<splitCount { tooPlainCounts[split] += classes.sampleCount(index, in: split) }
    }
  }

  /// Counts the samples of a class that had more candidates than were checked.
  mutating func countCutShort(_ index: Int) { cutShortCount += classes.sampleCount(index) }

  /// Keeps a neighbour for the lists; forgets those that no list has room for, so that a film of one still scene does
  /// not fill the memory.
  private mutating func remember(_ neighbour: Neighbour, of index: Int) {
    neighbours[index].append(neighbour)
    guard neighbours[index].count > 2 * options.listedPerSample * splitCount else { return }
    neighbours[index] = best(neighbours[index])
  }

  /// The neighbours in order, without those behind the first `listedPerSample` of every split they are in.
  private func best(_ neighbours: [Neighbour]) -> [Neighbour] {
    var room = Array(repeating: options.listedPerSample, count: splitCount)
    return neighbours.sorted(by: Neighbour.isBefore).filter { neighbour in
      let splits = (0..<splitCount).filter { classes.sampleCount(neighbour.index, in: $0) > 0 }
      defer { for split in splits { room[split] -= 1 } }
      return splits.contains { room[$0] > 0 }
    }
  }

  /// As what the pairs of two classes count.
  private enum PairSort {
    case equalPixels, near, doubtful
  }

  private mutating func countPairs(_ a: Int, _ b: Int, as sort: PairSort) {
    for pair in counts.indices {
      let (first, second) = (counts[pair].first, counts[pair].second)
      let forward = classes.sampleCount(a, in: first) * classes.sampleCount(b, in: second)
      let backward = classes.sampleCount(b, in: first) * classes.sampleCount(a, in: second)
      switch sort {
      case .equalPixels: counts[pair].pixelPairs += forward + backward
      case .near: counts[pair].nearPairs += forward + backward
      case .doubtful: counts[pair].doubtfulPairs += forward + backward
      }
      if forward > 0 {
        reach(a, second, sort)
        reach(b, first, sort)
      }
      if backward > 0 {
        reach(b, second, sort)
        reach(a, first, sort)
      }
    }
  }

  /// Remembers that a class has a partner in a split; one in doubt affects nobody.
  private mutating func reach(_ index: Int, _ split: Int, _ sort: PairSort) {
    if sort != .doubtful { reaches[index * splitCount + split] = true }
  }

  /// The lists and counts.
  func result() -> MatchResult {
    var counts = counts
    var listed: [Match] = []
    for pair in counts.indices {
      let (first, second) = (counts[pair].first, counts[pair].second)
      for index in classes.indices {
        if reaches[index * splitCount + second] {
          counts[pair].affectedInFirst += classes.sampleCount(index, in: first)
        }
        if reaches[index * splitCount + first] {
          counts[pair].affectedInSecond += classes.sampleCount(index, in: second)
        }
      }
      for (lister, other) in [(first, second), (second, first)] {
        for index in classes.indices where classes.sampleCount(index, in: lister) > 0 {
          listed += matches(of: index, from: lister, to: other)
        }
      }
    }
    // Most pairs are listed by both of their samples.
    listed.sort { ($0.first, $0.second) < ($1.first, $1.second) }
    listed = zip([nil] + listed.map(Optional.some), listed).compactMap { before, match in
      before.map { $0.first == match.first && $0.second == match.second } == true ? nil : match
    }
    let reported = listed.filter { $0.score >= options.reportingThreshold }
    let total = counts.reduce(0) { $0 + $1.bytePairs + $1.pixelPairs + $1.nearPairs }
    return MatchResult(
      matches: reported, belowThreshold: listed.filter { $0.score < options.reportingThreshold },
      withinSplit: matchesWithinSplits(), counts: counts, unlistedCount: total - reported.count,
      tooPlainCounts: options.method == .alignment ? tooPlainCounts : [],
      alikeness: alikeness, depth: depth, cutShortCount: cutShortCount)
  }

  /// The best partners in `other` of each member of a class in `lister`, at most `listedPerSample` each.
  private func matches(of index: Int, from lister: Int, to other: Int) -> [Match] {
    var partners: [(sample: Int, neighbour: Neighbour?)] = []
    for sample in classes.samples(index, in: other).prefix(options.listedPerSample) { partners.append((sample, nil)) }
    for neighbour in best(neighbours[index]) {
      guard partners.count < options.listedPerSample else { break }
      let room = options.listedPerSample - partners.count
      for sample in classes.samples(neighbour.index, in: other).prefix(room) { partners.append((sample, neighbour)) }
    }
    return classes.samples(index, in: lister).flatMap { sample in
      partners.map { match(sample, $0.sample, $0.neighbour) }
    }
  }

  private func match(_ a: Int, _ b: Int, _ neighbour: Neighbour?) -> Match {
    guard let neighbour else {
      let kind: MatchKind = outcomes[a].content?.sha256 == outcomes[b].content?.sha256 ? .bytes : .pixels
      return Match(first: min(a, b), second: max(a, b), kind: kind, score: 1, orientation: .identity, distance: nil)
    }
    let orientation = a < b ? neighbour.orientation : neighbour.orientation.inverse
    switch neighbour.evidence {
    case .pixels:
      return Match(
        first: min(a, b), second: max(a, b), kind: .pixels, score: 1, orientation: .identity, distance: nil)
    case .pdq(let distance, let sampling):
      return Match(
        first: min(a, b), second: max(a, b), kind: .pdq, score: neighbour.score, orientation: orientation,
        distance: distance, sampling: sampling)
    case .alignment(let alignment):
      return Match(
        first: min(a, b), second: max(a, b), kind: alignment.overlap == nil ? .descriptor : .aligned,
        score: neighbour.score, orientation: orientation, distance: nil,
        alignment: a < b ? alignment : alignment.reversed)
    }
  }

  /// Equal pictures within one split: each with the one before it.
  ///
  /// A chain names every picture that has copies, and two labels in it show in two neighbours, without the square of
  /// its length.
  private func matchesWithinSplits() -> [Match] {
    var found: [Match] = []
    for index in classes.indices where classes.sampleCount(index) > 1 {
      for split in 0..<splitCount {
        let samples = classes.samples(index, in: split)
        for (earlier, sample) in zip(samples, samples.dropFirst()) { found.append(match(earlier, sample, nil)) }
      }
    }
    for (index, neighbour) in withinSplits {
      for split in 0..<splitCount {
        guard let a = classes.samples(index, in: split).first, let b = classes.samples(neighbour.index, in: split).first
        else { continue }
        found.append(match(a, b, neighbour))
      }
    }
    return found.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }
}
