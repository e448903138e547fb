/// Tests whether two rows of counts could come from one distribution over columns, as large samples are tested.
///
/// Where counts are small ask ``AssignmentTest`` instead, which is exact.
public struct ChiSquareTest: Hashable, Sendable {
  /// Pearson's statistic.
  public let pearson: Double
  /// The likelihood ratio statistic G.
  public let likelihoodRatio: Double
  /// Columns that hold something, less one.
  public let degrees: Int
  /// The least expected count of the table.
  public let leastExpected: Double
  /// Share of expected counts below 5, 0...1.
  public let smallExpectedShare: Double

  /// Compares two rows; columns that are empty in both do not count.
  ///
  /// - Precondition: Both rows have as many columns, counts are 0 or more.
  public init(_ first: [Int], _ second: [Int]) {
    precondition(first.count == second.count, "both rows have the same columns")
    let (total, other) = (Double(first.reduce(0, +)), Double(second.reduce(0, +)))
    let sum = total + other
    var (pearson, ratio, columns, small) = (0.0, 0.0, 0, 0)
    var least = Double.infinity
    for (count, otherCount) in zip(first, second) where count + otherCount > 0 {
      columns += 1
      for (observed, row) in [(Double(count), total), (Double(otherCount), other)] where row > 0 {
        let expected = Double(count + otherCount) * row / sum
        pearson += (observed - expected) * (observed - expected) / expected
        if observed > 0 { ratio += 2 * observed * naturalLogarithm(observed / expected) }
        least = min(least, expected)
        if expected < 5 { small += 1 }
      }
    }
    self.pearson = pearson
    likelihoodRatio = max(0, ratio)
    degrees = total > 0 && other > 0 ? max(0, columns - 1) : 0
    leastExpected = least.isFinite ? least : 0
    smallExpectedShare = columns == 0 ? 0 : Double(small) / Double(2 * columns)
  }

  /// Whether the distribution of large samples may be used: no expected count below 1, and at most a fifth below 5.
  ///
  /// - Source: Cochran, Some Methods for Strengthening the Common Chi-Square Tests, 1954.
  public var meetsCochransCondition: Bool { degrees > 0 && leastExpected >= 1 && smallExpectedShare <= 0.2 }

  /// The p-value of Pearson's statistic in large samples, 0...1; 1 when there is nothing to compare.
  public var pValue: Double { degrees == 0 ? 1 : ChiSquareDistribution(degrees: degrees).upperTail(of: pearson) }

  /// The p-value of G in large samples, 0...1; 1 when there is nothing to compare.
  public var likelihoodRatioPValue: Double {
    degrees == 0 ? 1 : ChiSquareDistribution(degrees: degrees).upperTail(of: likelihoodRatio)
  }
}
