import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealMatch

@Suite struct PictureClusterTests {
  @Test func `pairs without a common picture are clusters of two, and what nothing is linked to is in none`() {
    let clusters = clusters([near(0, 3, 0.7), near(1, 5, 0.95)], count: 7, splitOf: [0, 0, 0, 1, 1, 0, 1])
    #expect(
      clusters == [
        PictureCluster(members: [0, 3], representative: 0, weakestLink: 0.7, splits: [0, 1]),
        PictureCluster(members: [1, 5], representative: 1, weakestLink: 0.95, splits: [0]),
      ])
    #expect(self.clusters([], count: 3).isEmpty)
  }

  @Test func `a hundred thousand equal images are one cluster`() {
    let count = 100_000
    let chain = (1..<count).map { equal($0 - 1, $0, $0.isMultiple(of: 3) ? .pixels : .bytes) }
    let clusters = clusters(chain, count: count)
    #expect(clusters.map(\.members) == [Array(0..<count)])
    #expect(clusters.map(\.representative) == [0])
    #expect(clusters.map(\.weakestLink) == [1])
  }

  @Test func `twenty thousand images around one are one cluster, in either order of names`() {
    let count = 20_000
    for hub in [0, count - 1] {
      let spokes = (0..<count).filter { $0 != hub }.map { near(hub, $0, 0.93) }
      let clusters = clusters(spokes, count: count)
      #expect(clusters.map(\.members.count) == [count])
      #expect(clusters.map(\.representative) == [hub])
      #expect(clusters.map(\.weakestLink) == [0.93])
    }
  }

  @Test func `a chain of strong links is cut before its ends are strangers`() {
    let count = 200
    let clusters = clusters((1..<count).map { near($0 - 1, $0, 0.95) }, count: count)
    #expect(clusters.allSatisfy { $0.members.count <= PictureMerging.longestChain + 1 })
    #expect(clusters.reduce(0) { $0 + $1.members.count } > count / 2)
    #expect(clusters[0].members == Array(0...6))
  }

  @Test func `a chain of weak links is cut earlier still`() {
    let clusters = clusters((1..<100).map { near($0 - 1, $0, 0.6) }, count: 100)
    #expect(clusters.allSatisfy { $0.members.count <= 4 })
  }

  @Test(arguments: [0.6, 0.95]) func `a clique is one cluster whatever its scores`(score: Double) {
    var random = SplitMix64(seed: 2)
    let links = pairs(0..<40).map { near($0, $1, score + Double.random(in: 0..<0.05, using: &random)) }
    let clusters = clusters(links, count: 40)
    #expect(clusters.map(\.members) == [Array(0..<40)])
    #expect(clusters[0].weakestLink >= score)
  }

  @Test(arguments: [0.55, 0.89, 0.95]) func `one bridge between two cliques does not join them`(bridge: Double) {
    let links = (pairs(0..<10) + pairs(10..<20)).map { near($0, $1, 0.8) } + [near(9, 10, bridge)]
    let members = Set(clusters(links, count: 20).map(\.members))
    // The bridge may take one picture along: it is then its strongest link.
    if bridge < 0.8 { #expect(members == [Array(0..<10), Array(10..<20)]) }
    #expect(members.allSatisfy { $0.count <= 11 })
  }

  @Test func `bridges from most of one clique to most of the other do join them`() {
    let inner = (pairs(0..<10) + pairs(10..<20)).map { near($0, $1, 0.8) }
    let bridges = (0..<10).flatMap { a in (10..<16).map { near(a, $0, 0.55) } }
    let clusters = clusters(inner + bridges, count: 20)
    #expect(clusters.map(\.members) == [Array(0..<20)])
    // Of any two pictures of a clique the link holds at 0.8; only the bridges between are weaker.
    #expect(clusters.map(\.weakestLink) == [0.55])
  }

  @Test func `crops that are strange to each other stay with their picture when the links are strong`() {
    let strong = (1..<30).map { near(0, $0, 0.97) }
    #expect(clusters(strong, count: 30).map(\.members) == [Array(0..<30)])
    // A picture that weakly resembles thirty others more likely resembles everything.
    let weak = (1..<30).map { near(0, $0, 0.6) }
    #expect(clusters(weak, count: 30).allSatisfy { $0.members.count <= 3 })
  }

  @Test func `a crop that is there twice joins the others around its picture`() {
    let spokes = (1..<20).map { near(0, $0, 0.95) }
    let clusters = clusters(spokes + [near(20, 21, 0.99), near(0, 20, 0.92), near(0, 21, 0.91)], count: 22)
    #expect(clusters.map(\.members) == [Array(0..<22)])
  }

  @Test func `pictures with more partners than are listed stay together`() {
    // Two splits of 200 copies, each different: every one of the smaller split lists 32 of the other.
    let across = (0..<200).flatMap { a in (0..<32).map { near(a, 200 + (a + $0 * 6) % 200, 0.8) } }
    let within = (pairs(0..<200) + pairs(200..<400)).map { near($0, $1, 0.85) }
    #expect(clusters(across + within, count: 400).map(\.members.count) == [400])
  }

  @Test func `equal copies count as one picture: a thousand of them outvote nobody`() {
    let copies = (1..<1000).map { equal($0 - 1, $0) }
    let clusters = clusters(copies + [near(0, 1000, 0.6), near(5, 1000, 0.7)], count: 1001)
    #expect(clusters.map(\.members) == [Array(0...1000)])
    #expect(clusters.map(\.weakestLink) == [0.7])
    #expect(clusters.map(\.representative) == [0])
  }

  @Test func `the representative has the most partners, the earliest of several`() {
    let links = [near(0, 2, 0.9), near(1, 2, 0.9), near(2, 3, 0.9), near(0, 1, 0.9)]
    #expect(clusters(links, count: 4).map(\.representative) == [2])
    #expect(clusters(links + [near(0, 3, 0.9)], count: 4).map(\.representative) == [0])
  }

  @Test func `the weakest link is that of the best tree, not the weakest of all`() {
    let triangle = [near(0, 1, 0.95), near(1, 2, 0.7), near(0, 2, 0.55)]
    #expect(clusters(triangle, count: 3).map(\.weakestLink) == [0.7])
  }

  @Test func `the order of the matches does not matter`() {
    var random = SplitMix64(seed: 9)
    for _ in 0..<20 {
      var links = (0..<400).compactMap { _ -> Match? in
        let (a, b) = (Int.random(in: 0..<120, using: &random), Int.random(in: 0..<120, using: &random))
        // Few scores, so that many are equal.
        let score = Double(Int.random(in: 5...10, using: &random)) / 10
        return a == b ? nil : score == 1 ? equal(a, b) : near(a, b, score)
      }
      let expected = clusters(links, count: 120)
      links.shuffle(using: &random)
      #expect(clusters(links, count: 120) == expected)
    }
  }

  @Test func `clusters share no sample, are connected, and come largest first`() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<20 {
      let links = (0..<300).compactMap { _ -> Match? in
        let (a, b) = (Int.random(in: 0..<150, using: &random), Int.random(in: 0..<150, using: &random))
        return a == b ? nil : near(a, b, Double.random(in: 0.5..<1, using: &random))
      }
      let clusters = clusters(links, count: 150)
      let all = clusters.flatMap(\.members)
      #expect(Set(all).count == all.count)
      #expect(zip(clusters, clusters.dropFirst()).allSatisfy { $0.members.count >= $1.members.count })
      for cluster in clusters {
        // At its weakest link a cluster holds together; above it it does not.
        #expect(isConnected(cluster.members, by: links.filter { $0.score >= cluster.weakestLink }))
        #expect(!isConnected(cluster.members, by: links.filter { $0.score > cluster.weakestLink }))
      }
    }
  }

  private func clusters(_ matches: [Match], count: Int, splitOf: [Int]? = nil) -> [PictureCluster] {
    PictureCluster.clusters(of: matches, splitOf: splitOf ?? Array(repeating: 0, count: count))
  }

  private func pairs(_ range: Range<Int>) -> [(Int, Int)] {
    range.flatMap { a in (a + 1..<max(a + 1, range.upperBound)).map { (a, $0) } }
  }

  private func near(_ a: Int, _ b: Int, _ score: Double) -> Match {
    Match(first: min(a, b), second: max(a, b), kind: .aligned, score: score, orientation: .identity, distance: nil)
  }

  private func equal(_ a: Int, _ b: Int, _ kind: MatchKind = .bytes) -> Match {
    Match(first: min(a, b), second: max(a, b), kind: kind, score: 1, orientation: .identity, distance: nil)
  }

  private func isConnected(_ members: [Int], by links: [Match]) -> Bool {
    var sets = DisjointSets(count: (members.last ?? 0) + 1)
    for link in links where members.contains(link.first) && members.contains(link.second) {
      sets.join(link.first, link.second)
    }
    let root = sets.root(of: members[0])
    return members.allSatisfy { sets.root(of: $0) == root }
  }
}
