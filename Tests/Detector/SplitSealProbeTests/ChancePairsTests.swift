import Foundation
import SplitSealProbe
import SplitSealTestSupport
import Testing

/// Wrong pairs among scores whose truth is known because the test drew it.
@Suite struct ChancePairsTests {
  /// Scores as a search gives them: the score of each pair is the probability that it is one picture.
  enum Mixture: String, CaseIterable, CustomTestStringConvertible {
    /// 800 copies that are plain to see, 60 that are hard to see among as many others.
    case manyCopies
    /// Different pictures only, hardly alike.
    case noCopies
    /// A hill of 3,000 look-alikes at 0.05 to 0.4 that goes on above, and no copies that are plain to see.
    case hill
    /// The same hill beside 500 copies.
    case hillAndCopies
    /// 400 times the same score.
    case equalScores
    /// Few pairs, all in doubt.
    case fewInDoubt

    var testDescription: String { rawValue }

    /// Draws the scores.
    func scores(_ random: inout SplitMix64) -> [Double] {
      func many(_ count: Int, _ draw: (Double) -> Double) -> [Double] {
        (0..<count).map { _ in (10_000 * draw(Double.random(in: 0..<1, using: &random))).rounded() / 10_000 }
      }
      /// Odds that fall off with a power, from those of 0.05 on.
      func tail(_ share: Double) -> Double {
        let odds = pow(1 - share, -1 / 1.3) / 19
        return odds / (1 + odds)
      }
      return switch self {
      case .manyCopies: many(800) { 1 - 0.01 * $0 * $0 } + many(120) { 0.02 + 0.96 * $0 }
      case .noCopies: many(200) { 0.3 * $0 * $0 * $0 }
      case .hill: many(3_000, tail)
      case .hillAndCopies: many(3_000, tail) + many(500) { 1 - 0.02 * $0 }
      case .equalScores: many(400) { _ in 0.9 }
      case .fewInDoubt: many(4) { 0.5 + 0.3 * $0 }
      }
    }
  }

  @Test(arguments: Mixture.allCases, [0.5, 0.7, 0.9])
  func `the expectation is borne out and the bound holds`(_ mixture: Mixture, threshold: Double) {
    var random = SplitMix64(seed: 11)
    let runs = 200
    var (expected, wrong, heldCount, heldWithDoubleOdds) = (0.0, 0, 0, 0)
    for _ in 0..<runs {
      let scores = mixture.scores(&random)
      let pairs = ChancePairs(scores)
      let reported = scores.filter { $0 >= threshold }
      func drawn(_ odds: Double) -> Int {
        reported.count { Double.random(in: 0..<1, using: &random) < odds * (1 - $0) / ($0 + odds * (1 - $0)) }
      }
      let (drawn, drawnWithDoubleOdds) = (drawn(1), drawn(2))
      expected += pairs.expectedCount(atOrAbove: threshold)
      wrong += drawn
      if Double(drawn) <= pairs.upperBound(atOrAbove: threshold) { heldCount += 1 }
      // Scores that are that much too sure: what the bound allows for.
      if Double(drawnWithDoubleOdds) <= pairs.upperBound(atOrAbove: threshold) { heldWithDoubleOdds += 1 }
    }
    // Four standard deviations of a sum of so many draws.
    #expect(abs(expected - Double(wrong)) <= 4 * max(expected, 1).squareRoot())
    #expect(heldCount >= runs * 95 / 100)
    #expect(heldWithDoubleOdds >= runs * 88 / 100)
  }

  @Test(arguments: Mixture.allCases)
  func `no scores alone ask for more than 0.95, and copies stay`(_ mixture: Mixture) throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<50 {
      let scores = mixture.scores(&random)
      let threshold = try #require(ChancePairs(scores).lowestThreshold(from: 0.5))
      #expect(threshold <= 0.95)
      if mixture == .manyCopies || mixture == .noCopies { #expect(threshold == 0.5) }
    }
  }

  @Test func `what is expected is the sum of what the scores leave open`() {
    let pairs = ChancePairs([0.9, 0.5, 0.75, 0.3, 1])
    #expect(abs(pairs.expectedCount(atOrAbove: 0.5) - 0.85) < 1e-12)
    #expect(abs(pairs.expectedCount(atOrAbove: 0.6) - 0.35) < 1e-12)
    #expect(pairs.expectedCount(atOrAbove: 0.95) == 0)
    #expect(pairs.scoreCount(atOrAbove: 0.5) == 4)
  }

