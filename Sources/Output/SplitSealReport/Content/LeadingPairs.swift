internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// The few pairs that stand for all: the surest, and those closest to the threshold, where a detector errs most easily.
struct LeadingPairs {
  /// Pairs that are shown.
  static let limit = 5
  /// Pairs close to the threshold among them.
  static let closeLimit = 2
  /// A pair that scores less than this is close to the threshold.
  static let closeScore = 0.9

  /// The surest first; no picture is in two of them.
  let pairs: [(match: Match, finding: Finding)]
  /// The last of ``pairs``, which are there because they score least.
  let closeCount: Int

  /// Chooses among the pairs whose findings are open.
  init(_ result: AuditResult) {
    let ranked = result.openPairs.sorted {
      ($1.match.score, $0.match.first, $0.match.second) < ($0.match.score, $1.match.first, $1.match.second)
    }
    var pictureOf: [Int: Int] = [:]
    for (index, cluster) in result.input.clusters.enumerated() {
      for member in cluster.members { pictureOf[member] = index }
    }
    // A sample outside of all clusters is a picture of its own.
    func pictures(_ match: Match) -> Set<Int> {
      Set([match.first, match.second].map { pictureOf[$0] ?? -1 - $0 })
    }
    func chosen(_ candidates: [Int], _ limit: Int, _ used: inout Set<Int>) -> [Int] {
      var chosen: [Int] = []
      for index in candidates {
        guard chosen.count < limit else { break }
        let pictures = pictures(ranked[index].match)
        guard used.isDisjoint(with: pictures) else { continue }
        used.formUnion(pictures)
        chosen.append(index)
      }
      return chosen
    }
    let surestFirst = Array(ranked.indices)
    var used: Set<Int> = []
    let first = chosen(surestFirst, Self.limit + 1, &used)
    guard first.count > Self.limit else {
      (pairs, closeCount) = (first.map { ranked[$0] }, 0)
      return
    }
    used = []
    let close = chosen(
      ranked.indices.reversed().filter { ranked[$0].match.score < Self.closeScore }, Self.closeLimit, &used)
    // Sure pairs of the same pictures give way: those are many, these are few.
    let sure = chosen(surestFirst, Self.limit - close.count, &used)
    pairs = (sure + close.sorted()).map { ranked[$0] }
    closeCount = close.count
  }
}
