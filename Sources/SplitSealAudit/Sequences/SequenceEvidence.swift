internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealStatistics

/// Whether samples that are numbered are frames of a sequence: neighbours then look more alike than others.
///
/// The images of most datasets are numbered, in no order that means anything. Numbers alone say nothing.
struct SequenceEvidence {
  /// Neighbours whose likeness is looked at, spread over the sequences.
  static let mostPairs = 400
  /// Neighbours needed to tell.
  static let leastPairs = 20
  /// Standard errors by which the area has to be above one half.
  static let leastErrors = 3.0
  /// Chance that two neighbours are more alike than two frames of the same sequence far from each other, from which on
  /// there is an order.
  static let orderArea = 0.65
  /// The same against frames of other sequences, whose likeness may be that of their class alone.
  static let originArea = 0.85

  /// Chance that two neighbours are more alike than two frames far from each other; `nil` when too few could be compared.
  let order: Double?
  /// Chance that two neighbours are more alike than two frames of different sequences; `nil` when too few could be
  /// compared.
  let origin: Double?
  /// Neighbours that were compared.
  let pairCount: Int

  /// Compares the descriptors of neighbours with those of other pairs.
  ///
  /// - Parameters:
  ///   - sequences: One sequence, or several that are taken as one kind.
  ///   - others: Sequences whose frames are not of the same sequence.
  ///   - input: Where the fingerprints are.
  init(_ sequences: [FrameSequence], against others: [FrameSequence], _ input: AuditInput) {
    let neighbours = Self.pairs(in: sequences) { frames, index in
      index + 1 < frames.count ? (frames[index].sample, frames[index + 1].sample) : nil
    }.compactMap { Self.likeness($0, input) }
    let far = Self.pairs(in: sequences) { frames, index in
      // A third of the sequence away: in a short one that is a neighbour again, which says nothing.
      let reach = frames.count / 3
      return reach > 3 && index + reach < frames.count ? (frames[index].sample, frames[index + reach].sample) : nil
    }.compactMap { Self.likeness($0, input) }
    pairCount = neighbours.count
    order = Self.area(far, neighbours)
    let foreign = Self.foreignPairs(sequences, others, count: neighbours.count).compactMap { Self.likeness($0, input) }
    origin = Self.area(foreign, neighbours)
  }

  /// Whether enough neighbours could be compared to tell.
  var isTellable: Bool { order != nil || origin != nil }

  /// Whether neighbours are alike because they are neighbours.
  var isSequence: Bool {
    isBeyond(order, Self.orderArea) || isBeyond(origin, Self.originArea)
  }

  private func isBeyond(_ area: Double?, _ limit: Double) -> Bool {
    guard let area else { return false }
    // Of two samples of n each under the null: variance (2 n + 1) / (12 n^2).
    // Source: Mann and Whitney 1947, section 4.
    let count = Double(pairCount)
    let error = ((2 * count + 1) / (12 * count * count)).squareRoot()
    return area >= limit && area >= 0.5 + Self.leastErrors * error
  }

  private static func area(_ others: [Double], _ neighbours: [Double]) -> Double? {
    guard neighbours.count >= leastPairs, others.count >= leastPairs else { return nil }
    return AreaUnderCurve(negatives: others, positives: neighbours).value
  }

  private static func likeness(_ pair: (Int, Int), _ input: AuditInput) -> Double? {
    guard let first = input.outcomes[pair.0].fingerprint, let second = input.outcomes[pair.1].fingerprint else {
      return nil
    }
    return first.descriptors.cosine(to: second.descriptors)
  }

  /// Pairs that `pair` makes of the places of frames, evenly spread over all frames.
  private static func pairs(
    in sequences: [FrameSequence], _ pair: ([FrameSequence.Frame], Int) -> (Int, Int)?
  ) -> [(Int, Int)] {
    let total = sequences.reduce(0) { $0 + $1.frames.count }
    let stride = max(1, total / mostPairs)
    var pairs: [(Int, Int)] = []
    var place = 0
    for sequence in sequences {
      for index in sequence.frames.indices {
        defer { place += 1 }
        guard place.isMultiple(of: stride), let found = pair(sequence.frames, index) else { continue }
        pairs.append(found)
      }
    }
    return pairs
  }

  /// Pairs of a frame of the sequences and one of the others that is not of the same sequence, evenly spread.
  private static func foreignPairs(
    _ sequences: [FrameSequence], _ others: [FrameSequence], count: Int
  ) -> [(Int, Int)] {
    guard count > 0, !others.isEmpty else { return [] }
    let ours = sequences.enumerated().flatMap { place, sequence in sequence.frames.map { (place, $0.sample) } }
    return (0..<count).compactMap { index in
      let (place, sample) = ours[index * ours.count / count]
      // Another sequence each time; their own number is left out where they are among the others.
      let other = others[(place + 1 + index % max(1, others.count - 1)) % others.count]
      guard other.name != sequences[place].name || other.frames[0].sample != sequences[place].frames[0].sample else {
        return nil
      }
      return (sample, other.frames[(index * 7919) % other.frames.count].sample)
    }
  }
}
