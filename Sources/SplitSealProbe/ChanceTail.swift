#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// How many pairs of different pictures chance brings to a score, extrapolated from the scores below the threshold.
///
/// Peaks over a threshold: above a low score the log-odds of chance pairs are taken to fall off exponentially, and those of
/// copies to be spread evenly. Both are fitted to the scores in ``window``. No estimate exceeds what was seen at the score
/// or above: chance pairs are among those.
/// - Source: Pickands, Statistical Inference Using Extreme Order Statistics, 1975, for the method.
public struct ChanceTail: Hashable, Sendable {
  /// The scores that the tail is fitted to.
  public static let window = 0.05...0.4
  /// Below so many scores nothing is estimated.
  public static let leastEstimableCount = 10
  /// The highest threshold that is ever proposed.
  public static let highestThreshold = 0.999
  /// The rate that is assumed where none can be estimated: at twice the odds half as many pairs.
  static let assumedRate = 1.0

  /// Scores in the window.
  public let count: Int
  private let best: TailFit.Tail
  /// The heaviest tails that the scores agree with.
  private let limits: [TailFit.Tail]
  /// All scores from the window's lower end on, ascending.
  private let scores: [Double]
  /// Those of pairs that cannot be copies, as far as labels tell.
  private let foreignScores: [Double]

  /// How fast the log-odds of chance pairs fall off: their expected number at odds `o` goes with `o` to the power of minus
  /// this.
  public var rate: Double { best.rate }
  /// Part of the scores in the window that is taken for chance, 0...1.
  public var chanceShare: Double { best.share }

  /// Whether there are enough scores for an estimate.
  ///
  /// Where not, only ``upperBound(atOrAbove:)`` means something.
  public var isEstimated: Bool { count >= Self.leastEstimableCount }

  /// Fits the tail.
  ///
  /// - Parameters:
  ///   - scores: Scores of pairs, 0...1, in any order, copies among them.
  ///   - foreignScores: Those among them whose two labels differ: copies seldom have two labels.
  public init(_ scores: some Sequence<Double>, foreignScores: some Sequence<Double> = []) {
    self.foreignScores = Array(foreignScores)
    self.scores = scores.filter { $0 >= Self.window.lowerBound }.sorted()
    let excesses = self.scores.prefix { $0 <= Self.window.upperBound }.map { Self.logOdds($0) - Self.origin }
    count = excesses.count
    guard count >= Self.leastEstimableCount else {
      best = TailFit.Tail(rate: Self.assumedRate, share: 1)
      limits = [best]
      return
    }
    let fit = TailFit(excesses, width: Self.width)
    (best, limits) = (fit.best, fit.limits)
  }

  /// Chance pairs to be expected at `threshold` or above, 0 or more.
  ///
  /// Where nothing is estimated this is the upper bound.
  public func expectedCount(atOrAbove threshold: Double) -> Double {
    guard isEstimated else { return upperBound(atOrAbove: threshold) }
    // Half a pair more than was seen: the expectation is not zero where nothing happened to be.
    let extrapolated = min(
      Self.count(atOrAbove: threshold, whenSeen: Double(count), best),
      Double(seenCount(atOrAbove: threshold)) + 0.5)
    return max(extrapolated, Double(foreignCount(atOrAbove: threshold)))
  }

  /// A number that the expected count stays below, as far as the scores can tell, at 95 %.
  ///
  /// Takes the number of scores at its upper limit, and of the tails that agree with the scores the one that reaches
  /// farthest; but no more than the upper limit of what was seen at the threshold or above.
  public func upperBound(atOrAbove threshold: Double) -> Double {
    let seen = TailFit.poissonUpperLimit(count)
    let farthest = limits.map { Self.count(atOrAbove: threshold, whenSeen: seen, $0) }.max() ?? 0
    let extrapolated = min(farthest, TailFit.poissonUpperLimit(seenCount(atOrAbove: threshold)))
    let foreign = foreignCount(atOrAbove: threshold)
    return foreign == 0 ? extrapolated : max(extrapolated, TailFit.poissonUpperLimit(foreign))
  }

  /// Pairs at `threshold` or above whose labels differ, where they are more than wrong labels explain: one in twenty.
  private func foreignCount(atOrAbove threshold: Double) -> Int {
    let foreign = foreignScores.count { $0 >= threshold }
    return 20 * foreign > seenCount(atOrAbove: threshold) && foreign > 1 ? foreign : 0
  }

  /// The lowest threshold, in steps of 0.01 up to 0.99 and then ``highestThreshold``, not below `start`, at which less
  /// than one chance pair is expected; `nil` when there is none.
  public func lowestThreshold(from start: Double) -> Double? {
    let steps = (0...99).map { Double($0) / 100 } + [Self.highestThreshold]
    return ([start] + steps.filter { $0 > start }).first { expectedCount(atOrAbove: $0) < 1 }
  }

  private static let origin = logOdds(window.lowerBound)
  private static let width = logOdds(window.upperBound) - origin

  private static func logOdds(_ score: Double) -> Double { log(score / (1 - score)) }

  private func seenCount(atOrAbove threshold: Double) -> Int { scores.count { $0 >= threshold } }

  private static func count(atOrAbove threshold: Double, whenSeen seen: Double, _ tail: TailFit.Tail) -> Double {
    guard threshold < 1 else { return 0 }
    let all = seen * tail.share / (1 - exp(-tail.rate * width))
    return all * exp(-tail.rate * (logOdds(max(threshold, window.lowerBound)) - origin))
  }
}
