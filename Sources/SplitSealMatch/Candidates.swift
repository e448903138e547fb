internal import SplitSealFingerprint
internal import SplitSealImage

/// Another picture that may be the same, by its descriptors.
struct Candidate: Hashable {
  /// One pair of views that is close.
  struct Hit: Hashable {
    let pair: ViewPair
    /// Cosine of the two descriptors, -1...1.
    let cosine: Double
    /// How far the cosine is above what chance brings.
    var excess: Double { cosine - pair.chanceCosine }
  }

  /// The other class.
  let index: Int
  /// The closest pairs of views, at most ``CandidateSearch/hitsPerCandidate``, closest first.
  let hits: [Hit]

  /// What candidates are ordered by.
  var excess: Double { hits.first?.excess ?? -1 }
}

/// Finds, by exact search over the descriptors, the pictures that may be the same as a given one.
struct CandidateSearch: Sendable {
  /// Pairs of views that are kept of one candidate.
  static let hitsPerCandidate = 3
  /// Candidates that are kept of one picture, the closest.
  static let candidatesPerPicture = 64

  private let pairs: [ViewPair]
  /// What is searched for, two pairs at a time where one is the mirror image of the other.
  private let passes: [SearchPass]
  private let descriptors: [GradientDescriptors?]
  /// For each view that is compared with, the descriptors of all classes that show enough in it.
  private let tables: [DescriptorView: Table]

  private struct Table: Sendable {
    var classes: [Int] = []
    var descriptors = DescriptorTable()
  }

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - descriptors: The descriptors of each class; `nil` for those that are not compared.
  ///   - base: The classes that are compared with, ascending.
  ///   - pairs: The views that are compared.
  ///   - leastCosine: Candidates are at least that close in any pair of views; `nil` for what the number of classes
  ///     suggests.
  init(descriptors: [GradientDescriptors?], base: [Int], pairs: [ViewPair], leastCosine: Double? = nil) {
    self.descriptors = descriptors
    self.pairs = pairs
    let slack = Self.slack(baseCount: base.count)
    passes = SearchPass.passes(over: pairs) { leastCosine ?? ($0.chanceCosine - slack) }
    var tables: [DescriptorView: Table] = [:]
    for view in Set(pairs.map(\.base)) {
      var table = Table()
      table.descriptors.reserveCapacity(base.count)
      for index in base {
        guard let own = descriptors[index], !own.isPlain(.whole), !own.isPlain(view) else { continue }
        var values: [Int8] = []
        own.append(view, oriented: .identity, to: &values)
        table.classes.append(index)
        table.descriptors.append(values)
      }
      tables[view] = table
    }
    self.tables = tables
  }

  /// How far below the chance cosine a candidate may be.
  ///
  /// The closest of ten times fewer unrelated pictures are about 0.1 less close, so that a small dataset can be searched
  /// deeper at the same cost for each picture.
  static func slack(baseCount: Int) -> Double {
    var slack = 0.0
    var count = 50_000
    // Steps instead of a logarithm, whose last digit differs between machines.
    while count / 2 >= baseCount, slack < 0.15 {
      count /= 2
      slack += 0.02
    }
    return min(slack, 0.15)
  }

  /// The candidates of some classes.
  ///
  /// - Parameters:
  ///   - queries: Classes that ask, ascending.
  ///   - onlyLater: Whether only classes behind the first of the queries are looked at.
  ///   - isWanted: Whether a pair of classes, the asking one first, is to be reported at all.
  /// - Returns: For each query its candidates, closest first, ties by index.
  func candidates(
    of queries: ArraySlice<Int>, onlyLater: Bool = false, where isWanted: (_ query: Int, _ other: Int) -> Bool
  ) -> [[Candidate]] {
    var found = Array(repeating: [Found](), count: queries.count)
    for view in DescriptorView.allCases {
      guard let table = tables[view] else { continue }
      search(table, view: view, queries, onlyLater: onlyLater, isWanted, into: &found)
    }
    return found.map(best)
  }

  /// A hit on its way to its candidate.
  private struct Found {
    let other: Int32
    let pair: Int32
    let product: Int32
  }

  /// Base descriptors that are searched before the hits are thinned out.
  private static let rangeLength = 1 << 16
  /// Hits of one query above which they are thinned out.
  private static let mostHits = 4096

  private func search(
    _ table: Table, view: DescriptorView, _ queries: ArraySlice<Int>, onlyLater: Bool,
    _ isWanted: (Int, Int) -> Bool,
    into found: inout [[Found]]
  ) {
    var vectors: [Int8] = []
    var thresholds: [Int32] = []
    var sources: [(query: Int, pass: SearchPass)] = []
    for (position, query) in queries.enumerated() {
      guard let own = descriptors[query], !own.isPlain(.whole) else { continue }
      for pass in passes {
        let pair = pairs[pass.pair]
        guard pair.base == view, !own.isPlain(pair.query) else { continue }
        own.append(pair.query, oriented: pair.orientation, to: &vectors)
        thresholds.append(pass.leastProduct)
        sources.append((position, pass))
      }
    }
    var hits: [DescriptorTable.Hit] = []
    let skipped = onlyLater ? table.classes.firstIndex { $0 > queries.first ?? 0 } ?? table.classes.count : 0
    let block = DescriptorTable.blockLength
    for start in stride(from: skipped / block * block, to: table.classes.count, by: Self.rangeLength) {
      hits.removeAll(keepingCapacity: true)
      let range = start..<min(start + Self.rangeLength, table.classes.count)
      table.descriptors.search(queries: vectors, thresholds: thresholds, range: range, into: &hits)
      for hit in hits {
        let (position, pass) = sources[Int(hit.query)]
        guard let pair = hit.isMirrored ? pass.mirrored : pass.pair else { continue }
        let other = table.classes[Int(hit.base)]
        let query = queries[queries.startIndex + position]
        guard other != query, isWanted(query, other) else { continue }
        found[position].append(Found(other: Int32(other), pair: Int32(pair), product: hit.product))
      }
      for position in found.indices where found[position].count > Self.mostHits {
        found[position] = thinned(found[position])
      }
    }
  }

  private func excess(_ hit: Found) -> Double {
    Double(hit.product) / Double(DescriptorTable.unitProduct) - pairs[Int(hit.pair)].chanceCosine
  }

  /// The hits of the closest candidates: no other can become one of the closest by hits that are still to come, unless
  /// by these alone.
  private func thinned(_ hits: [Found]) -> [Found] {
    let kept = Set(best(hits).map { Int32($0.index) })
    return hits.filter { kept.contains($0.other) }
  }

  private func best(_ hits: [Found]) -> [Candidate] {
    var closest: [Int32: Double] = [:]
    for hit in hits {
      let excess = excess(hit)
      if excess > closest[hit.other] ?? -2 { closest[hit.other] = excess }
    }
    let order = closest.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.candidatesPerPicture)
    var place: [Int32: Int] = [:]
    for (position, entry) in order.enumerated() { place[entry.key] = position }
    var own = Array(repeating: [Candidate.Hit](), count: order.count)
    for hit in hits {
      guard let position = place[hit.other] else { continue }
      own[position].append(
        Candidate.Hit(
          pair: pairs[Int(hit.pair)], cosine: Double(hit.product) / Double(DescriptorTable.unitProduct)))
    }
    return zip(order, own).map { entry, hits in
      let sorted = hits.enumerated().sorted { ($1.element.excess, $0.offset) < ($0.element.excess, $1.offset) }
      return Candidate(index: Int(entry.key), hits: sorted.prefix(Self.hitsPerCandidate).map(\.element))
    }
  }
}
