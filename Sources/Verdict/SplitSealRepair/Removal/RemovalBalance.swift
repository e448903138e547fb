internal import SplitSealManifest

/// Looks among removals of one size for those that keep the classes' shares.
///
/// A part of the graph has as a rule many smallest removals. Part by part, the images of classes that a split has too few
/// of become dear and those of classes that it has too many of cheap, as a second price behind the count; the removal that
/// is then the cheapest takes the place of the one before where the shares are closer with it.
struct RemovalBalance {
  /// Times that every part is looked at.
  private static let roundCount = 8
  /// Steps of the second price.
  private static let priceStep = 1000.0

  private let target: SharesTarget
  /// Samples by label of each unit.
  private let labels: [[(label: Int, count: Int)]]
  private let imageCounts: [Int]
  private let splits: [Int]

  init(_ graph: ConflictGraph, _ table: ImageTable, _ manifest: Manifest, target: SharesTarget) {
    self.target = target
    imageCounts = graph.units.map(\.images.count)
    splits = graph.units.map(\.split)
    labels = graph.units.map { unit in
      var counts: [Int: Int] = [:]
      for image in unit.images {
        for sample in table.images[image].samples {
          counts[manifest.samples[sample].label ?? manifest.labels.count, default: 0] += 1
        }
      }
      return counts.sorted { $0.key < $1.key }.map { (label: $0.key, count: $0.value) }
    }
  }

  /// Exchanges removals of parts for others of the same size until the shares are kept, or nothing helps any more.
  func improve(
    _ solutions: inout [[Int]], of parts: [RemovalProblem.Part], forced: [Int], solver: inout RemovalSolver
  ) {
    var shares = target.before
    for unit in forced + solutions.flatMap(\.self) { change(&shares, unit, by: -1) }
    var violation = target.violation(shares)
    for _ in 0..<Self.roundCount where violation > 0 {
      var isImproved = false
      for (index, part) in parts.enumerated() where violation > 0 {
        let weights = Removal.weights(of: part, imageCounts, secondary: prices(of: part.units, shares))
        let other = solver.solution(of: part.problem.weighted(weights)).map { part.units[$0] }
        guard other != solutions[index], count(other) <= count(solutions[index]) else { continue }
        var changed = shares
        for unit in solutions[index] { change(&changed, unit, by: 1) }
        for unit in other { change(&changed, unit, by: -1) }
        let violationThen = target.violation(changed)
        guard violationThen < violation else { continue }
        (solutions[index], shares, violation, isImproved) = (other, changed, violationThen, true)
      }
      guard isImproved else { return }
    }
  }

  private func count(_ units: [Int]) -> Int { units.reduce(0) { $0 + imageCounts[$1] } }

  private func change(_ shares: inout ClassShares, _ unit: Int, by sign: Int) {
    for (label, count) in labels[unit] { shares.counts[splits[unit]][label] += sign * count }
  }

  /// The second price of some units: low where a class is in surplus.
  private func prices(of units: [Int], _ shares: ClassShares) -> [Int] {
    units.map { unit in
      let row = shares.counts[splits[unit]]
      let allowed = target.allowance(row.reduce(0, +))
      return labels[unit].reduce(0) { sum, part in
        let off = target.surplus(row, splits[unit], part.label) / allowed
        return sum + part.count * Int(Self.priceStep * (1 - max(-1, min(off, 1))))
      }
    }
  }
}
