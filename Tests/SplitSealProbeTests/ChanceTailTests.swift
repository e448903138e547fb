import Foundation
import SplitSealProbe
import SplitSealTestSupport
import Testing

/// Tails whose answer is known because the test drew them.
@Suite struct ChanceTailTests {
  /// Scores at the quantiles of an exponential tail: `count` pairs score 0.05 or more, and the log-odds fall at `rate`.
  static func scores(count: Int, rate: Double) -> [Double] {
    (0..<count).map { score(rank: (Double($0) + 0.5) / Double(count), rate: rate) }
  }

  static func score(rank: Double, rate: Double) -> Double {
    let logOdds = log(0.05 / 0.95) - log(rank) / rate
    return 1 / (1 + exp(-logOdds))
  }

  /// What the tail holds at or above a score, by definition.
  static func truth(count: Int, rate: Double, threshold: Double) -> Double {
    Double(count) * pow(19 * threshold / (1 - threshold), -rate)
  }

  @Test(arguments: [0.5, 1, 2, 4], [0.5, 0.9])
  func `the rate and the number above the threshold are those of the tail`(rate: Double, threshold: Double) {
    let tail = ChanceTail(Self.scores(count: 20_000, rate: rate))
    let truth = Self.truth(count: 20_000, rate: rate, threshold: threshold)
    #expect(abs(tail.rate - rate) < 0.01 * rate)
    #expect(abs(tail.expectedCount(atOrAbove: threshold) - truth) < 0.05 * truth)
    #expect(tail.upperBound(atOrAbove: threshold) > truth)
  }

  @Test func `a random tail stays below the upper bound nearly always`() {
    var random = SplitMix64(seed: 7)
    var boundHeld = 0
    for _ in 0..<200 {
      let scores = (0..<60).map { _ in Self.score(rank: Double.random(in: 0x1p-53..<1, using: &random), rate: 1.5) }
      let tail = ChanceTail(scores)
      if tail.upperBound(atOrAbove: 0.7) > Self.truth(count: 60, rate: 1.5, threshold: 0.7) { boundHeld += 1 }
    }
    #expect(boundHeld >= 180)
  }

  @Test func `scores below the window and the order of scores change nothing`() {
    let scores = Self.scores(count: 500, rate: 1.2)
    #expect(ChanceTail(scores.reversed() + Array(repeating: 0.01, count: 99)) == ChanceTail(scores))
  }

  @Test func `copies above the window do not move the fit`() {
    let scores = Self.scores(count: 500, rate: 1.2)
    let (without, with) = (ChanceTail(scores), ChanceTail(scores + Array(repeating: 0.98, count: 300)))
    #expect(with.rate == without.rate)
    #expect(with.count == without.count)
    #expect(with.expectedCount(atOrAbove: 0.9) < without.expectedCount(atOrAbove: 0.5))
  }

  /// Log-odds of copies, spread evenly from those of 0.05 up.
  static func copies(count: Int) -> [Double] {
    (0..<count).map { number in
      let logOdds = log(0.05 / 0.95) + 12 * (Double(number) + 0.5) / Double(count)
      return 1 / (1 + exp(-logOdds))
    }
  }

  @Test func `copies that score low are told from chance`() {
    let onlyCopies = ChanceTail(Self.copies(count: 800))
    #expect(onlyCopies.chanceShare < 0.1)
    #expect(onlyCopies.expectedCount(atOrAbove: 0.5) < 2)
    let mixed = ChanceTail(Self.scores(count: 3_000, rate: 2) + Self.copies(count: 800))
    let truth = Self.truth(count: 3_000, rate: 2, threshold: 0.5)
    #expect(abs(mixed.rate - 2) < 0.3)
    #expect(abs(mixed.expectedCount(atOrAbove: 0.5) - truth) < 0.6 * truth)
    #expect(mixed.upperBound(atOrAbove: 0.5) > truth)
  }

  @Test func `no more chance is expected than was seen`() {
    // A steep start with nothing behind it.
    let tail = ChanceTail(Self.scores(count: 5_000, rate: 0.6).filter { $0 < 0.5 })
    #expect(tail.expectedCount(atOrAbove: 0.5) == 0.5)
    #expect(abs(tail.upperBound(atOrAbove: 0.5) - 2.9957) < 0.001)
  }

  @Test func `few scores give a bound and no estimate`() {
    let none = ChanceTail([])
    #expect(!none.isEstimated)
    // The limit of a Poisson mean of which nothing was seen is 3.0; at rate 1 one in 19 reaches even odds.
    #expect(abs(none.expectedCount(atOrAbove: 0.5) - 2.9957 / 19 / (1 - 1 / 12.667)) < 0.001)
    let nine = ChanceTail(Array(repeating: 0.06, count: 9))
    #expect(!nine.isEstimated)
    #expect(nine.expectedCount(atOrAbove: 0.5) == nine.upperBound(atOrAbove: 0.5))
    #expect(nine.upperBound(atOrAbove: 0.5) > none.upperBound(atOrAbove: 0.5))
    #expect(ChanceTail(Array(repeating: 0.06, count: 10)).isEstimated)
  }

  @Test func `the bound does not jump where the limit changes its formula`() {
    let bounds = [99, 100].map { count in
      // So many copies above that what was seen there does not bound anything.
      let copies = Array(repeating: 0.95, count: 1_000)
      return ChanceTail(Self.scores(count: count * 2, rate: 1).filter { $0 <= 0.4 }.prefix(count) + copies)
        .upperBound(atOrAbove: 0.5)
    }
    #expect(abs(bounds[0] - bounds[1]) < 0.1 * bounds[0])
  }

  @Test func `expectations fall as the threshold rises, to nothing at 1`() {
    let tail = ChanceTail(Self.scores(count: 300, rate: 0.8))
    let expected = stride(from: 0.0, through: 1, by: 0.05).map { tail.expectedCount(atOrAbove: $0) }
    #expect(zip(expected, expected.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(tail.expectedCount(atOrAbove: 1) == 0)
  }

  @Test func `the lowest threshold is the first that expects less than one`() throws {
    let tail = ChanceTail(Self.scores(count: 1_000, rate: 1.5))
    let threshold = try #require(tail.lowestThreshold(from: 0.5))
    #expect(tail.expectedCount(atOrAbove: threshold) < 1)
    #expect(tail.expectedCount(atOrAbove: threshold - 0.01) >= 1)
    #expect(abs(threshold * 100 - (threshold * 100).rounded()) < 1e-9)
    #expect(tail.lowestThreshold(from: 0.97) == 0.97)
  }

  @Test func `a tail that hardly falls has no threshold`() {
    let tail = ChanceTail(Self.scores(count: 2_000, rate: 0.5))
    #expect(tail.lowestThreshold(from: 0.5) == nil)
    #expect(tail.expectedCount(atOrAbove: 0.999) > 1)
  }

  @Test func `pairs with two labels are chance where wrong labels do not explain them`() {
    let scores = (0..<200).map { 0.6 + Double($0) / 1000 }
    let some = ChanceTail(scores, foreignScores: [0.7, 0.75])
    #expect(some.upperBound(atOrAbove: 0.5) == ChanceTail(scores).upperBound(atOrAbove: 0.5))
    let many = ChanceTail(scores, foreignScores: scores.prefix(40))
    #expect(many.expectedCount(atOrAbove: 0.5) >= 40)
    #expect(many.upperBound(atOrAbove: 0.5) >= many.expectedCount(atOrAbove: 0.5))
  }
}
