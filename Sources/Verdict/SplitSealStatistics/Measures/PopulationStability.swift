/// The population stability index of two rows of counts, for readers who expect it.
///
/// Its folklore limits of 0.1 and 0.25 ignore how many items there are: of 500 items and 100 classes every random split
/// passes 0.25. The critical value does not.
public struct PopulationStability: Hashable, Sendable {
  /// The index, 0 or more.
  public let index: Double
  /// What a random split exceeds with a chance of 5 % only; `nil` where there are too few items for each class.
  public let criticalValue: Double?

  /// Items for each class below which there is no critical value.
  public static let leastItemsPerClass = 20

  /// Compares two rows, half an item added to each count; columns that are empty in both do not count.
  ///
  /// - Precondition: Both rows have as many columns, counts are 0 or more, and both hold something.
  /// - Source: Yurdakul and Naranjo, Statistical Properties of the Population Stability Index, 2020: in large samples the
  ///   index over (1 / N + 1 / M) has a chi-square distribution of k - 1 degrees.
  public init(_ first: [Int], _ second: [Int]) {
    precondition(first.count == second.count, "both rows have the same columns")
    let columns = zip(first, second).filter { $0 + $1 > 0 }
    let (total, other) = (Double(first.reduce(0, +)), Double(second.reduce(0, +)))
    precondition(total > 0 && other > 0, "a share needs a total")
    let extra = Double(columns.count) / 2
    index = columns.reduce(0) { sum, counts in
      let (p, q) = ((Double(counts.0) + 0.5) / (total + extra), (Double(counts.1) + 0.5) / (other + extra))
      return sum + (p - q) * naturalLogarithm(p / q)
    }
    let isLarge = min(total, other) >= Double(Self.leastItemsPerClass * columns.count)
    criticalValue =
      isLarge && columns.count > 1
      ? (1 / total + 1 / other) * ChiSquareDistribution(degrees: columns.count - 1).quantile(upperTail: 0.05) : nil
  }
}
