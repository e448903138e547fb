/// Samples that show one picture, two or more.
public struct PictureCluster: Hashable, Sendable {
  /// Indices of the samples, ascending.
  public let members: [Int]
  /// The member that is linked to the most others; of several the earliest.
  public let representative: Int
  /// The lowest score among the links that hold the cluster together, 0...1: those of a spanning tree of the highest
  /// scores; 1 when all members are equal.
  public let weakestLink: Double
  /// Indices of the splits that the members are of, ascending.
  public let splits: [Int]

  /// Makes a cluster.
  ///
  /// - Precondition: `members` are ascending, two or more, and `representative` is one of them.
  public init(members: [Int], representative: Int, weakestLink: Double, splits: [Int]) {
    precondition(members.count > 1 && members.contains(representative), "a cluster has members, one stands for it")
    self.members = members
    self.representative = representative
    self.weakestLink = weakestLink
    self.splits = splits
  }
}

extension PictureCluster {
  /// Sorts matches into clusters.
  ///
  /// Equal samples are one picture, however many. Pictures are joined by their links from the highest score down; how,
  /// ``PictureMerging`` says. What the order of `matches` is does not matter.
  /// - Parameters:
  ///   - matches: Verified pairs, of one split or of two.
  ///   - splitOf: The split of each sample.
  /// - Returns: The clusters of two samples or more, the largest first, of equal ones the one whose first member is
  ///   earlier.
  /// - Complexity: O(*n* + *m* log *m*) for *n* samples and *m* matches, on average.
  public static func clusters(of matches: [Match], splitOf: [Int]) -> [PictureCluster] {
    let pictures = LinkedPictures(matches, sampleCount: splitOf.count)
    var merging = PictureMerging(pictures)
    merging.run()
    return ClusterSummary(pictures, merging.sets).clusters(splitOf: splitOf).sorted {
      ($1.members.count, $0.members[0]) < ($0.members.count, $1.members[0])
    }
  }
}

/// What there is to say of pictures that were joined.
private struct ClusterSummary {
  /// The pictures of each cluster, ascending.
  private var picturesOf: [[Int]] = []
  /// The weakest link of each cluster.
  private var weakestLinks: [Double] = []
  /// For each picture the samples that one of its samples is linked to, its equals included.
  private var partnerCounts: [Int]
  private let samples: [[Int]]

  init(_ pictures: LinkedPictures, _ sets: DisjointSets) {
    var sets = sets
    samples = pictures.samples
    partnerCounts = samples.map { $0.count - 1 }
    var clusterOf: [Int] = []
    var clusterOfRoot = Array(repeating: -1, count: samples.count)
    for picture in samples.indices {
      let root = sets.root(of: picture)
      if clusterOfRoot[root] < 0 {
        clusterOfRoot[root] = picturesOf.count
        picturesOf.append([])
      }
      clusterOf.append(clusterOfRoot[root])
      picturesOf[clusterOfRoot[root]].append(picture)
    }
    weakestLinks = Array(repeating: 1, count: picturesOf.count)
    // The links come with falling scores: those that join something are a spanning tree of the highest, and the last of
    // them is its weakest.
    var tree = DisjointSets(count: samples.count)
    for link in pictures.links where clusterOf[link.first] == clusterOf[link.second] {
      partnerCounts[link.first] += samples[link.second].count
      partnerCounts[link.second] += samples[link.first].count
      if tree.join(link.first, link.second) { weakestLinks[clusterOf[link.first]] = link.score }
    }
  }

  func clusters(splitOf: [Int]) -> [PictureCluster] {
    picturesOf.indices.compactMap { cluster in
      let members = picturesOf[cluster].flatMap { samples[$0] }.sorted()
      guard members.count > 1, let most = picturesOf[cluster].map({ partnerCounts[$0] }).max() else { return nil }
      let representative = picturesOf[cluster].first { partnerCounts[$0] == most }.map { samples[$0][0] }
      return PictureCluster(
        members: members, representative: representative ?? members[0], weakestLink: weakestLinks[cluster],
        splits: Set(members.map { splitOf[$0] }).sorted())
    }
  }
}
