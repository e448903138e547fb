internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage

/// Finds, by exact search over the descriptors, the pictures that may be the same as a given one.
struct CandidateSearch: Sendable {
  /// Pairs of views that are kept of one candidate.
  static let hitsPerCandidate = 3
  /// Candidates that are kept of one picture, the closest.
  static let candidatesPerPicture = 64

  /// Descriptors of one view that are packed at a time: 1 MB, which the second-level cache holds.
  private static let tileLength = 1 << 14
  /// The same as long as nothing is known of the queries: among pictures that are alike nearly all are hits.
  private static let firstTileLength = 1 << 10

  private let pairs: [ViewPair]
  /// What is searched for, two pairs at a time where one is the mirror image of the other.
  private let passes: [SearchPass]
  private let descriptors: [GradientDescriptors?]
  /// The classes that are compared with, ascending.
  private let base: [Int32]
  /// What of the queries is described beside their stored views.
  private let queryParts: [PicturePart]
  private let pixels: DescribedPixels

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - descriptors: The descriptors of each class; `nil` for those that are not compared.
  ///   - base: The classes that are compared with, ascending; none of them is `nil`.
  ///   - pairs: The views that are compared.
  ///   - leastCosine: Candidates are at least that close in any pair of views; `nil` for what the number of classes
  ///     suggests.
  ///   - pixels: Where parts that no descriptor holds come from; pairs of parts that it does not have find nothing.
  init(
    descriptors: [GradientDescriptors?], base: [Int], pairs: [ViewPair], leastCosine: ((ViewPair) -> Double)? = nil,
    pixels: DescribedPixels = DescribedPixels()
  ) {
    self.descriptors = descriptors
    self.pairs = pairs
    self.base = base.compactMap { descriptors[$0]?.isPlain == false ? Int32($0) : nil }
    self.pixels = pixels
    var known: Set<PicturePart> = []
    queryParts = pairs.compactMap(\.queryPart).filter { known.insert($0).inserted }
    let slack = Self.slack(baseCount: base.count)
    passes = SearchPass.passes(over: pairs) { leastCosine?($0) ?? ($0.chanceCosine - slack) }
  }

  /// How far below the chance cosine a candidate may be; negative where it must be above.
  ///
  /// The closest of ten times fewer unrelated pictures are about 0.1 less close, so that a small dataset can be searched
  /// deeper at the same cost for each picture. Those of ten times more are closer by as much: of more candidates only the
  /// closest are checked, and the others need not be collected.
  static func slack(baseCount: Int) -> Double {
    var slack = 0.0
    var count = 50_000
    // Steps instead of a logarithm, whose last digit differs between machines.
    while count / 2 >= baseCount, slack < 0.15 {
      count /= 2
      slack += 0.02
    }
    while count * 2 <= baseCount, slack > -0.15 {
      count *= 2
      slack -= 0.02
    }
    return max(-0.15, min(slack, 0.15))
  }

  /// The candidates of some classes.
  ///
  /// The base is packed tile by tile, so that nothing is held twice; the queries of one call share the packing, which is
  /// a hundredth of the work from 256 queries on. First the closest classes are found, of each the closest pair of views
  /// alone: the more are known, the closer another one has to be. Then their other pairs of views are looked at.
  ///
  /// - Parameters:
  ///   - queries: Classes that ask, ascending.
  ///   - onlyLater: Whether only classes behind the first of the queries are looked at.
  ///   - isWanted: Whether a pair of classes, the asking one first, is to be reported at all.
  /// - Returns: For each query its candidates, closest first, ties by index.
  func candidates(
    of queries: ArraySlice<Int>, onlyLater: Bool = false, where isWanted: (_ query: Int, _ other: Int) -> Bool
  ) -> [[Candidate]] {
    var closest = Array(repeating: ClosestClasses(), count: queries.count)
    var tile = Tile()
    let parts = described(queries)
    let first = onlyLater ? base.firstIndex { $0 > queries.first ?? 0 } ?? base.count : 0
    for view in Self.views {
      var asked = Asked(queries, view, descriptors, parts, pairs, passes)
      guard !asked.sources.isEmpty else { continue }
      var next = first
      while next < base.count {
        let start = next
        let isFirst = start == first && view == Self.views.first
        next = min(start + (isFirst ? Self.firstTileLength : Self.tileLength), base.count)
        pack(base[start..<next], view, into: &tile)
        asked.raiseThresholds { query, pass in
          closest[query].leastExcess.map { DescriptorTable.leastProduct(cosine: $0 + leastChance(of: pass)) - 1 }
        }
        tile.search(asked) { hit, source in
          guard let pair = hit.isMirrored ? source.pass.mirrored : source.pass.pair else { return }
          let (query, other) = (queries[queries.startIndex + source.query], base[start + Int(hit.base)])
          guard Int(other) != query, isWanted(query, Int(other)) else { return }
          closest[source.query].offer(other, excess: excess(pair, hit.product))
        }
      }
    }
    return zip(queries.indices, closest).enumerated().map { position, entry in
      let (query, closest) = entry
      return candidates(closest.sorted, of: queries[query...query], parts[position], &tile)
    }
  }

