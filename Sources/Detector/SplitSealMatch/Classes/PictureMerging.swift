/// Joins linked pictures into clusters, from the highest score down.
///
/// Connected components would do if no link were ever wrong: one wrong link makes two clusters one, and a pan over a
/// landscape, each frame like the next, ends where nothing of its beginning is seen. So two clusters are joined only if
///
/// * both are single pictures, or
/// * they are *densely linked*: at least half of the pairs between them that can be listed are linked, or
/// * the link is strong (``strongScore``) and either the joint cluster has no more than ``longestChain`` pictures, or one
///   of the two has no more and at least half of it has a strong link to the hub of the other: many crops of one
///   picture are alike with that picture and not among themselves.
///
/// The hub of a cluster is its picture with the most strong links.
struct PictureMerging {
  /// The score from which on a link is strong.
  ///
  /// Wrong at most once in ten, so that pictures six links apart are still one picture more probably than not:
  /// 0.9^6 = 0.53. A PDQ score is no probability; there 0.9 is a distance of 6 bits.
  static let strongScore = 0.9
  /// Pictures in the longest chain that strong links may make by themselves: six links.
  static let longestChain = 7

  /// Which pictures are together.
  private(set) var sets: DisjointSets

  private let links: [LinkedPictures.Link]
  private let strongLinks: Set<UInt64>
  /// Strong links of each picture.
  private let strongCounts: [Int]
  /// For each root the linked pairs between its cluster and others, by their roots.
  private var linkCounts: [[Int: Int]]
  /// For each root the pictures of its cluster, as long as there are ``longestChain`` at most.
  private var smallMembers: [[Int]]
  /// For each root the picture of its cluster with the most strong links; of several the earliest.
  private var hubs: [Int]
  /// For each root the links of its pictures, to whichever cluster.
  private var degrees: [Int]

  init(_ pictures: LinkedPictures) {
    let count = pictures.samples.count
    sets = DisjointSets(count: count)
    links = pictures.links
    let strong = pictures.links.filter { $0.score >= Self.strongScore }
    strongLinks = Set(strong.map(\.key))
    var strongCounts = Array(repeating: 0, count: count)
    for link in strong {
      strongCounts[link.first] += 1
      strongCounts[link.second] += 1
    }
    self.strongCounts = strongCounts
    linkCounts = Array(repeating: [:], count: count)
    for link in pictures.links {
      linkCounts[link.first][link.second] = 1
      linkCounts[link.second][link.first] = 1
    }
    smallMembers = (0..<count).map { [$0] }
    hubs = Array(0..<count)
    degrees = linkCounts.map(\.count)
  }

  /// Looks at every link once.
  mutating func run() {
    for link in links {
      let (a, b) = (sets.root(of: link.first), sets.root(of: link.second))
      if a != b, belongTogether(a, b, link) { join(a, b) }
    }
  }

  private func belongTogether(_ a: Int, _ b: Int, _ link: LinkedPictures.Link) -> Bool {
    let (sizeA, sizeB) = (sets.size(ofRoot: a), sets.size(ofRoot: b))
    if sizeA + sizeB == 2 || areDenselyLinked(a, b) { return true }
    guard link.score >= Self.strongScore else { return false }
    return sizeA + sizeB <= Self.longestChain || isAround(hubs[a], b) || isAround(hubs[b], a)
  }

  /// Whether at least half of the pairs between two clusters are linked, of those that can be: a picture lists so many
  /// partners at most.
  private func areDenselyLinked(_ a: Int, _ b: Int) -> Bool {
    let (sizeA, sizeB) = (sets.size(ofRoot: a), sets.size(ofRoot: b))
    let listable = min(sizeA, sizeB) * min(max(sizeA, sizeB), MatchOptions().listedPerSample)
    return 2 * linkCounts[a][b, default: 0] >= listable
  }

  /// Whether at least half of a small cluster has a strong link to a picture.
  private func isAround(_ hub: Int, _ root: Int) -> Bool {
    guard sets.size(ofRoot: root) <= Self.longestChain else { return false }
    let linked = smallMembers[root].count { strongLinks.contains(LinkedPictures.key(hub, $0)) }
    return 2 * linked >= smallMembers[root].count
  }

  /// Makes two clusters one.
  ///
  /// The root with fewer links gives its table away, so that an entry moves O(log *m*) times.
  private mutating func join(_ a: Int, _ b: Int) {
    let (kept, gone) = degrees[a] < degrees[b] ? (b, a) : (a, b)
    let isSmall = sets.size(ofRoot: a) + sets.size(ofRoot: b) <= Self.longestChain
    smallMembers[kept] = isSmall ? smallMembers[kept] + smallMembers[gone] : []
    smallMembers[gone] = []
    if isAhead(hubs[gone], of: hubs[kept]) { hubs[kept] = hubs[gone] }
    degrees[kept] += degrees[gone]
    sets.attach(gone, to: kept)
    linkCounts[kept][gone] = nil
    for (other, count) in linkCounts[gone] where other != kept {
      linkCounts[other][gone] = nil
      linkCounts[other][kept, default: 0] += count
      linkCounts[kept][other, default: 0] += count
    }
    linkCounts[gone] = [:]
  }

  private func isAhead(_ picture: Int, of other: Int) -> Bool {
    (strongCounts[other], picture) < (strongCounts[picture], other)
  }
}
