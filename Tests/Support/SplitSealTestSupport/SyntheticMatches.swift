internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealMatch

/// The matches between the pictures that a test named, by definition and not by search.
struct SyntheticMatches {
  let result: MatchResult

  init(_ rows: [Row], splitOf: [Int], splitCount: Int, alikeness: Double? = nil) {
    var found: [Match] = []
    var withinSplit: [Match] = []
    for samples in Self.samplesByName(rows) where samples.count > 1 {
      for (position, second) in samples.enumerated() {
        let earlier = samples[..<position]
        found += earlier.compactMap { first in
          splitOf[first] == splitOf[second] ? nil : Self.match(first, second, rows)
        }
        // Within a split a chain: each exact copy with the one before it.
        let copies = earlier.reversed().lazy.filter { splitOf[$0] == splitOf[second] }
          .compactMap { Self.match($0, second, rows) }.first { !$0.kind.isNear }
        if let copies { withinSplit.append(copies) }
        withinSplit += earlier.filter { splitOf[$0] == splitOf[second] }
          .compactMap { Self.match($0, second, rows) }.filter(Self.isFoundWithinSplits)
      }
    }
    let options = MatchOptions()
    let matches = found.filter { !options.isInDoubt($0) }
    let doubtful = found.filter(options.isInDoubt)
    result = MatchResult(
      matches: Self.ordered(matches), belowThreshold: Self.ordered(doubtful), withinSplit: Self.ordered(withinSplit),
      counts: Self.counts(matches, doubtful, splitOf: splitOf, splitCount: splitCount),
      tooPlainCounts: (0..<splitCount).map { split in
        rows.indices.count { splitOf[$0] == split && rows[$0].isReadable && rows[$0].quality < 50 }
      }, alikeness: alikeness)
  }

  /// Of near-duplicates within a split only whole pictures, upright or mirrored, are aligned.
  private static func isFoundWithinSplits(_ match: Match) -> Bool {
    guard let alignment = match.alignment, match.score >= 0.5 else { return false }
    return [alignment.firstView, alignment.secondView] == [.whole, .whole]
      && [.identity, .mirror].contains(match.orientation)
  }

  /// The samples of each picture, in the order of the pictures' first samples.
  private static func samplesByName(_ rows: [Row]) -> [[Int]] {
    var groupOf: [String: Int] = [:]
    var groups: [[Int]] = []
    for (index, row) in rows.enumerated() {
      guard case .success(let picture) = row.content else { continue }
      if let group = groupOf[picture.name] {
        groups[group].append(index)
      } else {
        groupOf[picture.name] = groups.count
        groups.append([index])
      }
    }
    return groups
  }

  private static func match(_ first: Int, _ second: Int, _ rows: [Row]) -> Match? {
    guard case .success(let a) = rows[first].content, case .success(let b) = rows[second].content else { return nil }
    if a.hasPixels(of: b) {
      let kind: MatchKind = a == b ? .bytes : .pixels
      return Match(first: first, second: second, kind: kind, score: 1, orientation: .identity, distance: nil)
    }
    guard min(rows[first].quality, rows[second].quality) >= 50 else { return nil }
    // One of the two is the picture as it is in every test that names an orientation or a view.
    let orientation = a.orientation == .identity ? b.orientation : a.orientation
    let edit = a.probability == 1 ? b : a
    guard edit.probability == 1 else {
      let score = min(a.probability, b.probability)
      guard score >= MatchOptions().leastDoubtfulScore else { return nil }
      return Match(
        first: first, second: second, kind: edit.isUnchecked ? .descriptor : .aligned, score: score,
        orientation: orientation, distance: nil,
        alignment: MatchAlignment(
          cosine: 0.9, firstView: edit.firstView, secondView: edit.secondView, overlap: edit.isUnchecked ? nil : 0.8))
    }
    let distance = abs(a.distance - b.distance)
    guard distance <= 31 else { return nil }
    return Match(
      first: first, second: second, kind: .pdq, score: 1 - Double(distance) / 62, orientation: orientation,
      distance: distance, sampling: a.sampling == .standard ? b.sampling : a.sampling)
  }

  private static func ordered(_ matches: [Match]) -> [Match] {
    matches.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  private static func counts(
    _ matches: [Match], _ doubtful: [Match], splitOf: [Int], splitCount: Int
  ) -> [SplitPairCount] {
    (0..<splitCount).flatMap { a in
      ((a + 1)..<max(a + 1, splitCount)).map { b in
        func isOurs(_ match: Match) -> Bool { [a, b] == [splitOf[match.first], splitOf[match.second]].sorted() }
        let ours = matches.filter(isOurs)
        let touched = Set(ours.flatMap { [$0.first, $0.second] })
        return SplitPairCount(
          first: a, second: b, bytePairs: ours.count { $0.kind == .bytes },
          pixelPairs: ours.count { $0.kind == .pixels },
          nearPairs: ours.count { $0.kind.isNear }, affectedInFirst: touched.count { splitOf[$0] == a },
          affectedInSecond: touched.count { splitOf[$0] == b }, doubtfulPairs: doubtful.count(where: isOurs))
      }
    }
  }
}
