/// The 95 % interval of a share of which `count` of `total` were seen.
///
/// Holds its level at small counts and at shares near 0 and 1, where the textbook interval does not.
/// - Source: E. B. Wilson, Probable Inference, 1927; recommended by Brown, Cai and DasGupta 2001.
public struct WilsonInterval: Hashable, Sendable {
  /// Lower end, 0...1.
  public let low: Double
  /// Upper end, 0...1.
  public let high: Double

  /// The 97.5 % point of the standard normal distribution.
  public static let quantile = 1.959963984540054

  /// The interval; 0...1 when nothing was seen.
  ///
  /// - Precondition: `0...total` contains `count`.
  public init(_ count: Int, of total: Int) {
    precondition(count >= 0 && count <= total, "a count is part of its total")
    guard total > 0 else {
      (low, high) = (0, 1)
      return
    }
    let (n, share, z) = (Double(total), Double(count) / Double(total), Self.quantile)
    let centre = share + z * z / (2 * n)
    let reach = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    // At the ends the root cancels exactly on paper and nearly in doubles.
    low = count == 0 ? 0 : max(0, (centre - reach) / scale)
    high = count == total ? 1 : min(1, (centre + reach) / scale)
  }

  /// The interval as odds: how many of the one there are for each of the other, 0...infinity.
  public var odds: (low: Double, high: Double) { (low / (1 - low), high == 1 ? .infinity : high / (1 - high)) }
}
