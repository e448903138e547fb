import Testing

import SplitSealStatistics

@Suite struct MultipleTestingTests {
  /// The 15 p-values of Benjamini and Hochberg 1995, section 3.2.
  static let published = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1,
  ]

  @Test func `Holm's own stepping gives the textbook's four values`() {
    // By hand: 4 x 0.005, 3 x 0.01, 2 x 0.03, and 0.04 raised to the one before it.
    let adjusted = MultipleTesting.holm.adjusted([0.01, 0.04, 0.03, 0.005])
    for (value, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) { #expect(abs(value - expected) < 1e-15) }
  }

  @Test func `Holm rejects three of the published fifteen at 0.05, Benjamini-Hochberg four`() {
    #expect(MultipleTesting.holm.adjusted(Self.published).count { $0 < 0.05 } == 3)
    #expect(MultipleTesting.benjaminiHochberg.adjusted(Self.published).count { $0 < 0.05 } == 4)
  }

  @Test func `Benjamini-Hochberg gives SciPy's adjusted values`() {
    // scipy.stats.false_discovery_control, SciPy 1.17.1.
    let expected = [
      0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286, 0.06385714285714286, 0.0645, 0.0765, 0.486,
      0.5811818181818181, 0.714875, 0.7532307692307693, 0.8132142857142857, 1,
    ]
    let adjusted = MultipleTesting.benjaminiHochberg.adjusted(Self.published)
    for (value, expected) in zip(adjusted, expected) { #expect(abs(value - expected) < 1e-12) }
  }

  @Test func `the order of the tests does not matter`() {
    for method in [MultipleTesting.holm, .benjaminiHochberg] {
      #expect(method.adjusted(Self.published.reversed()) == method.adjusted(Self.published).reversed())
    }
  }

  @Test func `families of more than fifty tests are adjusted by Benjamini-Hochberg`() {
    #expect(MultipleTesting(familySize: 50) == .holm)
    #expect(MultipleTesting(familySize: 51) == .benjaminiHochberg)
    #expect(MultipleTesting.holm.adjusted([]).isEmpty)
  }
}

@Suite struct WilsonIntervalTests {
  @Test(arguments: [
    // scipy.stats.binomtest(...).proportion_ci(method="wilson"), SciPy 1.17.1; 48 of 50 is the textbooks' 86.5 to 98.9 %.
    (48, 50, 0.8653990931249297, 0.9889611156723802),
    (0, 10, 0, 0.27753279986288926),
    (10, 10, 0.7224672001371109, 1),
    (5, 10, 0.236593090512564, 0.7634069094874361),
    (1, 1_000, 0.00017654637062607809, 0.0056425585979579355),
  ])
  func `ends are SciPy's`(_ count: Int, _ total: Int, _ low: Double, _ high: Double) {
    let interval = WilsonInterval(count, of: total)
    #expect(abs(interval.low - low) < 1e-12)
    #expect(abs(interval.high - high) < 1e-12)
  }

  @Test func `nothing seen says nothing`() {
    #expect(WilsonInterval(0, of: 0).low == 0)
    #expect(WilsonInterval(0, of: 0).high == 1)
  }

  @Test func `odds are those of the ends`() {
    let odds = WilsonInterval(2_100, of: 3_100).odds
    // SciPy's ends 0.6607527368792612 and 0.6936467078764639, each over its complement.
    #expect(abs(odds.low - 1.947702) < 1e-5)
    #expect(abs(odds.high - 2.264205) < 1e-5)
    #expect(WilsonInterval(3, of: 3).odds.high == .infinity)
  }
}

@Suite struct ShareRatioTests {
  @Test(arguments: [
    // scipy.stats.contingency.relative_risk(...).confidence_interval(), SciPy 1.17.1: Katz.
    (40, 2_000, 80, 8_000, 2.0, 1.3726977372964897, 2.9139699813871243),
    (10, 100, 20, 100, 0.5, 0.24664080168294553, 1.013619799701157),
    (1, 30, 4, 50, 0.41666666666666663, 0.04882476350946601, 3.555800348678634),
  ])
  func `ratio and interval are SciPy's`(
    _ count: Int, _ total: Int, _ reference: Int, _ referenceTotal: Int, _ value: Double, _ low: Double, _ high: Double
  ) {
    let ratio = ShareRatio(count, of: total, to: reference, of: referenceTotal)
    #expect(abs(ratio.value - value) < 1e-12)
    #expect(abs(ratio.low - low) < 1e-12)
    #expect(abs(ratio.high - high) < 1e-12)
  }

  @Test func `an absent class has a ratio of zero or infinity and one open end`() {
    let gone = ShareRatio(0, of: 2_000, to: 80, of: 8_000)
    #expect(gone.value == 0 && gone.low == 0)
    // By hand: 0.5 / 2,001 over 80.5 / 8,001, times e to the 1.96 standard errors.
    #expect(abs(gone.high - 0.4003107849) < 1e-9)
    let new = ShareRatio(80, of: 8_000, to: 0, of: 2_000)
    #expect(new.value == .infinity && new.high == .infinity && new.low > 1)
  }

  @Test func `a class that is all of both splits still has an interval`() {
    let whole = ShareRatio(30, of: 30, to: 40, of: 40)
    #expect(whole.value == 1 && whole.low < whole.high)
  }
}
