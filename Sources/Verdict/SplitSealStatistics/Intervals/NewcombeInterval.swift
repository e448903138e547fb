/// The 95 % interval of the difference of two shares.
///
/// - Source: Newcombe, Interval Estimation for the Difference Between Independent Proportions, 1998, method 10: both
///   Wilson intervals joined.
public struct NewcombeInterval: Hashable, Sendable {
  /// Second share less first share, -1...1.
  public let difference: Double
  /// Lower end.
  public let low: Double
  /// Upper end.
  public let high: Double

  /// The difference between `second` of `secondTotal` and `first` of `firstTotal`.
  ///
  /// - Precondition: Both totals are 1 or more and contain their counts.
  public init(_ second: Int, of secondTotal: Int, minus first: Int, of firstTotal: Int) {
    precondition(firstTotal > 0 && secondTotal > 0, "a share needs a total")
    let (p, q) = (Double(second) / Double(secondTotal), Double(first) / Double(firstTotal))
    let (a, b) = (WilsonInterval(second, of: secondTotal), WilsonInterval(first, of: firstTotal))
    difference = p - q
    low = difference - ((p - a.low) * (p - a.low) + (b.high - q) * (b.high - q)).squareRoot()
    high = difference + ((a.high - p) * (a.high - p) + (q - b.low) * (q - b.low)).squareRoot()
  }
}