  /// What of the base can be compared with, in the order in which it is.
  private static let views = DescriptorView.allCases.map(BaseView.stored) + PicturePart.ofBase.map(BaseView.part)

  private func pack(_ classes: ArraySlice<Int32>, _ view: BaseView, into tile: inout Tile) {
    switch view {
    case .stored(let view): tile.pack(classes, view, descriptors)
    case .part(let part): tile.pack(classes.map { pixels.part(part, of: $0)?.numbers })
    }
  }

  /// The parts of each of the queries.
  private func described(_ queries: ArraySlice<Int>) -> [[PicturePart: DescribedPart]] {
    guard !queryParts.isEmpty, let picture = pixels.picture else { return queries.map { _ in [:] } }
    var describer = PartDescriber()
    return queries.map { query in
      guard descriptors[query]?.isPlain == false, let picture = picture(query) else { return [:] }
      return describer.describe(queryParts, of: picture)
    }
  }

  private func excess(_ pair: Int, _ product: Int32) -> Double {
    Double(product) / Double(DescriptorTable.unitProduct) - pairs[pair].chanceCosine
  }

  private func leastChance(of pass: SearchPass) -> Double {
    let chance = pairs[pass.pair].chanceCosine
    return pass.mirrored.map { min(chance, pairs[$0].chanceCosine) } ?? chance
  }

  /// The candidates of one query, with the closest of all its pairs of views.
  ///
  /// `others` are ordered; `query` is one class, and `parts` are its own.
  private func candidates(
    _ others: [Int32], of query: ArraySlice<Int>, _ parts: [PicturePart: DescribedPart], _ tile: inout Tile
  ) -> [Candidate] {
    guard !others.isEmpty else { return [] }
    // The closest few of each, in order; of equal ones those that came first.
    var own = Array(repeating: [(pair: Int, product: Int32, excess: Double)](), count: others.count)
    for view in Self.views {
      let asked = Asked(query, view, descriptors, [parts], pairs, passes)
      guard !asked.sources.isEmpty else { continue }
      pack(others[...], view, into: &tile)
      tile.search(asked) { hit, source in
        guard let pair = hit.isMirrored ? source.pass.mirrored : source.pass.pair else { return }
        let (position, excess) = (Int(hit.base), excess(pair, hit.product))
        let rank = own[position].firstIndex { $0.excess < excess } ?? own[position].count
        guard rank < Self.hitsPerCandidate else { return }
        own[position].insert((pair, hit.product, excess), at: rank)
        if own[position].count > Self.hitsPerCandidate { own[position].removeLast() }
      }
    }
    return zip(others, own).map { other, hits in
      Candidate(
        index: Int(other),
        hits: hits.map { hit in
          let pair = pairs[hit.pair]
          return Candidate.Hit(
            pair: pair.placed(
              query: pair.queryPart.flatMap { parts[$0]?.place },
              base: pair.basePart.flatMap { pixels.part($0, of: other)?.place }),
            cosine: Double(hit.product) / Double(DescriptorTable.unitProduct))
        })
    }
  }
}

/// The classes that are closest to one query, as far as is known: by the closest pair of views of each.
private struct ClosestClasses {
  private var found: [(other: Int32, excess: Double)] = []
  /// Place of the one that has to go first; of equal ones that of the largest index.
  private var last = 0

  /// What another class needs at least; `nil` as long as there is room.
  var leastExcess: Double? { found.count < CandidateSearch.candidatesPerPicture ? nil : found[last].excess }

  /// Closest first, ties by index.
  var sorted: [Int32] { found.sorted { ($1.excess, $0.other) < ($0.excess, $1.other) }.map(\.other) }

