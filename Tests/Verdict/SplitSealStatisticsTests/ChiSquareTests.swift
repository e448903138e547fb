import SplitSealStatistics
import Testing

/// Two rows, the fourth column empty in one; values by SciPy 1.17.1.
private let first = [10, 20, 30, 0, 7]
private let second = [15, 11, 29, 3, 0]

@Suite struct ChiSquareDistributionTests {
  @Test(arguments: [
    (1, 3.84, 0.05004352124870519), (1, 0.001, 0.9747728793699604), (9, 16.9, 0.0503051901243108),
    (99, 250, 4.844312411385307e-15), (999, 1_000, 0.48513148927490146), (4, 400, 2.781632018740826e-85),
  ])
  func `tails are SciPy's chi2.sf`(_ degrees: Int, _ x: Double, _ tail: Double) {
    #expect(abs(ChiSquareDistribution(degrees: degrees).upperTail(of: x) / tail - 1) < 1e-11)
  }

  @Test(arguments: [
    (1, 0.05, 3.8414588206941285), (9, 0.05, 16.91897760462045), (99, 0.05, 123.22522145336181),
    (999, 0.001, 1142.8479838910355), (2, 0.95, 0.10258658877510116),
  ])
  func `quantiles are SciPy's chi2.isf`(_ degrees: Int, _ tail: Double, _ x: Double) {
    #expect(abs(ChiSquareDistribution(degrees: degrees).quantile(upperTail: tail) / x - 1) < 1e-10)
  }

  @Test func `tails end at one and zero`() {
    #expect(ChiSquareDistribution(degrees: 3).upperTail(of: 0) == 1)
    #expect(ChiSquareDistribution(degrees: 3).upperTail(of: .infinity) == 0)
  }
}

@Suite struct ChiSquareTestTests {
  @Test func `Pearson's statistic and G are SciPy's chi2_contingency`() {
    let test = ChiSquareTest(first, second)
    #expect(abs(test.pearson - 13.049500991488703) < 1e-11)
    #expect(abs(test.pValue - 0.011036439023640437) < 1e-13)
    #expect(abs(test.likelihoodRatio - 16.889013677053004) < 1e-11)
    #expect(abs(test.likelihoodRatioPValue - 0.00203131166750089) < 1e-13)
    #expect(test.degrees == 4)
    #expect(abs(test.leastExpected - 1.392) < 1e-12)
    #expect(test.smallExpectedShare == 0.4)
  }

  @Test func `Cochran's condition allows a fifth of the counts below 5 and none below 1`() {
    #expect(!ChiSquareTest(first, second).meetsCochransCondition)
    #expect(ChiSquareTest([50, 50], [60, 40]).meetsCochransCondition)
    // One column of five holds 4 and 4: a fifth of the expected counts is 4.
    #expect(ChiSquareTest([4, 20, 20, 20, 20], [4, 20, 20, 20, 20]).meetsCochransCondition)
    #expect(!ChiSquareTest([1, 50, 50, 50, 50], [0, 50, 50, 50, 50]).meetsCochransCondition)
  }

  @Test func `nothing to compare has a p-value of one`() {
    #expect(ChiSquareTest([5, 0], [7, 0]).pValue == 1)
    #expect(ChiSquareTest([0, 0], [7, 3]).pValue == 1)
    #expect(ChiSquareTest([], []).pValue == 1)
  }
}

@Suite struct ShareDistanceTests {
  @Test func `distances are SciPy's and NumPy's`() {
    let distance = ShareDistance(first, second)
    #expect(abs(distance.totalVariation - 0.21332990221307258) < 1e-14)
    #expect(abs(distance.jensenShannon - 0.31412701171798757) < 1e-14)
    #expect(abs(distance.cramersV - 0.2696746757866306) < 1e-13)
  }

  @Test func `splits without a common class are as far apart as can be, equal ones not at all`() {
    let apart = ShareDistance([50, 0], [0, 50])
    #expect(apart.totalVariation == 1 && abs(apart.jensenShannon - 1) < 1e-14 && abs(apart.cramersV - 1) < 1e-14)
    let equal = ShareDistance([50, 50], [10, 10])
    #expect(equal.totalVariation == 0 && equal.jensenShannon == 0 && equal.cramersV == 0)
    #expect(ShareDistance([5], [7]).cramersV == 0)
  }
}

@Suite struct PopulationStabilityTests {
  @Test func `the index has half an item more in each column`() {
    #expect(abs(PopulationStability(first, second).index - 0.46837355109252105) < 1e-13)
    #expect(PopulationStability(first, second).criticalValue == nil)
  }

