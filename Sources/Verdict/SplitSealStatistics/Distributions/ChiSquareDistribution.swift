/// The distribution of a sum of squared standard normal variables.
public struct ChiSquareDistribution: Hashable, Sendable {
  /// Degrees of freedom, 1 or more.
  public let degrees: Int

  /// - Precondition: `degrees` is 1 or more.
  public init(degrees: Int) {
    precondition(degrees > 0, "a chi-square distribution has degrees of freedom")
    self.degrees = degrees
  }

  /// The chance of more than `x`, 0...1.
  ///
  /// - Source: Abramowitz and Stegun, 26.4.19: the incomplete gamma function, by its series (6.5.29) or its continued
  ///   fraction (6.5.31), each where it is short.
  public func upperTail(of x: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x < .infinity else { return 0 }
    let (a, y) = (Double(degrees) / 2, x / 2)
    let factor = exponential(a * naturalLogarithm(y) - y - logarithmOfGamma(a))
    return y < a + 1 ? 1 - factor * Self.series(a, y) : factor * Self.fraction(a, y)
  }

  /// The value that is exceeded with the given chance, to about 14 digits.
  ///
  /// - Precondition: `0<..<1` contains `upperTail`.
  /// - Complexity: About sixty tails.
  public func quantile(upperTail: Double) -> Double {
    precondition(upperTail > 0 && upperTail < 1, "a chance is between 0 and 1")
    var (low, high) = (0.0, Double(degrees))
    while self.upperTail(of: high) > upperTail { (low, high) = (high, 2 * high) }
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if self.upperTail(of: middle) > upperTail { low = middle } else { high = middle }
    }
    return high
  }

  /// Gamma(a) times the lower incomplete function over e^-y y^a.
  private static func series(_ a: Double, _ y: Double) -> Double {
    var (term, sum, n) = (1 / a, 1 / a, a)
    for _ in 0..<100_000 {
      n += 1
      term *= y / n
      sum += term
      if term < sum * 0x1p-56 { break }
    }
    return sum
  }

  /// The upper incomplete function over e^-y y^a, by Lentz's method.
  private static func fraction(_ a: Double, _ y: Double) -> Double {
    let tiny = 1e-300
    var b = y + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var value = d
    for k in 1..<100_000 {
      let step = -Double(k) * (Double(k) - a)
      b += 2
      d = step * d + b
      if d.magnitude < tiny { d = tiny }
      c = b + step / c
      if c.magnitude < tiny { c = tiny }
      d = 1 / d
      value *= d * c
      if (d * c - 1).magnitude < 0x1p-52 { break }
    }
    return value
  }
}

/// The natural logarithm of the gamma function of a positive number.
///
/// - Source: Abramowitz and Stegun, 6.1.41, from 10 on; the recurrence 6.1.15 below.
func logarithmOfGamma(_ x: Double) -> Double {
  var (x, product) = (x, 1.0)
  while x < 10 {
    product *= x
    x += 1
  }
  let square = x * x
  let series =
    (1 / 12.0
      - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - (1 / 1188.0 - 691 / 360_360.0 / square) / square) / square) / square)
        / square)
    / x
  return (x - 0.5) * naturalLogarithm(x) - x + 0.5 * naturalLogarithm(2 * .pi) + series - naturalLogarithm(product)
}