  /// Takes a class that is as close as that in some pair of views.
  mutating func offer(_ other: Int32, excess: Double) {
    let isFull = found.count == CandidateSearch.candidatesPerPicture
    if isFull, (excess, found[last].other) <= (found[last].excess, other) { return }
    if let place = found.firstIndex(where: { $0.other == other }) {
      guard excess > found[place].excess else { return }
      found[place].excess = excess
      if place == last { findLast() }
    } else if isFull {
      found[last] = (other, excess)
      findLast()
    } else {
      found.append((other, excess))
      findLast()
    }
  }

  private mutating func findLast() {
    last = found.indices.min { (found[$0].excess, found[$1].other) < (found[$1].excess, found[$0].other) } ?? 0
  }
}

/// What of the base is packed at a time.
private enum BaseView: Equatable {
  case stored(DescriptorView)
  case part(PicturePart)

  /// What a pair compares with.
  init(_ pair: ViewPair) { self = pair.basePart.map(BaseView.part) ?? .stored(pair.base) }
}

/// The queries that are compared with one view.
private struct Asked {
  /// Their descriptors, turned as the passes want them.
  private(set) var vectors: [Int8] = []
  /// The least products that are hits.
  private(set) var thresholds: [Int32] = []
  /// Of which query and pass each is.
  private(set) var sources: [(query: Int, pass: SearchPass)] = []

  /// Raises the least products to what a query still wants of a pass; `nil` where it wants all.
  mutating func raiseThresholds(to least: (_ query: Int, _ pass: SearchPass) -> Int32?) {
    for (index, source) in sources.enumerated() {
      if let product = least(source.query, source.pass) { thresholds[index] = max(thresholds[index], product) }
    }
  }

  init(
    _ queries: ArraySlice<Int>, _ view: BaseView, _ descriptors: [GradientDescriptors?],
    _ parts: [[PicturePart: DescribedPart]], _ pairs: [ViewPair], _ passes: [SearchPass]
  ) {
    let passes = passes.filter { BaseView(pairs[$0.pair]) == view }
    for (position, query) in queries.enumerated() {
      guard let own = descriptors[query], !own.isPlain else { continue }
      for pass in passes {
        let pair = pairs[pass.pair]
        if let part = pair.queryPart {
          guard let described = parts[position][part] else { continue }
          GradientDescriptors.append(described.numbers, oriented: pair.orientation, to: &vectors)
        } else {
          guard !own.isPlain(pair.query) else { continue }
          own.append(pair.query, oriented: pair.orientation, to: &vectors)
        }
        thresholds.append(pass.leastProduct)
        sources.append((position, pass))
      }
    }
  }
}

/// One view of some classes of the base, packed.
@safe private struct Tile {
  private var table = DescriptorTable()
  private var rows: [UnsafePointer<Int8>?] = unsafe []
  private var hits: [DescriptorTable.Hit] = []

  mutating func pack(_ classes: ArraySlice<Int32>, _ view: DescriptorView, _ descriptors: [GradientDescriptors?]) {
    unsafe rows.removeAll(keepingCapacity: true)
    for index in classes {
      let own = descriptors[Int(index)]
      let row = unsafe own.flatMap { unsafe $0.isPlain(view) ? nil : $0.numbers }
      unsafe rows.append(row.map { unsafe $0 + Int(view.rawValue) * GradientDescriptors.length })
    }
    // The numbers stay where they are as long as `descriptors` does.
    unsafe rows.withUnsafeBufferPointer { unsafe table.replace(with: $0) }
  }

  /// Packs descriptors that stand in arrays of their own; `nil` for those that nothing is like.
  mutating func pack(_ numbers: [[Int8]?]) {
    let plain = [Int8](repeating: 0, count: GradientDescriptors.length)
    table = DescriptorTable(numbers.flatMap { $0 ?? plain })
  }

  /// Searches for some queries at a time: among pictures that are alike nearly all are hits.
  mutating func search(_ asked: Asked, _ body: (DescriptorTable.Hit, (query: Int, pass: SearchPass)) -> Void) {
    let (count, length) = (asked.sources.count, GradientDescriptors.length)
    for start in stride(from: 0, to: count, by: DescriptorTable.runLength) {
      let run = start..<min(start + DescriptorTable.runLength, count)
      hits.removeAll(keepingCapacity: true)
      table.search(
        queries: Array(asked.vectors[run.lowerBound * length..<run.upperBound * length]),
        thresholds: Array(asked.thresholds[run]), into: &hits)
      for hit in hits { body(hit, asked.sources[start + Int(hit.query)]) }
    }
  }
}
