/// The largest distance between the distributions of two samples.
public struct KolmogorovSmirnov: Hashable, Sendable {
  /// D, the largest absolute difference of the two empirical distribution functions, 0...1.
  public let distance: Double
  /// Values of the first sample.
  public let firstCount: Int
  /// Values of the second sample.
  public let secondCount: Int

  /// Compares two samples; equal values count as equal.
  ///
  /// - Precondition: both hold a value, and all values are finite.
  /// - Complexity: O(n log n).
  public init(_ first: [Double], _ second: [Double]) {
    precondition(!first.isEmpty && !second.isEmpty, "a sample needs a value")
    let (a, b) = (first.sorted(), second.sorted())
    var (i, j, greatest) = (0, 0, 0)
    while i < a.count, j < b.count {
      let value = min(a[i], b[j])
      while i < a.count, a[i] == value { i += 1 }
      while j < b.count, b[j] == value { j += 1 }
      greatest = max(greatest, abs(i * b.count - j * a.count))
    }
    distance = Double(greatest) / (Double(a.count) * Double(b.count))
    firstCount = a.count
    secondCount = b.count
  }

  /// The two-sided p-value that D has in large samples of independent values, 0...1; too large where values are tied.
  ///
  /// - Source: Smirnov 1939: the limit distribution at sqrt(mn / (m + n)) D, as R's `ks.test(exact = FALSE)` has it.
  public var asymptoticPValue: Double {
    let (m, n) = (Double(firstCount), Double(secondCount))
    return Self.limitTail((m * n / (m + n)).squareRoot() * distance)
  }

  /// The chance that Kolmogorov's limit distribution exceeds `x`, 0...1.
  ///
  /// - Source: Marsaglia, Tsang and Wang, Evaluating Kolmogorov's Distribution, 2003: both series, each where it is short.
  public static func limitTail(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    if x < 1 {
      var sum = 0.0
      for k in 1...20 {
        let odd = Double(2 * k - 1)
        sum += exponential(-odd * odd * .pi * .pi / (8 * x * x))
      }
      return 1 - (2 * Double.pi).squareRoot() / x * sum
    }
    var sum = 0.0
    for k in 1...20 {
      let term = exponential(-2 * Double(k * k) * x * x)
      sum += k.isMultiple(of: 2) ? -term : term
    }
    return min(1, max(0, 2 * sum))
  }
}
