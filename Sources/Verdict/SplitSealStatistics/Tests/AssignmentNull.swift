/// The pool of units of two splits, and how uneven a drawn part of it is.
struct AssignmentNull {
  /// Units of both splits by kind.
  let unitCounts: [Int]
  /// Items of each class in the split that is drawn.
  let observedCounts: [Int]
  /// Images in the split that is drawn.
  let observedImages: Int
  /// Items of each class in both.
  private let totals: [Int]
  private let itemCount: Int
  private let imageCount: Int
  /// One over the variance of each class' count under random assignment, its expectation by the drawn images taken off;
  /// 0 for a class that cannot vary.
  private let precisions: [Double]

  /// Pools two splits.
  init(_ table: UnitTable, drawn: Int, rest: Int) {
    unitCounts = zip(table.counts[drawn], table.counts[rest]).map { $0 + $1 }
    observedCounts = table.classCounts(of: drawn)
    observedImages = table.imageCount(of: drawn)
    totals = zip(observedCounts, table.classCounts(of: rest)).map { $0 + $1 }
    itemCount = totals.reduce(0, +)
    imageCount = observedImages + table.imageCount(of: rest)
    precisions = Self.precisions(
      table, unitCounts, shares: totals.map { [imageCount] in Double($0) / Double(max(1, imageCount)) },
      drawn: table.unitCount(of: drawn))
  }

  /// Pearson's chi-square and the total variation distance of a drawn part against the rest.
  func score(_ counts: [Int]) -> (pearson: Double, distance: Double) {
    let drawn = counts.reduce(0, +)
    let rest = itemCount - drawn
    guard drawn > 0, rest > 0 else { return (0, 0) }
    let share = Double(drawn) / Double(itemCount)
    var (squares, distance) = (0.0, 0.0)
    for (count, total) in zip(counts, totals) where total > 0 {
      let difference = Double(count) - Double(total) * share
      squares += difference * difference / Double(total)
      distance += abs(difference)
    }
    // The share of a class differs by difference / (drawn (1 - share)) between the two.
    return (squares / (share * (1 - share)), distance / (2 * Double(drawn) * (1 - share)))
  }

  /// The squared difference of each class from what the drawn images let expect, in units of its variance.
  func classScores(_ counts: [Int], images: Int) -> [Double] {
    let share = Double(images) / Double(imageCount)
    return counts.indices.map { label in
      let difference = Double(counts[label]) - Double(totals[label]) * share
      return difference * difference * precisions[label]
    }
  }

  /// A class' count less its share of the drawn images is a sum over the drawn units of a number that is zero on average,
  /// so that its variance is that of a mean of a sample from a finite pool.
  private static func precisions(_ table: UnitTable, _ unitCounts: [Int], shares: [Double], drawn: Int) -> [Double] {
    let units = Double(unitCounts.reduce(0, +))
    // The squares of (count - share x images): the cross terms exist only for classes that a unit holds.
    let imageSquares = zip(unitCounts, table.kinds).reduce(0.0) {
      $0 + Double($1.0) * Double($1.1.imageCount) * Double($1.1.imageCount)
    }
    var squares = shares.map { $0 * $0 * imageSquares }
    for (count, kind) in zip(unitCounts, table.kinds) where count > 0 {
      for item in kind.classes {
        let (held, expected) = (Double(item.count), shares[item.label] * Double(kind.imageCount))
        squares[item.label] += Double(count) * held * (held - 2 * expected)
      }
    }
    let factor = Double(drawn) * (units - Double(drawn)) / max(1, units * (units - 1))
    return squares.map { $0 * factor > 1e-9 ? 1 / ($0 * factor) : 0 }
  }
}
