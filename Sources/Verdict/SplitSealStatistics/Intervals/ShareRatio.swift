/// How many times as large a class' share is in one split as in another, with a 95 % interval.
public struct ShareRatio: Hashable, Sendable {
  /// Share in the compared split over share in the reference split, 0...infinity; 1 when the class is in neither.
  public let value: Double
  /// Lower end of the interval.
  public let low: Double
  /// Upper end of the interval.
  public let high: Double

  /// Compares `count` of `total` with `referenceCount` of `referenceTotal`.
  ///
  /// The interval is Katz's, symmetric in the logarithm. Where it does not exist (a class that is absent from a split, or
  /// is all of both) half an image is added to the class and to the rest of each split, and the end beyond which nothing
  /// lies is 0 or infinity.
  /// - Precondition: both totals are 1 or more and contain their counts.
  /// - Source: Katz et al. 1978; the halves by Haldane 1956 and Anscombe 1956.
  public init(_ count: Int, of total: Int, to referenceCount: Int, of referenceTotal: Int) {
    precondition(total > 0 && referenceTotal > 0, "a share needs a total")
    let share = Double(count) / Double(total)
    let referenceShare = Double(referenceCount) / Double(referenceTotal)
    value = count == 0 && referenceCount == 0 ? 1 : share / referenceShare
    let isDegenerate =
      count == 0 || referenceCount == 0 || (count == total && referenceCount == referenceTotal)
    let half = isDegenerate ? 0.5 : 0
    let (a, n) = (Double(count) + half, Double(total) + 2 * half)
    let (b, m) = (Double(referenceCount) + half, Double(referenceTotal) + 2 * half)
    let reach = WilsonInterval.quantile * max(0, 1 / a - 1 / n + 1 / b - 1 / m).squareRoot()
    let centre = a / n / (b / m)
    low = count == 0 ? 0 : centre * exponential(-reach)
    high = referenceCount == 0 ? .infinity : centre * exponential(reach)
  }
}
