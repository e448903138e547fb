#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// An exponential tail, cut off at a width, with a part of the scores spread evenly over the width.
struct TailFit {
  /// The 95 % point of the standard normal distribution.
  private static let quantile = 1.6448536269514722
  /// The rates that the tail of chance may have: flatter than the lower end is not chance.
  private static let rates = 0.5...20.0
  /// The rates that the tail may have when everything in it is taken for chance.
  private static let boundRates = 0.05...100.0
  /// How much better than the tail alone the tail with a flat part must fit: the 95 % point of chi squared with two degrees
  /// of freedom, halved.
  private static let leastGain = 2.996
  private static let binCount = 128

  /// Rate of the tail.
  let rate: Double
  /// Part of the scores that is in the tail.
  let share: Double
  /// The least rate of a tail of all scores, at 95 %.
  let leastRate: Double

  init(_ excesses: [Double], width: Double) {
    let mean = excesses.reduce(0, +) / Double(excesses.count)
    let whole = Self.rate(mean: mean, width: width)
    let deviation = 1 / (Double(excesses.count) * Self.variance(rate: whole, width: width)).squareRoot()
    leastRate = max(Self.boundRates.lowerBound, whole - Self.quantile * deviation)

    var bins = [Double](repeating: 0, count: Self.binCount)
    for excess in excesses { bins[min(Self.binCount - 1, Int(excess / width * Double(Self.binCount)))] += 1 }
    var best = (rate: min(max(whole, Self.rates.lowerBound), Self.rates.upperBound), share: 1.0)
    let alone = Self.logLikelihood(bins, best.share, Self.shares(rate: best.rate, width: width))
    var highest = alone + Self.leastGain
    // Steps of 4 %.
    var rate = Self.rates.lowerBound
    while rate <= Self.rates.upperBound {
      let shares = Self.shares(rate: rate, width: width)
      let share = Self.share(bins, shares)
      let likelihood = Self.logLikelihood(bins, share, shares)
      if likelihood > highest { (best, highest) = ((rate, share), likelihood) }
      rate *= 1.04
    }
    (self.rate, share) = best
  }

  /// The mean of an exponential distribution that is cut off at `width`.
  private static func mean(rate: Double, width: Double) -> Double {
    let rest = exp(-rate * width)
    return 1 / rate - width * rest / (1 - rest)
  }

  private static func variance(rate: Double, width: Double) -> Double {
    let rest = exp(-rate * width)
    return 1 / (rate * rate) - width * width * rest / ((1 - rest) * (1 - rest))
  }

  /// The rate with a given mean, which is the rate of greatest likelihood: the mean falls as the rate grows.
  ///
  /// - Source: Deemer and Votaw, Estimation of Parameters of Truncated or Censored Exponential Distributions, 1955.
  private static func rate(mean: Double, width: Double) -> Double {
    var (low, high) = (boundRates.lowerBound, boundRates.upperBound)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if Self.mean(rate: middle, width: width) > mean { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The part of the tail that lies in each bin.
  private static func shares(rate: Double, width: Double) -> [Double] {
    let edges = (0...binCount).map { exp(-rate * width * Double($0) / Double(binCount)) }
    return zip(edges, edges.dropFirst()).map { ($0 - $1) / (1 - edges[binCount]) }
  }

  /// The share of the tail of greatest likelihood: where the derivative, which falls, passes zero.
  private static func share(_ bins: [Double], _ shares: [Double]) -> Double {
    let even = 1 / Double(binCount)
    var (low, high) = (0.0, 1.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let slope = zip(bins, shares).reduce(0) { $0 + $1.0 * ($1.1 - even) / (even + middle * ($1.1 - even)) }
      if slope > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  private static func logLikelihood(_ bins: [Double], _ share: Double, _ shares: [Double]) -> Double {
    let even = 1 / Double(binCount)
    return zip(bins, shares).reduce(0) { $0 + $1.0 * log(even + share * ($1.1 - even)) }
  }

  /// The upper 95 % limit of a Poisson mean of which `count` events were seen.
  ///
  /// Exact below 100, by Wilson and Hilferty's cube above.
  static func poissonUpperLimit(_ count: Int) -> Double {
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
