internal import SplitSealBase
internal import SplitSealPolicy
internal import SplitSealStatistics

/// One property of two splits.
struct PropertyComparison {
  /// What differs, and by how much.
  enum Effect {
    /// Kolmogorov and Smirnov's D of numbers.
    case number
    /// The total variation distance of categories, of which chance alone gives a part; the category that differs most
    /// and its share in both splits.
    case category(chance: Double, category: Int, shares: (Double, Double))
  }

  let column: PropertyColumn
  /// Indices into the manifest's splits.
  let splits: (Int, Int)
  /// Images of each that have the property.
  let counts: (Int, Int)
  /// D, or the total variation distance, 0...1.
  let distance: Double
  let effect: Effect
  /// Before the adjustment for the number of properties.
  let pValue: Double
  /// Whether the p-value comes of random assignments.
  let isPermuted: Bool

  /// What of the distance counts: of categories what is more than chance gives.
  var excess: Double {
    guard case .category(let chance, _, _) = effect else { return distance }
    return distance - chance
  }
}

/// Compares the properties of two splits.
struct PropertyComparer {
  /// Splits of fewer images are compared by random assignments: the limit distribution is for large ones.
  private static let leastAsymptoticCount = 500
  /// Random assignments after which a category may be settled.
  private static let firstDrawCount = 999
  /// A p-value of so few draws that is above is not going to be small.
  private static let leastSettledPValue = 0.05

  let units: PropertyUnits
  let limits: PropertyDriftLimits

  /// Compares one property.
  ///
  /// - Parameters:
  ///   - column: The property.
  ///   - splits: Which two.
  ///   - samples: The readable samples of each, in manifest order.
  ///   - stream: Number of the comparison: each draws its own random assignments.
  /// - Returns: The comparison; `nil` where too few images have the property, or all have the same.
  /// - Complexity: O(*n* log *n*) for *n* samples; a random assignment O(*n*).
  func comparison(
    _ column: PropertyColumn, _ splits: (Int, Int), _ samples: ([Int], [Int]), stream: Int
  ) -> PropertyComparison? {
    let first = samples.0.filter { !column.values[$0].isNaN }, second = samples.1.filter { !column.values[$0].isNaN }
    guard min(first.count, second.count) >= limits.leastImageCount else { return nil }
    return column.categories == nil
      ? numbers(column, splits, first, second, stream)
      : categories(column, splits, first, second, stream)
  }

  private func numbers(
    _ column: PropertyColumn, _ splits: (Int, Int), _ first: [Int], _ second: [Int], _ stream: Int
  ) -> PropertyComparison? {
    let a = column.numbers(of: first), b = column.numbers(of: second)
    let isLarge = min(a.count, b.count) >= Self.leastAsymptoticCount
    let distance: Double, pValue: Double
    if units.isGrouped || !isLarge {
      let (firstUnits, unitCount) = units.units(of: first)
      let ranked = RankedSample(
        first: a, firstUnits: firstUnits, second: b, secondUnits: units.units(of: second, from: unitCount).units)
      var random = SeededGenerator(seed: limits.seed, stream: stream)
      distance = ranked.distance
      pValue = ranked.permutationTest(permutationCount: limits.permutationCount, using: &random).pValue
    } else {
      let test = KolmogorovSmirnov(a, b)
      (distance, pValue) = (test.distance, test.asymptoticPValue)
    }
    return PropertyComparison(
      column: column, splits: splits, counts: (a.count, b.count), distance: distance, effect: .number, pValue: pValue,
      isPermuted: units.isGrouped || !isLarge)
  }

  private func categories(
    _ column: PropertyColumn, _ splits: (Int, Int), _ first: [Int], _ second: [Int], _ stream: Int
  ) -> PropertyComparison? {
    let categoryCount = column.categories?.count ?? 0
    var counts = [Array(repeating: 0, count: categoryCount), Array(repeating: 0, count: categoryCount)]
    for (row, samples) in [first, second].enumerated() {
      for sample in samples { counts[row][Int(column.values[sample])] += 1 }
    }
    guard zip(counts[0], counts[1]).count(where: { $0 + $1 > 0 }) > 1 else { return nil }
    let table = units.isGrouped ? grouped(column, categoryCount, first, second) : UnitTable(counts)
    var test = assignmentTest(table, min(Self.firstDrawCount, limits.permutationCount), stream)
    // Few of the draws were as uneven: whether p is small enough takes more of them.
    if test.permutationCount < limits.permutationCount, test.pValue < Self.leastSettledPValue {
      test = assignmentTest(table, limits.permutationCount, stream)
    }
    func shares(_ category: Int) -> (Double, Double) {
      (Double(counts[0][category]) / Double(first.count), Double(counts[1][category]) / Double(second.count))
    }
    let differences = (0..<categoryCount).map { abs(shares($0).0 - shares($0).1) }
    let most = differences.indices.max { (differences[$0], -$0) < (differences[$1], -$1) } ?? 0
    return PropertyComparison(
      column: column, splits: splits, counts: (first.count, second.count), distance: test.distance,
      effect: .category(chance: test.nullMeanDistance, category: most, shares: shares(most)), pValue: test.pValue,
      isPermuted: true)
  }

  private func assignmentTest(_ table: UnitTable, _ permutationCount: Int, _ stream: Int) -> AssignmentTest {
    AssignmentTest(table, first: 0, second: 1, permutationCount: permutationCount, seed: limits.seed, stream: stream)
  }

  /// The categories of both splits by unit.
  private func grouped(_ column: PropertyColumn, _ categoryCount: Int, _ first: [Int], _ second: [Int]) -> UnitTable {
    var table = UnitTable(classCount: categoryCount, splitCount: 2)
    for (split, samples) in [first, second].enumerated() {
      let (unitOf, count) = units.units(of: samples)
      var categories = Array(repeating: [Int](), count: count)
      for (sample, unit) in zip(samples, unitOf) { categories[unit].append(Int(column.values[sample])) }
      for var unit in categories {
        unit.sort()
        var classes: [UnitTable.ClassCount] = []
        for category in unit {
          if let last = classes.last, last.label == category {
            classes[classes.count - 1] = UnitTable.ClassCount(label: category, count: last.count + 1)
          } else {
            classes.append(UnitTable.ClassCount(label: category, count: 1))
          }
        }
        table.add(imageCount: unit.count, classes: classes, to: split)
      }
    }
    return table
  }
}

extension PropertyColumn {
  /// The numbers of some samples, all of which have one.
  func numbers(of samples: [Int]) -> [Double] { samples.map { Double(values[$0]) } }
}

/// The value in the middle of some numbers, or the mean of the two; not a number where there is none.
func median(of numbers: [Double]) -> Double {
  let sorted = numbers.sorted()
  guard !sorted.isEmpty else { return .nan }
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
