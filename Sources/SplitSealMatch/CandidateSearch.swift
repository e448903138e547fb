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
  /// a hundredth of the work from 256 queries on.
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
    var tile = Tile()
    let parts = described(queries)
    let first = onlyLater ? base.firstIndex { $0 > queries.first ?? 0 } ?? base.count : 0
    for view in DescriptorView.allCases.map(BaseView.stored) + PicturePart.ofBase.map(BaseView.part) {
      let asked = Asked(queries, view, descriptors, parts, pairs, passes)
      guard !asked.sources.isEmpty else { continue }
      for start in stride(from: first, to: base.count, by: Self.tileLength) {
        let range = start..<min(start + Self.tileLength, base.count)
        switch view {
        case .stored(let view): tile.pack(base[range], view, descriptors)
        case .part(let part): tile.pack(base[range].map { pixels.part(part, of: $0)?.numbers })
        }
        tile.search(asked) { hit, source in
          guard let pair = hit.isMirrored ? source.pass.mirrored : source.pass.pair else { return }
          let (query, other) = (queries[queries.startIndex + source.query], Int(base[start + Int(hit.base)]))
          guard other != query, isWanted(query, other) else { return }
          found[source.query].append(Found(other: Int32(other), pair: Int32(pair), product: hit.product))
        }
        for position in found.indices where found[position].count > Self.mostHits {
          found[position] = thinned(found[position])
        }
      }
    }
    return found.indices.map { best(found[$0], parts[$0]) }
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

  /// A hit on its way to its candidate.
  private struct Found {
    let other: Int32
    let pair: Int32
    let product: Int32
  }

  /// Hits of one query above which they are thinned out.
  private static let mostHits = 4096

  private func excess(_ hit: Found) -> Double {
    Double(hit.product) / Double(DescriptorTable.unitProduct) - pairs[Int(hit.pair)].chanceCosine
  }

  /// The hits of the closest candidates: no other can become one of the closest by hits that are still to come, unless
  /// by these alone.
  private func thinned(_ hits: [Found]) -> [Found] {
    let kept = Set(best(hits, [:]).map { Int32($0.index) })
    return hits.filter { kept.contains($0.other) }
  }

  /// The closest candidates; `parts` are those of the query.
  private func best(_ hits: [Found], _ parts: [PicturePart: DescribedPart]) -> [Candidate] {
    var closest: [Int32: Double] = [:]
    for hit in hits {
      let excess = excess(hit)
      if excess > closest[hit.other] ?? -2 { closest[hit.other] = excess }
    }
    let order = closest.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.candidatesPerPicture)
    var place: [Int32: Int] = [:]
    for (position, entry) in order.enumerated() { place[entry.key] = position }
    // The closest few of each, in order; of equal ones those that came first. A sort of all would take a fifth of a scan of
    // pictures that are alike.
    var own = Array(repeating: [(hit: Found, excess: Double)](), count: order.count)
    for hit in hits {
      guard let position = place[hit.other] else { continue }
      let excess = excess(hit)
      let rank = own[position].firstIndex { $0.excess < excess } ?? own[position].count
      guard rank < Self.hitsPerCandidate else { continue }
      own[position].insert((hit, excess), at: rank)
      if own[position].count > Self.hitsPerCandidate { own[position].removeLast() }
    }
    return zip(order, own).map { entry, hits in
      Candidate(
        index: Int(entry.key),
        hits: hits.map { hit, _ in
          let pair = pairs[Int(hit.pair)]
          return Candidate.Hit(
            pair: pair.placed(
              query: pair.queryPart.flatMap { parts[$0]?.place },
              base: pair.basePart.flatMap { pixels.part($0, of: entry.key)?.place }),
            cosine: Double(hit.product) / Double(DescriptorTable.unitProduct))
        })
    }
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

  mutating func search(_ asked: Asked, _ body: (DescriptorTable.Hit, (query: Int, pass: SearchPass)) -> Void) {
    hits.removeAll(keepingCapacity: true)
    table.search(queries: asked.vectors, thresholds: asked.thresholds, into: &hits)
    for hit in hits { body(hit, asked.sources[Int(hit.query)]) }
  }
}