  @Test func `the critical value is that of chi-square over the sizes`() {
    // scipy.stats.chi2.isf(0.05, 9) * (1 / 8000 + 1 / 2000).
    let index = PopulationStability(Array(repeating: 800, count: 10), Array(repeating: 200, count: 10))
    #expect(index.index < 1e-6)
    #expect(abs((index.criticalValue ?? 0) - 0.010574361002887783) < 1e-12)
    #expect(PopulationStability([100, 100], [20, 20]).criticalValue != nil)
    #expect(PopulationStability([100, 100], [20, 19]).criticalValue == nil)
  }
}

@Suite struct NewcombeIntervalTests {
  @Test(arguments: [
    // The first is Newcombe's own example (1998, table II, a); all by statsmodels 0.14, method "newcomb".
    (56, 70, 48, 80, 0.05243147240236498, 0.33387265403690614),
    (9, 10, 3, 10, 0.1705227239345029, 0.809017973535488),
    (0, 30, 4, 50, -0.18838246918342838, 0.04342098693058438),
    (10, 10, 0, 20, 0.6790860371419145, 1),
  ])
  func `ends are those of the hybrid score`(
    _ count: Int, _ total: Int, _ other: Int, _ otherTotal: Int, _ low: Double, _ high: Double
  ) {
    let interval = NewcombeInterval(count, of: total, minus: other, of: otherTotal)
    #expect(abs(interval.low - low) < 1e-12)
    #expect(abs(interval.high - high) < 1e-12)
  }
}

@Suite struct NoneFoundTests {
  @Test func `none of fifty leaves six in a hundred`() {
    // 1 - 0.05^(1 / 50), by NumPy.
    #expect(abs(NoneFound(of: 50).upperBound - 0.058155079116972264) < 1e-14)
    #expect(NoneFound(of: 50).ruleOfThree == 0.06)
    #expect(NoneFound(of: 0).upperBound == 1 && NoneFound(of: 2).ruleOfThree == 1)
  }
}

/// Changes of a test split of 2,000 images, 8,000 in training, and what each score says of them, by SciPy 1.17.1.
@Suite struct ScoresOfChangeTests {
  struct Change: Sendable {
    let training: [Int]
    let test: [Int]
    let pValue: Double
    let jensenShannon: Double
    let cramersV: Double
    let totalVariation: Double
    let stability: Double
    let fisher: Double
  }

  private static let nine = Array(repeating: 222, count: 7) + [223, 223]

  @Test(arguments: [
    // A class of 1 % disappears.
    Change(
      training: [80] + Array(repeating: 880, count: 9), test: [0] + nine, pValue: 0.0169098, jensenShannon: 0.0708431,
      cramersV: 0.0334173, totalVariation: 0.01, stability: 0.0363558, fisher: 2.328e-08),
    // A class of 1 % doubles.
    Change(
      training: [80] + Array(repeating: 880, count: 9), test: [40] + Array(repeating: 218, count: 7) + [217, 217],
      pValue: 0.141217, jensenShannon: 0.0352777, cramersV: 0.0212144, totalVariation: 0.01, stability: 0.00718265,
      fisher: 5.152e-4),
    // A class of 5 % disappears.
    Change(
      training: [400] + Array(repeating: 844, count: 5) + Array(repeating: 845, count: 4), test: [0] + nine,
      pValue: 2.24934e-18, jensenShannon: 0.159571, cramersV: 0.0975599, totalVariation: 0.05, stability: 0.266461,
      fisher: 4.807e-40),
    // 50 % become 55, and 65.
    Change(
      training: [4_000, 4_000], test: [1_100, 900], pValue: 6.31286e-05, jensenShannon: 0.0425283, cramersV: 0.0387399,
      totalVariation: 0.05, stability: 0.0100235, fisher: 6.299e-05),
    Change(
      training: [4_000, 4_000], test: [1_300, 700], pValue: 2.73428e-33, jensenShannon: 0.129129, cramersV: 0.119806,
      totalVariation: 0.15, stability: 0.0927601, fisher: 1.125e-33),
  ])
  func `scores are SciPy's and NumPy's`(_ change: Change) {
    let distance = ShareDistance(change.training, change.test)
    let (total, other) = (change.training.reduce(0, +), change.test.reduce(0, +))
    let fisher = FisherExactTest(change.training[0], of: total, and: change.test[0], of: other)
    for (found, expected) in [
      (ChiSquareTest(change.training, change.test).pValue, change.pValue),
      (distance.jensenShannon, change.jensenShannon),
      (distance.cramersV, change.cramersV), (distance.totalVariation, change.totalVariation),
      (PopulationStability(change.training, change.test).index, change.stability), (fisher.pValue, change.fisher),
    ] { #expect(abs(found / expected - 1) < 5e-4) }
  }
}
