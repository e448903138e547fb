#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// How many pairs of different pictures chance brings to a score, extrapolated from the scores below the threshold.
///
/// Peaks over a threshold: above a low score the log-odds of chance pairs are taken to fall off exponentially. The rate is
/// the maximum-likelihood estimate from the scores in ``window``, whose upper end leaves out most true copies; those that
/// remain in it make the tail flatter and the answer larger.
/// - Source: Pickands, Statistical Inference Using Extreme Order Statistics, 1975, for the method; Deemer and Votaw,
///   Estimation of Parameters of Truncated or Censored Exponential Distributions, 1955, for the estimate.
public struct ChanceTail: Hashable, Sendable {
  /// The scores that are taken for chance.
  public static let window = 0.05...0.4
  /// Below so many scores the rate is not estimated.
  public static let leastEstimableCount = 10
  /// The highest threshold that is ever proposed.
  public static let highestThreshold = 0.999
  /// The rate that is assumed where none can be estimated: at twice the odds half as many pairs.
  static let assumedRate = 1.0
  /// The rates that an estimate may have.
  ///
  /// At the lower end the tail is so flat that no threshold ends it.
  static let rates = 0.05...100.0
  /// The 95 % point of the standard normal distribution.
  static let quantile = 1.6448536269514722

  /// Scores in the window.
  public let count: Int
  /// How fast the log-odds fall off: the expected number of pairs at odds `o` goes with `o` to the power of minus this.
  public let rate: Double
  /// The least rate that the scores agree with, at 95 %.
  private let leastRate: Double

  /// Whether there are enough scores for an estimate.
  ///
  /// Where not, only ``upperBound(atOrAbove:)`` means something.
  public var isEstimated: Bool { count >= Self.leastEstimableCount }

  /// Fits the tail.
  ///
  /// - Parameter scores: Scores of pairs, 0...1, in any order; those outside the window do not matter.
  public init(_ scores: some Sequence<Double>) {
    // Sorted, so that the sum does not depend on the order.
    let excesses = scores.filter(Self.window.contains).sorted().map { Self.logOdds($0) - Self.origin }
    count = excesses.count
    guard count >= Self.leastEstimableCount else {
      (rate, leastRate) = (Self.assumedRate, Self.assumedRate)
      return
    }
    let mean = excesses.reduce(0, +) / Double(count)
    rate = Self.rate(meanExcess: mean)
    let deviation = 1 / (Double(count) * Self.variance(rate: rate)).squareRoot()
    leastRate = max(Self.rates.lowerBound, rate - Self.quantile * deviation)
  }

  /// Chance pairs to be expected at `threshold` or above, 0 or more.
  ///
  /// Where the rate is not estimated this is the upper bound.
  public func expectedCount(atOrAbove threshold: Double) -> Double {
    guard isEstimated else { return upperBound(atOrAbove: threshold) }
    return Self.count(atOrAbove: threshold, whenSeen: Double(count), rate: rate)
  }

  /// A number that the expected count stays below, as far as ``count`` scores can tell: the upper 95 % limits of the
  /// number of scores (Poisson) and of the flatness of the tail (normal), both at once.
  public func upperBound(atOrAbove threshold: Double) -> Double {
    Self.count(atOrAbove: threshold, whenSeen: Self.poissonUpperLimit(count), rate: leastRate)
  }

  /// The lowest threshold, in steps of 0.01 up to 0.99 and then ``highestThreshold``, not below `start`, at which less than one chance
  /// pair is expected; `nil` when there is none.
  public func lowestThreshold(from start: Double) -> Double? {
    let steps = (0...99).map { Double($0) / 100 } + [Self.highestThreshold]
    return ([start] + steps.filter { $0 > start }).first { expectedCount(atOrAbove: $0) < 1 }
  }

  // MARK: - The truncated exponential distribution

  private static let origin = logOdds(window.lowerBound)
  private static let width = logOdds(window.upperBound) - origin

  private static func logOdds(_ score: Double) -> Double { log(score / (1 - score)) }

  private static func count(atOrAbove threshold: Double, whenSeen seen: Double, rate: Double) -> Double {
    guard threshold < 1 else { return 0 }
    let all = seen / (1 - exp(-rate * width))
    return all * exp(-rate * (logOdds(max(threshold, window.lowerBound)) - origin))
  }

  /// The mean of an exponential distribution that is cut off at ``width``.
  private static func mean(rate: Double) -> Double {
    let rest = exp(-rate * width)
    return 1 / rate - width * rest / (1 - rest)
  }

  private static func variance(rate: Double) -> Double {
    let rest = exp(-rate * width)
    return 1 / (rate * rate) - width * width * rest / ((1 - rest) * (1 - rest))
  }

  /// The rate with a given mean: the mean falls as the rate grows.
  private static func rate(meanExcess: Double) -> Double {
    var (low, high) = (rates.lowerBound, rates.upperBound)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if mean(rate: middle) > meanExcess { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The upper 95 % limit of a Poisson mean of which `count` events were seen.
  ///
  /// Exact below 100, by Wilson and Hilferty's cube above.
  private static func poissonUpperLimit(_ count: Int) -> Double {
    guard count < 100 else {
      let degrees = Double(count + 1)
      let root = 1 - 1 / (9 * degrees) + quantile / (3 * degrees.squareRoot())
      return degrees * root * root * root
    }
    var (low, high) = (Double(count), Double(count) * 2 + 10)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      var (term, sum) = (exp(-middle), 0.0)
      for events in 0...count {
        sum += term
        term *= middle / Double(events + 1)
      }
      if sum > 0.05 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
