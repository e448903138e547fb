internal import SplitSealPolicy
internal import SplitSealStatistics

/// How well all properties together tell two splits apart.
struct SplitTelling {
  /// Images of a split that are looked at: more make the area no surer than a warning needs.
  static let mostImageCount = 1_000
  /// Random assignments at most: enough for a p-value below 0.01, and each fits five models.
  static let mostPermutationCount = 199
  /// Categories of a property that become a feature each, the commonest first.
  private static let mostCategoryCount = 4

  /// Area under the curve by grouped cross-validation, 0...1.
  let area: Double
  /// By random assignments; `nil` where the area is too small to matter.
  let pValue: Double?
  let imageCount: Int
  let featureCount: Int

  /// Fits the models; `nil` where there is nothing to fit, or fewer than ten units in a split.
  ///
  /// - Parameters:
  ///   - table: The properties.
  ///   - pair: The two splits.
  ///   - samples: Readable samples by split.
  ///   - units: What stays together.
  ///   - limits: The policy's.
  /// - Complexity: O(1) in the number of samples, but for choosing them: O(*n*).
  init?(
    _ table: PropertyTable, _ pair: (Int, Int), _ samples: [[Int]], _ units: PropertyUnits,
    _ limits: PropertyDriftLimits
  ) {
    var random = SeededGenerator(seed: limits.seed, stream: -1)
    let chosen = [pair.0, pair.1].map { Self.choose(samples[$0], units, using: &random) }
    let (firstUnits, firstCount) = units.units(of: chosen[0])
    let (secondUnits, secondCount) = units.units(of: chosen[1], from: firstCount)
    guard min(firstCount, secondCount) >= 10 else { return nil }
    let all = chosen[0] + chosen[1]
    let features = table.columns.flatMap { Self.features($0, all) }
    guard !features.isEmpty else { return nil }
    let classifier = SplitClassifier(
      features: features, isSecond: all.indices.map { $0 >= chosen[0].count }, units: firstUnits + secondUnits,
      seed: limits.seed)
    area = classifier.area
    pValue =
      area > limits.warningArea
      ? classifier.permutationTest(
        permutationCount: min(limits.permutationCount, Self.mostPermutationCount), extremeLimit: 2, using: &random
      ).pValue : nil
    imageCount = all.count
    featureCount = features.count
  }

  /// Some of a split's images, whole units at a time, in manifest order.
  private static func choose(_ samples: [Int], _ units: PropertyUnits, using random: inout SeededGenerator) -> [Int] {
    guard samples.count > mostImageCount else { return samples }
    let (unitOf, count) = units.units(of: samples)
    var sizes = Array(repeating: 0, count: count), order = Array(0..<count)
    for unit in unitOf { sizes[unit] += 1 }
    random.moveToFront(min(count, mostImageCount), of: &order)
    var taken = Array(repeating: false, count: count), total = 0
    for unit in order.prefix(mostImageCount) where total < mostImageCount {
      taken[unit] = true
      total += sizes[unit]
    }
    return zip(samples, unitOf).filter { taken[$0.1] }.map(\.0)
  }

  /// A number as it is, or a category as 0 or 1 for each of its commonest values but the last.
  private static func features(_ column: PropertyColumn, _ samples: [Int]) -> [[Double]] {
    let values = samples.map { Double(column.values[$0]) }
    guard let categories = column.categories else {
      let known = values.filter { !$0.isNaN }
      guard known.count > 0 else { return [] }
      // Images without the property say nothing about it.
      let middle = known.reduce(0, +) / Double(known.count)
      return [values.map { $0.isNaN ? middle : $0 }]
    }
    var counts = Array(repeating: 0, count: categories.count)
    for value in values where !value.isNaN { counts[Int(value)] += 1 }
    let common = counts.indices.filter { counts[$0] > 0 }.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    return common.dropLast(common.count == 2 ? 1 : 0).prefix(common.count < 2 ? 0 : mostCategoryCount).map { category in
      values.map { $0 == Double(category) ? 1 : 0 }
    }
  }
}
