internal import SplitSealStatistics

/// A scale from numbers to places, with ticks at round numbers.
struct ChartAxis {
  /// Lower end in numbers.
  let low: Double
  /// Upper end in numbers.
  let high: Double
  /// Whether equal steps are equal factors.
  let isLogarithmic: Bool
  /// Numbers with a tick, ascending.
  let ticks: [Double]

  /// An axis between two numbers, with ticks where they are multiples of 1, 2 or 5 times a power of ten.
  ///
  /// - Precondition: `low < high`, `count` is 2 or more.
  init(from low: Double, to high: Double, ticks count: Int, leastStep: Double = 0) {
    self.low = low
    self.high = high
    isLogarithmic = false
    let step = max(leastStep, Self.step(high - low, count))
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    ticks = stride(from: first, through: last, by: 1).map { Self.clean($0 * step) }
  }

  /// An axis from 0 to the first tick that is not below `value`.
  init(fromZeroTo value: Double, ticks count: Int, leastStep: Double = 0) {
    let step = max(leastStep, Self.step(value > 0 ? value : 1, count))
    self.init(
      from: 0, to: Self.clean(max(1, (value / step - 1e-9).rounded(.up)) * step), ticks: count,
      leastStep: leastStep)
  }

  /// A logarithmic axis of counts: from one half, so that a bar of 1 has a height, to a power of ten.
  init(countsTo value: Double) {
    var powers = [1.0]
    while let last = powers.last, last < value { powers.append(last * 10) }
    (low, high) = (0.5, powers.last ?? 1)
    isLogarithmic = true
    ticks = powers
  }

  /// The round step with which at most `count` ticks fit.
  private static func step(_ span: Double, _ count: Int) -> Double {
    var power = 1.0
    while power * Double(count) > span { power /= 10 }
    while power * 10 * Double(count) <= span { power *= 10 }
    return [1.0, 2, 5, 10].map { $0 * power }.first { span / $0 <= Double(count) } ?? 10 * power
  }

  /// A number without the dust of floating point.
  private static func clean(_ value: Double) -> Double { (value * 1e9).rounded() / 1e9 }

  /// Where a number lies, 0...1 from the lower end.
  func place(_ value: Double) -> Double {
    guard isLogarithmic else { return (value - low) / (high - low) }
    return naturalLogarithm(value / low) / naturalLogarithm(high / low)
  }
}
