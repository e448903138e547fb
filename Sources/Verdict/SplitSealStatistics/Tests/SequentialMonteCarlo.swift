/// A Monte-Carlo p-value that ends as soon as it is clear that it is not small.
///
/// Draws go on until so many of them were as extreme as what was observed, or to the end. A test without a difference
/// ends after a few dozen draws; one with a difference takes them all.
/// - Source: Besag and Clifford, Sequential Monte Carlo p-values, 1991: p is h / l when the h-th extreme draw was the l-th
///   draw, and (g + 1) / (B + 1) when all B gave g of them. Both are valid p-values.
public struct SequentialMonteCarlo: Hashable, Sendable {
  /// The p-value, above 0 and at most 1.
  public let pValue: Double
  /// Draws that were made.
  public let drawCount: Int
  /// Draws that were as extreme as what was observed, or more.
  public let extremeCount: Int

  /// Draws until `extremeLimit` draws were extreme or `largestCount` were made.
  ///
  /// `extremeLimit` `nil` makes all draws. `isExtreme` makes one draw.
  public init(largestCount: Int, extremeLimit: Int? = 20, isExtreme: () -> Bool) {
    var (draws, extremes) = (0, 0)
    while draws < largestCount {
      draws += 1
      if isExtreme() { extremes += 1 }
      if let extremeLimit, extremes >= extremeLimit { break }
    }
    drawCount = draws
    extremeCount = extremes
    if let extremeLimit, extremes >= extremeLimit {
      pValue = Double(extremes) / Double(max(1, draws))
    } else {
      pValue = Double(extremes + 1) / Double(draws + 1)
    }
  }
}
