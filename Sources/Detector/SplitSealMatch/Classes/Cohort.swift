internal import SplitSealFingerprint
internal import SplitSealImage

/// Some pictures of a dataset, spread over it, by which it is told how alike its pictures are.
///
/// Photographs of anything are hardly ever as close as copies; X-rays of one body part nearly always are. No labels are
/// needed, and a few copies in the dataset change nothing.
struct Cohort: Sendable {
  /// Pictures in a cohort at most.
  static let mostMembers = 256
  /// Whole views, upright or mirrored, that are as close as this look alike: of unrelated photographs some 2 in 10,000 pairs do.
  static let leastCosine = 0.57
  /// Shares of pictures that look like a given one: up to the first the picture is like no other, from the second on it is
  /// of a kind that is alike by design.
  private static let fewest = 0.004, enough = 0.016
  /// Shares of members that are of such a kind: up to the first the others are judged by themselves alone, from the second
  /// on the whole dataset is of that kind, pictures in it that are like few others included.
  private static let few = 0.25, most = 0.5

  /// Queries that are compared with the members at a time.
  private static let chunkLength = 512

  /// Members, and for each class how many of the other members look like it.
  private let memberCount: Int
  private let isMember: [Bool]
  private let alikeCounts: [Int32]

  /// Share of random pairs of different members that look alike, 0...1; `nil` where there are fewer than two members.
  let alikeness: Double?
  /// How far the dataset as a whole is of a kind that is alike by design, 0...1.
  private var common = 0.0

  /// Chooses the members and compares every class with them.
  ///
  /// - Parameters:
  ///   - base: Classes that members are chosen from, ascending; all can be compared.
  ///   - descriptors: Those of each class; `nil` for those that are not compared.
  /// - Complexity: 256 products of 64 numbers for each class.
  init(of base: [Int], _ descriptors: [GradientDescriptors?]) {
    let count = min(base.count, Self.mostMembers)
    let members = (0..<count).map { base[count > 1 ? $0 * (base.count - 1) / (count - 1) : 0] }
    var isMember = Array(repeating: false, count: descriptors.count)
    for member in members { isMember[member] = true }
    let known = members.compactMap { descriptors[$0] }
    var vectors: [Int8] = []
    for member in known { member.append(.whole, oriented: .identity, to: &vectors) }
    let table = DescriptorTable(vectors)
    let least = DescriptorTable.leastProduct(cosine: Self.leastCosine)
    var alike = Array(repeating: Int32(0), count: descriptors.count)
    var queries: [Int] = []
    func compare() {
      vectors.removeAll(keepingCapacity: true)
      for query in queries { descriptors[query]?.append(.whole, oriented: .identity, to: &vectors) }
      var hits: [DescriptorTable.Hit] = []
      table.search(queries: vectors, thresholds: queries.map { _ in least }, into: &hits)
      var last: (query: UInt32, base: UInt32)?
      for hit in hits {
        // A picture and its mirror image may both look like the member: they count once.
        if let last, last == (hit.query, hit.base) { continue }
        last = (hit.query, hit.base)
        alike[queries[Int(hit.query)]] += 1
      }
      queries.removeAll(keepingCapacity: true)
    }
    for (index, own) in descriptors.enumerated() where own?.isPlain == false {
      queries.append(index)
      if queries.count == Self.chunkLength { compare() }
    }
    compare()
    // Every member looks like itself.
    for member in members where alike[member] > 0 { alike[member] -= 1 }
    alikeness =
      count > 1 ? Double(members.reduce(0) { $0 + Int(alike[$1]) }) / Double(count * (count - 1)) : nil
    (memberCount, self.isMember, alikeCounts) = (count, isMember, alike)
    if count > 0 {
      let share = members.reduce(0) { $0 + ownAlikeness(of: $1) } / Double(count)
      common = Self.between(Self.few, Self.most, share)
    }
  }

  /// How far a class is of a kind that is alike by design: 0 where next to no member looks like it and most members are like
  /// no other, 1 where many do or most are.
  func alikeness(of index: Int) -> Double { max(ownAlikeness(of: index), common) }

  /// The same by the members that look like the class alone: one of them may be its copy, and does not count.
  private func ownAlikeness(of index: Int) -> Double {
    let others = memberCount - (isMember[index] ? 1 : 0)
    guard others > 0 else { return 0 }
    return Self.between(Self.fewest, Self.enough, Double(max(0, alikeCounts[index] - 1)) / Double(others))
  }

  /// 0 up to `low`, 1 from `high` on, and even in between.
  private static func between(_ low: Double, _ high: Double, _ share: Double) -> Double {
    min(max((share - low) / (high - low), 0), 1)
  }
}
