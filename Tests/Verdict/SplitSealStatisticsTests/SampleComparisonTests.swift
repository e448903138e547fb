import SplitSealStatistics
import Testing

/// Two samples with ties; values by SciPy 1.17.1.
private let first = [1, 2, 2, 3, 5, 8, 13, 21.5]
private let second: [Double] = [2, 2, 4, 4, 6, 7, 9, 10, 12, 30]

@Suite struct KolmogorovSmirnovTests {
  @Test func `D and its p-value in large samples are SciPy's`() {
    let test = KolmogorovSmirnov(first, second)
    #expect(abs(test.distance - 0.3) < 1e-15)
    // scipy.stats.kstwobign.sf(sqrt(80 / 18) * D).
    #expect(abs(test.asymptoticPValue - 0.8186211744710059) < 1e-12)
  }

  @Test(arguments: [
    (0.3, 0.9999906941986655), (0.8275735551899077, 0.5), (0.9999, 0.2701068819688554), (1.0001, 0.2698924922564844),
    (1.2238478702170823, 0.1), (3, 3.045995948942526e-08),
  ])
  func `the limit distribution is SciPy's kstwobign on both sides of the change of series`(
    _ x: Double, _ tail: Double
  ) {
    #expect(abs(KolmogorovSmirnov.limitTail(x) - tail) < 1e-12)
  }

  @Test func `nothing in common is a distance of one, the same twice of zero`() {
    #expect(KolmogorovSmirnov([1, 2], [3, 4, 5]).distance == 1)
    #expect(KolmogorovSmirnov([3, 4, 5], [1, 2]).distance == 1)
    #expect(KolmogorovSmirnov(first, first + first).distance == 0)
    #expect(KolmogorovSmirnov(first, first).asymptoticPValue == 1)
  }
}

@Suite struct RankedSampleTests {
  @Test func `D equals that of the plain test`() {
    #expect(abs(RankedSample(first: first, second: second).distance - 0.3) < 1e-15)
  }

  @Test func `the p-value of three against three is that of all twenty assignments`() {
    // Of 20 assignments 2 part 1, 2, 3 from 4, 5, 6.
    var random = SeededGenerator(seed: 1)
    let test = RankedSample(first: [1, 2, 3], second: [4, 5, 6])
      .permutationTest(permutationCount: 19_999, extremeLimit: nil, using: &random)
    #expect(abs(test.pValue - 0.1) < 0.008)  // Four standard errors.
    #expect(test.drawCount == 19_999)
  }

  @Test func `units are assigned as a whole`() {
    // Four units of five equal values: 2 of 6 assignments part them as they are parted.
    var random = SeededGenerator(seed: 2)
    let values = [1.0, 1, 1, 1, 1, 2, 2, 2, 2, 2]
    let units = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    let sample = RankedSample(
      first: values, firstUnits: units, second: values.map { $0 + 2 }, secondUnits: units.map { $0 + 2 })
    #expect(sample.distance == 1)
    #expect(sample.firstUnitCount == 2 && sample.secondUnitCount == 2)
    let test = sample.permutationTest(permutationCount: 9_999, extremeLimit: nil, using: &random)
    #expect(abs(test.pValue - 1 / 3.0) < 0.02)
  }

  @Test func `a test without a difference ends at the twentieth extreme draw`() {
    var random = SeededGenerator(seed: 3)
    let test = RankedSample(first: [1, 3, 5, 7], second: [2, 4, 6, 8])
      .permutationTest(permutationCount: 9_999, using: &random)
    #expect(test.extremeCount == 20)
    #expect(test.drawCount < 60)
    #expect(test.pValue == 20 / Double(test.drawCount))
  }
}

@Suite struct SampleDifferenceTests {
  @Test func `effects are SciPy's and NumPy's`() {
    let difference = SampleDifference(first, second)
    #expect(abs(difference.wassersteinDistance - 2.5875) < 1e-12)
    #expect(abs(difference.cliffsDelta - 0.2) < 1e-12)
    #expect(abs(difference.standardisedMeanDifference - 0.2142244440179285) < 1e-12)
  }

  @Test func `samples that do not vary differ by nothing or without a bound`() {
    #expect(SampleDifference([2, 2], [2, 2]).standardisedMeanDifference == 0)
    #expect(SampleDifference([2, 2], [3, 3]).standardisedMeanDifference == .infinity)
    #expect(SampleDifference([2, 2], [3, 3]).wassersteinDistance == 1)
    #expect(SampleDifference([2, 2], [3, 3]).cliffsDelta == 1)
  }
}

@Suite struct AreaUnderCurveTests {
  @Test func `the area is Mann and Whitney's U over its largest value, ties counting half`() {
    // scipy.stats.mannwhitneyu gives U = 48 of 80.
    #expect(AreaUnderCurve(negatives: first, positives: second).value == 0.6)
    // By hand: of four pairs two are in order, one is tied and one is not.
    #expect(AreaUnderCurve(negatives: [1, 3], positives: [3, 2]).value == 2.5 / 4)
    #expect(AreaUnderCurve(scores: [1, 2], isPositive: [true, true]).value == 0.5)
  }
}

@Suite struct SequentialMonteCarloTests {
  @Test func `p is h over l at the h-th extreme draw and (g + 1) / (B + 1) at the end`() {
    var draw = 0
    let early = SequentialMonteCarlo(largestCount: 100, extremeLimit: 3) {
      draw += 1
      return draw.isMultiple(of: 4)
    }
    #expect(early.pValue == 3 / 12.0 && early.drawCount == 12)
    #expect(SequentialMonteCarlo(largestCount: 99, extremeLimit: 3) { false }.pValue == 0.01)
    #expect(SequentialMonteCarlo(largestCount: 9, extremeLimit: nil) { true }.pValue == 1)
  }
}

@Suite struct SeededGeneratorTests {
  @Test func `the sequence of seed 1234567 is the published one`() {
    // The reference implementation's first values, as Rosetta Code lists them.
    var random = SeededGenerator(seed: 1_234_567)
    #expect((0..<3).map { _ in random.next() } == [6457827717110365317, 3203168211198807973, 9817491932198370423])
  }

  @Test func `numbers below a bound are equally likely, and streams of one seed differ`() {
    var random = SeededGenerator(seed: 5)
    var counts = Array(repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[random.below(6)] += 1 }
    // Chi-square of 5 degrees exceeds 25.7 with a chance of 1e-4.
    #expect(counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 } < 25.7)
    var (one, other) = (SeededGenerator(seed: 5, stream: 1), SeededGenerator(seed: 5, stream: 2))
    #expect(one.next() != other.next())
  }
}
