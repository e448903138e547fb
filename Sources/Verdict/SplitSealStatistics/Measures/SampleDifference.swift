/// How far two samples of a number lie apart, in the words of three fields.
public struct SampleDifference: Hashable, Sendable {
  /// Mean of the second less that of the first, over the pooled standard deviation (Cohen's d); 0 when all values are
  /// equal, and infinite when the two differ and neither varies.
  public let standardisedMeanDifference: Double
  /// Chance that a value of the second is above one of the first, less the chance that it is below, -1...1.
  ///
  /// - Source: Cliff, Dominance Statistics, 1993.
  public let cliffsDelta: Double
  /// Mean distance by which values must be moved to turn one sample into the other, in the values' own unit
  /// (Wasserstein-1).
  public let wassersteinDistance: Double

  /// Compares two samples.
  ///
  /// - Precondition: both hold a value, and all values are finite.
  /// - Complexity: O(n log n).
  public init(_ first: [Double], _ second: [Double]) {
    precondition(!first.isEmpty && !second.isEmpty, "a sample needs a value")
    standardisedMeanDifference = Self.standardised(first, second)
    cliffsDelta = 2 * AreaUnderCurve(negatives: first, positives: second).value - 1
    wassersteinDistance = Self.wasserstein(first.sorted(), second.sorted())
  }

  private static func standardised(_ first: [Double], _ second: [Double]) -> Double {
    let (m, n) = (Double(first.count), Double(second.count))
    let (mean, otherMean) = (first.reduce(0, +) / m, second.reduce(0, +) / n)
    let squares = first.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let otherSquares = second.reduce(0) { $0 + ($1 - otherMean) * ($1 - otherMean) }
    guard mean != otherMean else { return 0 }
    let deviation = ((squares + otherSquares) / max(1, m + n - 2)).squareRoot()
    return (otherMean - mean) / deviation
  }

  /// The area between the two distribution functions.
  private static func wasserstein(_ a: [Double], _ b: [Double]) -> Double {
    var (i, j, sum) = (0, 0, 0.0)
    var value = min(a[0], b[0])
    while i < a.count || j < b.count {
      while i < a.count, a[i] == value { i += 1 }
      while j < b.count, b[j] == value { j += 1 }
      let next = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
      guard next.isFinite else { break }
      sum += abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)) * (next - value)
      value = next
    }
    return sum
  }
}
