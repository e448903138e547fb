/// How far apart two rows of counts are as distributions over classes.
///
/// Random splits are rarely at 0: compare these numbers with what chance gives, see ``AssignmentTest``.
public struct ShareDistance: Hashable, Sendable {
  /// Share of the items of one row that would have to change class to give the shares of the other, 0...1.
  public let totalVariation: Double
  /// The square root of Jensen and Shannon's divergence in bits, 0...1.
  ///
  /// - Source: Endres and Schindelin, A New Metric for Probability Distributions, 2003.
  public let jensenShannon: Double
  /// Cramer's V of the table of two rows, corrected for what chance gives, 0...1.
  ///
  /// - Source: Bergsma, A Bias-Correction for Cramer's V and Tschuprow's T, 2013.
  public let cramersV: Double

  /// Compares two rows.
  ///
  /// - Precondition: Both rows have as many columns, counts are 0 or more, and both hold something.
  public init(_ first: [Int], _ second: [Int]) {
    precondition(first.count == second.count, "both rows have the same columns")
    let (total, other) = (first.reduce(0, +), second.reduce(0, +))
    precondition(total > 0 && other > 0, "a share needs a total")
    var (variation, divergence, columns) = (0.0, 0.0, 0)
    for (count, otherCount) in zip(first, second) where count + otherCount > 0 {
      columns += 1
      let (p, q) = (Double(count) / Double(total), Double(otherCount) / Double(other))
      let mean = (p + q) / 2
      variation += abs(p - q) / 2
      if p > 0 { divergence += p * naturalLogarithm(p / mean) / 2 }
      if q > 0 { divergence += q * naturalLogarithm(q / mean) / 2 }
    }
    totalVariation = variation
    jensenShannon = max(0, divergence / naturalLogarithm(2)).squareRoot()
    cramersV = Self.corrected(ChiSquareTest(first, second).pearson, items: Double(total + other), columns: columns)
  }

  private static func corrected(_ pearson: Double, items n: Double, columns: Int) -> Double {
    let k = Double(columns)
    guard columns > 1, n > 2 else { return 0 }
    let phi = max(0, pearson / n - (k - 1) / (n - 1))
    let rows = 2 - 1 / (n - 1)
    let cells = k - (k - 1) * (k - 1) / (n - 1)
    let least = min(rows, cells) - 1
    return least > 0 ? min(1, (phi / least).squareRoot()) : 0
  }
}