  @Test func `scores below the threshold and their order change nothing above it`() {
    let scores = (0..<200).map { 0.5 + Double($0) / 400 }
    let (alone, together) = (ChancePairs(scores), ChancePairs(Array(repeating: 0.3, count: 5_000) + scores.reversed()))
    for threshold in [0.5, 0.8, 0.99] {
      #expect(alone.expectedCount(atOrAbove: threshold) == together.expectedCount(atOrAbove: threshold))
      #expect(alone.upperBound(atOrAbove: threshold) == together.upperBound(atOrAbove: threshold))
    }
  }

  @Test func `of no pairs none is wrong, and of few no more than there are`() {
    #expect(ChancePairs([]).expectedCount(atOrAbove: 0.5) == 0)
    #expect(ChancePairs([]).upperBound(atOrAbove: 0.5) == 0)
    #expect(ChancePairs([0.55, 0.6]).upperBound(atOrAbove: 0.5) == 2)
    // 0.02 / 1.01 wrong ones are expected where odds are twice as bad, and 1.645 deviations and 0.284 more.
    #expect(abs(ChancePairs([0.99]).upperBound(atOrAbove: 0.5) - 0.5356) < 0.0005)
  }

  @Test func `expectations fall as the threshold rises, to nothing at 1`() {
    let pairs = ChancePairs((0..<300).map { Double($0) / 300 })
    let expected = stride(from: 0.0, through: 1, by: 0.05).map { pairs.expectedCount(atOrAbove: $0) }
    #expect(zip(expected, expected.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(pairs.expectedCount(atOrAbove: 1) == 0)
  }

  @Test func `the lowest threshold is the first that expects few enough`() {
    // 40 in doubt at 0.6, 20 at 0.9: 16 and 2 wrong.
    let pairs = ChancePairs(Array(repeating: 0.6, count: 40) + Array(repeating: 0.9, count: 20))
    #expect(pairs.lowestThreshold(from: 0.5) == 0.91)
    #expect(pairs.lowestThreshold(from: 0.97) == 0.97)
    // The same in doubt are one in twenty among 400 that are sure.
    let sure = ChancePairs(Array(repeating: 0.6, count: 40) + Array(repeating: 1, count: 400))
    #expect(sure.lowestThreshold(from: 0.5) == 0.5)
    #expect(ChancePairs([0.6, 0.6]).lowestThreshold(from: 0.5) == 0.5)
  }

  @Test func `pairs that are not listed count like those that are`() {
    let scores = Array(repeating: 0.8, count: 30)
    #expect(abs(ChancePairs(scores, pairsPerListed: 10).expectedCount(atOrAbove: 0.5) - 60) < 1e-9)
    #expect(ChancePairs(scores, pairsPerListed: 10).upperBound(atOrAbove: 0.5) <= 300)
  }

  @Test func `pairs with two labels are chance where wrong labels do not explain them`() {
    let scores = (0..<200).map { 0.995 + Double($0) / 100_000 }
    let some = ChancePairs(scores, foreignScores: [0.996, 0.9961])
    #expect(some.upperBound(atOrAbove: 0.5) == ChancePairs(scores).upperBound(atOrAbove: 0.5))
    let many = ChancePairs(scores, foreignScores: scores.prefix(40))
    #expect(many.expectedCount(atOrAbove: 0.5) == 40)
    #expect(many.upperBound(atOrAbove: 0.5) >= many.expectedCount(atOrAbove: 0.5))
    // Labels are a reason to go above 0.99.
    #expect(many.lowestThreshold(from: 0.5) == 0.999)
    #expect(ChancePairs(scores, foreignScores: scores).lowestThreshold(from: 0.999) == 0.999)
    #expect(ChancePairs([0.9999, 0.9999], foreignScores: [0.9999, 0.9999]).lowestThreshold(from: 0.5) == nil)
  }

  @Test func `distances say nothing by themselves`() {
    let pairs = ChancePairs(Array(repeating: 0.6, count: 50), areProbabilities: false)
    #expect(pairs.expectedCount(atOrAbove: 0.5) == 0)
    #expect(pairs.upperBound(atOrAbove: 0.5) == 50)
    #expect(pairs.scoreCount(atOrAbove: 0.5) == 0)
    #expect(pairs.lowestThreshold(from: 0.5) == 0.5)
    let labelled = ChancePairs(
      Array(repeating: 0.6, count: 50), foreignScores: Array(repeating: 0.6, count: 20), areProbabilities: false)
    #expect(labelled.expectedCount(atOrAbove: 0.5) == 20)
    #expect(labelled.lowestThreshold(from: 0.5) == 0.61)
  }
}
