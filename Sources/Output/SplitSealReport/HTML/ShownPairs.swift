internal import SplitSealRules
internal import SplitSealAudit
internal import SplitSealMatch
internal import SplitSealPolicy

/// A pair that a report shows.
struct ShownPair: Sendable {
  /// Its place among all pairs, the most alike first; from 1.
  let rank: Int
  let match: Match
  let finding: Finding
  /// The sample that the leak spoils, and the other.
  let evaluated: Int
  let other: Int
}

/// The pairs of one picture.
struct PairGroup: Sendable {
  /// The cluster that holds both samples of each pair; `nil` where a pair joins two clusters.
  let cluster: PictureCluster?
  /// The most alike first.
  let pairs: [ShownPair]
}

/// The pairs of splits that a report shows, and what it says of the others.
struct ShownPairs: Sendable {
  /// Pairs shown at most.
  static let limit = 5_000
  /// Clusters shown with pictures, images shown of each, and findings of label-conflict shown with theirs.
  private static let (clusterLimit, memberLimit, conflictLimit) = (12, 8, 50)
  /// Pairs in doubt shown with pictures.
  private static let doubtLimit = 50

  /// In the order of their best pairs.
  let groups: [PairGroup]
  /// Pairs that are open findings.
  let pairCount: Int
  /// Those that are not shown because there are too many.
  let hiddenCount: Int
  /// The largest clusters of more than two images, each with the images that are shown of it.
  let clusters: [(cluster: PictureCluster, members: [Int])]
  /// Pairs in doubt that are shown with their pictures, the surest first.
  let doubtful: [Match]
  /// Findings of two labels that are shown with their pictures.
  let conflicts: [Finding]

  /// Chooses the pairs: those whose finding is open, the most alike first.
  init(_ result: AuditResult) {
    let pairs = result.openPairs.sorted {
      ($1.match.score, $0.match.first, $0.match.second) < ($0.match.score, $1.match.first, $1.match.second)
    }
    let manifest = result.input.manifest
    let clusters = result.input.clusters
    var clusterOf: [Int: Int] = [:]
    for (index, cluster) in clusters.enumerated() { for member in cluster.members { clusterOf[member] = index } }
    var groupOf: [Int: Int] = [:]
    var groups: [(cluster: PictureCluster?, pairs: [ShownPair])] = []
    for (index, (match, finding)) in pairs.prefix(Self.limit).enumerated() {
      let (evaluated, other) = SplitPairOrder.evaluatedFirst(match, in: manifest)
      let pair = ShownPair(rank: index + 1, match: match, finding: finding, evaluated: evaluated, other: other)
      guard let cluster = clusterOf[match.first], cluster == clusterOf[match.second] else {
        groups.append((nil, [pair]))
        continue
      }
      if let group = groupOf[cluster] {
        groups[group].pairs.append(pair)
      } else {
        groupOf[cluster] = groups.count
        groups.append((clusters[cluster], [pair]))
      }
    }
    self.groups = groups.map { PairGroup(cluster: $0.cluster, pairs: $0.pairs) }
    pairCount = pairs.count
    hiddenCount = max(0, pairs.count - Self.limit)
    self.clusters = clusters.filter { $0.members.count > 2 }.prefix(Self.clusterLimit).map { cluster in
      // The image that stands for the others first.
      let others = cluster.members.filter { $0 != cluster.representative }
      return (cluster, [cluster.representative] + others.prefix(Self.memberLimit - 1))
    }
    doubtful = Array(result.input.doubt.ranked.prefix(Self.doubtLimit))
    conflicts = zip(result.findings, result.statuses)
      .filter { $0.rule == .labelConflict && $1 == .open && $0.samples.count == 2 }.prefix(Self.conflictLimit).map(\.0)
  }

  /// The samples whose pictures are shown elsewhere than in pairs, each as often as it is shown.
  var otherSamples: [Int] {
    clusters.flatMap(\.members) + conflicts.flatMap(\.samples) + doubtful.flatMap { [$0.first, $0.second] }
  }

  /// All pairs in the order in which they are shown.
  var pairs: [ShownPair] { groups.flatMap(\.pairs) }
}

extension AuditResult {
  /// The matches between splits whose findings are open, with their findings, in the order of the matches.
  var openPairs: [(match: Match, finding: Finding)] {
    var findingOf: [[Int]: Finding] = [:]
    for (finding, status) in shownFindings where [.exactDuplicate, .nearDuplicate].contains(finding.rule) {
      if status == .open { findingOf[finding.samples] = finding }
    }
    return input.matches.matches.compactMap { match in
      findingOf[[match.first, match.second]].map { (match, $0) }
    }
  }
}
