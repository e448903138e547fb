/// The chance of drawing so many marked items when `drawn` of `total` items are drawn at random and `marked` are marked.
///
/// Probabilities come from Loader's saddle-point expansion. Differences of log-factorials would lose what they need:
/// ln 10^8! is 1.7e9, where doubles lie 2e-7 apart, and the two-sided test compares probabilities to within 1e-7.
/// - Source: C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000: equations 1 to 3, and the
///   hypergeometric distribution as a quotient of three binomial ones.
public struct Hypergeometric: Hashable, Sendable {
  /// Items in the urn.
  public let total: Int
  /// Marked items, 0...`total`.
  public let marked: Int
  /// Items drawn, 0...`total`.
  public let drawn: Int

  /// An urn and a draw from it.
  public init(total: Int, marked: Int, drawn: Int) {
    self.total = total
    self.marked = marked
    self.drawn = drawn
  }

  /// The counts of marked items that can be drawn.
  public var support: ClosedRange<Int> { max(0, drawn - (total - marked))...min(marked, drawn) }

  /// The likeliest count; the greater one when two are equally likely.
  public var mode: Int {
    // (drawn + 1)(marked + 1) may need more than 64 bits.
    let product = (drawn + 1).multipliedFullWidth(by: marked + 1)
    let mode = (total + 2).dividingFullWidth(product).quotient
    return min(max(mode, support.lowerBound), support.upperBound)
  }

  /// The natural logarithm of the probability of `count`.
  ///
  /// - Precondition: `support` contains `count`.
  public func logProbability(of count: Int) -> Double {
    let unmarked = total - marked
    let share = Double(drawn) / Double(total)
    return logBinomial(count, of: marked, share: share) + logBinomial(drawn - count, of: unmarked, share: share)
      - logBinomial(drawn, of: total, share: share)
  }

  /// The sum of the probabilities of `start` and everything beyond it, away from the mode.
  ///
  /// - Precondition: `support` contains `start`, and probabilities fall from it on.
  /// - Complexity: A few dozen standard deviations of terms at most; ends when a term no longer counts.
  public func tail(from start: Int, upwards: Bool) -> Double {
    let other = Double(total - marked - drawn)
    var term = exponential(logProbability(of: start))
    var sum = term
    var count = start
    let end = upwards ? support.upperBound : support.lowerBound
    while count != end {
      let x = Double(count)
      if upwards {
        term *= (Double(marked) - x) * (Double(drawn) - x) / ((x + 1) * (other + x + 1))
        count += 1
      } else {
        term *= x * (other + x) / ((Double(marked) - x + 1) * (Double(drawn) - x + 1))
        count -= 1
      }
      sum += term
      if term <= sum * 0x1p-60 { break }
    }
    return sum
  }
}

/// The natural logarithm of the chance of `count` successes in `trials`, without the binomial tail's cancellation.
private func logBinomial(_ count: Int, of trials: Int, share: Double) -> Double {
  let (x, n) = (Double(count), Double(trials))
  if trials == 0 { return 0 }
  // At the ends the expansion has no meaning and the power is exact.
  if count == 0 { return share == 1 ? -.infinity : n * logarithmOfOnePlus(-share) }
  if count == trials { return n * naturalLogarithm(share) }
  let deviance = devianceTerm(x, n * share) + devianceTerm(n - x, n * (1 - share))
  let correction = stirlingError(trials) - stirlingError(count) - stirlingError(trials - count)
  return correction - deviance - 0.5 * naturalLogarithm(2 * .pi * x * (n - x) / n)
}

/// x ln(x / m) + m - x without cancellation for x near m.
///
/// - Source: Loader 2000, equation 5 (`bd0`).
private func devianceTerm(_ x: Double, _ m: Double) -> Double {
  guard (x - m).magnitude < 0.1 * (x + m) else { return x * naturalLogarithm(x / m) + m - x }
  let v = (x - m) / (x + m)
  var sum = (x - m) * v
  var power = 2 * x * v
  var k = 1.0
  while true {
    power *= v * v
    let next = sum + power / (2 * k + 1)
    if next == sum { return sum }
    sum = next
    k += 1
  }
}

/// ln n! minus Stirling's approximation of it.
///
/// - Source: Abramowitz and Stegun, 6.1.41; the first values by Loader's table, computed here as the logarithm of the
///   product itself.
private func stirlingError(_ n: Int) -> Double {
  guard n > 15 else { return smallStirlingErrors[n] }
  let x = Double(n)
  let square = x * x
  return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 / square) / square) / square) / square) / x
}

/// ``stirlingError(_:)`` of 0...15; 0 stands for n = 0, where it is never used.
private let smallStirlingErrors: [Double] = {
  var errors = [0.0]
  var factorial = 1.0
  for n in 1...15 {
    let x = Double(n)
    factorial *= x
    errors.append(naturalLogarithm(factorial) - ((x + 0.5) * naturalLogarithm(x) - x + 0.5 * naturalLogarithm(2 * .pi)))
  }
  return errors
}()
