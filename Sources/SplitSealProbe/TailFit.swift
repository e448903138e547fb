#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// An exponential tail, cut off at a width, with a part of the scores spread evenly over the width.
struct TailFit: Hashable {
  /// A tail: how fast it falls off, and which part of the scores is in it.
  struct Tail: Hashable {
    var rate: Double
    /// 0...1.
    var share: Double
  }

  /// The rates that a tail may have: what is flatter than the lower end is not chance.
  private static let rates = 0.5...20.0
  /// The rates are tried in steps of 4 %.
  private static let rateStep = 1.04
  /// How much better than a tail alone a tail with an even part must fit, in log-likelihood: half the 95 % point of chi
  /// squared with two degrees of freedom.
  private static let leastGain = 2.996
  /// How much worse than the best a tail may fit that the scores agree with, at 95 % to one side: half the 90 % point of chi
  /// squared with one degree of freedom.
  private static let greatestLoss = 1.353
  private static let binCount = 128
  /// The 95 % point of the standard normal distribution.
  private static let quantile = 1.6448536269514722

  /// The best tail.
  let best: Tail
  /// For every rate that the scores agree with the largest share that they agree with.
  let limits: [Tail]

  /// Fits a tail.
  ///
  /// - Parameters:
  ///   - excesses: The scores above the tail's origin, 0...`width`, one or more.
  ///   - width: Where the tail is cut off.
  init(_ excesses: [Double], width: Double) {
    var bins = [Double](repeating: 0, count: Self.binCount)
    for excess in excesses { bins[min(Self.binCount - 1, Int(excess / width * Double(Self.binCount)))] += 1 }
    let whole = Self.rate(mean: excesses.reduce(0, +) / Double(excesses.count), width: width)
    var rates = [whole]
    var rate = Self.rates.lowerBound
    while rate <= Self.rates.upperBound {
      rates.append(rate)
      rate *= Self.rateStep
    }
    let fits = rates.map { rate in
      let likelihood = Likelihood(bins: bins, parts: Self.parts(rate: rate, width: width))
      return (rate: rate, likelihood: likelihood, share: likelihood.bestShare)
    }

    var best = Tail(rate: whole, share: 1)
    let alone = fits[0].likelihood.logarithm(share: 1)
    var highest = alone
    for fit in fits {
      let logarithm = fit.likelihood.logarithm(share: fit.share)
      guard logarithm > max(highest, alone + Self.leastGain) else { continue }
      (best, highest) = (Tail(rate: fit.rate, share: fit.share), logarithm)
    }
    self.best = best
    let least = highest - Self.greatestLoss
    limits = fits.compactMap { fit in
      fit.likelihood.largestShare(from: fit.share, atLeast: least).map { Tail(rate: fit.rate, share: $0) }
    }
  }

  /// The mean of an exponential distribution that is cut off at `width`.
  private static func mean(rate: Double, width: Double) -> Double {
    let rest = exp(-rate * width)
    return 1 / rate - width * rest / (1 - rest)
  }

  /// The rate with a given mean, which is the rate of greatest likelihood: the mean falls as the rate grows.
  ///
  /// - Source: Deemer and Votaw, Estimation of Parameters of Truncated or Censored Exponential Distributions, 1955.
  private static func rate(mean: Double, width: Double) -> Double {
    var (low, high) = (rates.lowerBound, rates.upperBound)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if Self.mean(rate: middle, width: width) > mean { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The part of the tail that lies in each bin.
  private static func parts(rate: Double, width: Double) -> [Double] {
    let edges = (0...binCount).map { exp(-rate * width * Double($0) / Double(binCount)) }
    return zip(edges, edges.dropFirst()).map { ($0 - $1) / (1 - edges[binCount]) }
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

/// How well tails of one rate fit: a concave function of the share.
private struct Likelihood {
  /// Scores in each bin.
  let bins: [Double]
  /// The part of the tail that lies in each bin.
  let parts: [Double]

  private var even: Double { 1 / Double(bins.count) }

  func logarithm(share: Double) -> Double {
    zip(bins, parts).reduce(0) { $0 + $1.0 * log(even + share * ($1.1 - even)) }
  }

  /// The share that fits best: where the derivative passes zero.
  var bestShare: Double {
    Self.last { share in
      zip(bins, parts).reduce(0) { $0 + $1.0 * ($1.1 - even) / (even + share * ($1.1 - even)) } > 0
    }
  }

  /// The largest share that fits well enough; `nil` when none does.
  func largestShare(from best: Double, atLeast least: Double) -> Double? {
    guard logarithm(share: best) >= least else { return nil }
    guard logarithm(share: 1) < least else { return 1 }
    return Self.last { $0 <= best || logarithm(share: $0) >= least }
  }

  /// The last number in 0...1 at which a condition holds that does not come back once it fails.
  private static func last(where holds: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
