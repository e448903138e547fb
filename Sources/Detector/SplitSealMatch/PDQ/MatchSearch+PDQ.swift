internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage

extension MatchSearch {
  /// Calls `body` for each class that is searched for, in no particular order, with all its neighbours.
  ///
  /// What is in flight is bounded: a worker hands over the neighbours of a few dozen classes before it takes more.
  func forEachPDQNeighbourhood(
    in classes: PictureClasses, _ body: (_ index: Int, _ neighbours: [Neighbour]) -> Void
  ) async throws {
    let hashes = classes.indices.map { index in
      outcomes[classes.first(index)].fingerprint?.pdq.flatMap { $0.quality >= options.minimumQuality ? $0 : nil }
    }
    let base = classes.indices.filter { hashes[$0] != nil }
    let asked = askedSplit
    let isQuery = classes.indices.map { hashes[$0] != nil && classes.isOutside(asked, $0) }
    let queries = base.filter { isQuery[$0] }
    let indexes = PDQSampling.allCases.map { sampling in
      (sampling, MultiIndexHash(base.map { hashes[$0]?[sampling].identity ?? PDQHash() }))
    }
    let radius = Self.radius(score: options.leastListedScore)
    let workerCount = max(1, options.workerCount)
    let chunkLength = 64
    let scratches = Array(repeating: MultiIndexHash.Scratch(count: base.count), count: workerCount)
    try await WorkerPool.forEachChunk(of: queries.count, chunkLength: chunkLength, workers: scratches) {
      chunk, scratch in
      queries[chunk].map { query in
        let all = Self.neighbours(
          of: query, in: hashes, base: base, indexes: indexes, radius: radius, scratch: &scratch)
        return (query, all.filter { !isQuery[$0.index] || $0.index > query })
      }
    } receive: { (_, found: [(Int, [Neighbour])]) in
      for (query, neighbours) in found { body(query, neighbours) }
    }
  }

  /// The closest hash of another class.
  private struct Found {
    let distance: Int
    let orientation: Orientation
    let sampling: PDQSampling
  }

  private static func neighbours(
    of query: Int, in hashes: [PDQHashSet?], base: [Int], indexes: [(PDQSampling, MultiIndexHash)],
    radius: Int, scratch: inout MultiIndexHash.Scratch
  ) -> [Neighbour] {
    guard let pdq = hashes[query] else { return [] }
    var best: [Int: Found] = [:]
    for (sampling, index) in indexes {
      for orientation in Orientation.allCases {
        index.forEachHash(within: radius, of: pdq[sampling][orientation], scratch: &scratch) { position, distance in
          let other = base[position]
          guard other != query, distance < best[other]?.distance ?? .max else { return }
          best[other] = Found(distance: distance, orientation: orientation, sampling: sampling)
        }
      }
    }
    return best.map { other, found in
      Neighbour(
        index: other, score: score(distance: found.distance), orientation: found.orientation,
        evidence: .pdq(distance: found.distance, found.sampling))
    }.sorted(by: Neighbour.isBefore)
  }
}
