/// Draws the units of one split anew: from the units of both, or with replacement from its own.
///
/// Few kinds are drawn as counts, one random number a kind; many kinds unit by unit.
struct UnitSampler {
  /// What units of each kind hold, one kind behind the other, as every draw reads it.
  private var items: [UnitTable.ClassCount] = []
  /// Where the items of each kind begin, and where those of the last one end.
  private var starts: [Int] = [0]
  /// Images in a unit of each kind.
  private let images: [Int]
  /// Units by kind.
  private let counts: [Int]
  private let total: Int
  private let sampler: CountSampler
  /// Kind of each unit, in an order that draws change; empty when counts are drawn.
  private var order: [Int32]
  /// Items of each class in the last draw.
  private(set) var classCounts: [Int]
  /// Images in the last draw.
  private(set) var imageCount = 0

  /// A kind costs about as much as so many units.
  static let unitsPerKind = 12

  /// Prepares draws of about `drawn` of the given units.
  init(_ table: UnitTable, counts: [Int], drawn: Int) {
    let present = counts.indices.filter { counts[$0] > 0 }
    images = present.map { table.kinds[$0].imageCount }
    for kind in present {
      items += table.kinds[kind].classes
      starts.append(items.count)
    }
    self.counts = present.map { counts[$0] }
    total = self.counts.reduce(0, +)
    sampler = CountSampler(upTo: total)
    order = []
    if images.count * Self.unitsPerKind > drawn {
      for (kind, count) in self.counts.enumerated() { order += repeatElement(Int32(kind), count: count) }
    }
    classCounts = Array(repeating: 0, count: table.classCount)
  }

  /// Draws `drawn` units without replacement: one random assignment.
  mutating func assign(_ drawn: Int, using random: inout SeededGenerator) {
    clear()
    guard order.isEmpty else {
      random.moveToFront(drawn, of: &order)
      for place in 0..<drawn { add(1, ofKind: Int(order[place])) }
      return
    }
    var (left, wanted) = (total, drawn)
    for kind in images.indices where wanted > 0 {
      let count = sampler.hypergeometric(total: left, marked: counts[kind], drawn: wanted, using: &random)
      add(count, ofKind: kind)
      left -= counts[kind]
      wanted -= count
    }
  }

  /// Draws as many units as there are, with replacement: one bootstrap sample.
  mutating func resample(using random: inout SeededGenerator) {
    clear()
    guard order.isEmpty else {
      for _ in 0..<total { add(1, ofKind: Int(order[random.below(total)])) }
      return
    }
    var (left, wanted) = (total, total)
    for kind in images.indices where wanted > 0 {
      let share = Double(counts[kind]) / Double(left)
      let count = sampler.binomial(trials: wanted, share: share, using: &random)
      add(count, ofKind: kind)
      left -= counts[kind]
      wanted -= count
    }
  }

  private mutating func clear() {
    imageCount = 0
    for label in classCounts.indices { classCounts[label] = 0 }
  }

  @inline(__always)
  private mutating func add(_ count: Int, ofKind kind: Int) {
    imageCount += count * images[kind]
    for place in starts[kind]..<starts[kind + 1] {
      classCounts[items[place].label] += count * items[place].count
    }
  }
}
