import Testing

@testable import SplitSealStatistics

@Suite struct AssignmentTestTests {
  @Test func `p-values of single images are those of all tables with these sums`() {
    // Counted in whole numbers over all tables of 8 and 8 images of classes of 6, 5 and 5.
    let test = AssignmentTest(
      UnitTable([[5, 1, 2], [1, 4, 3]]), first: 0, second: 1, permutationCount: 39_999, seed: 1)
    #expect(abs(test.statistic - 4.666666666666667) < 1e-12)
    #expect(abs(test.pValue - 0.1452991452991453) < 0.0071)  // Four standard errors.
    #expect(abs(test.evennessPValue - 0.947940947940948) < 0.0045)
    #expect(test.distance == 0.5)
    #expect(abs(test.nullMeanDistance - 0.2937062937062937) < 0.003)
    // 94.8 % of the tables have a distance of 0.5 at most, 99.3 % of 0.625.
    #expect(test.nullHighDistance == 0.625)
  }

  /// Nine groups of images, four of them in the first split.
  private var groups: UnitTable {
    var table = UnitTable(classCount: 3, splitCount: 2)
    let units: [(Int, [Int])] = [
      (4, [4, 0, 0]), (5, [5, 0, 0]), (3, [2, 1, 0]), (1, [1, 0, 0]),
      (4, [0, 4, 0]), (2, [0, 0, 2]), (6, [0, 3, 3]), (2, [0, 1, 1]), (1, [0, 1, 0]),
    ]
    for (index, (images, counts)) in units.enumerated() {
      let classes = counts.indices.filter { counts[$0] > 0 }.map { UnitTable.ClassCount(label: $0, count: counts[$0]) }
      table.add(imageCount: images, classes: classes, to: index < 4 ? 0 : 1)
    }
    return table
  }

  @Test func `p-values of groups are those of all 126 assignments of nine groups`() {
    // Enumerated with NumPy over all choices of four groups.
    let test = AssignmentTest(
      groups, first: 0, second: 1, permutationCount: 39_999, seed: 1, testsClasses: true)
    #expect(abs(test.statistic - 24.38153846153846) < 1e-11)
    #expect(abs(test.pValue - 1 / 126.0) < 0.0018)
    #expect(abs(test.nullMeanDistance - 0.37740994147082885) < 0.004)
    for (found, expected) in zip(test.classPValues, [1 / 126.0, 8 / 126.0, 14 / 126.0]) {
      #expect(abs(found - expected) < 4 * (expected / 40_000).squareRoot())
    }
    for (found, expected) in zip(test.adjustedClassPValues, [1 / 126.0, 16 / 126.0, 16 / 126.0]) {
      #expect(abs(found - expected) < 4 * (expected / 40_000).squareRoot())
    }
  }

  @Test func `which split is called the first does not matter`() {
    let one = AssignmentTest(groups, first: 0, second: 1, permutationCount: 999, seed: 3, testsClasses: true)
    let other = AssignmentTest(groups, first: 1, second: 0, permutationCount: 999, seed: 3, testsClasses: true)
    #expect(one.pValue == other.pValue)
    #expect(one.adjustedClassPValues == other.adjustedClassPValues)
    #expect(abs(one.distance - other.distance) < 1e-15)
  }

  @Test func `drawing kinds as counts and units one by one gives the same distribution`() {
    // 400 single images of two classes are drawn as counts; with 400 further kinds of empty groups one by one.
    let few = AssignmentTest(
      UnitTable([[120, 80], [90, 110]]), first: 0, second: 1, permutationCount: 19_999, seed: 4)
    var table = UnitTable(classCount: 22, splitCount: 2)
    for label in 0..<22 where label > 1 {
      table.add(0, imageCount: label, classes: [UnitTable.ClassCount(label: label, count: label)], to: 0)
    }
    for (split, row) in [[120, 80], [90, 110]].enumerated() {
      for (label, count) in row.enumerated() {
        for _ in 0..<count {
          table.add(imageCount: 1, classes: [UnitTable.ClassCount(label: label, count: 1)], to: split)
        }
      }
    }
    let same = AssignmentTest(table, first: 0, second: 1, permutationCount: 19_999, seed: 4)
    // Kinds without units change nothing, to the last bit.
    #expect(same.pValue == few.pValue)
    // Fisher's exact p of this table, by SciPy 1.17.1, is 0.003635.
    #expect(abs(few.pValue - 0.003635) < 0.0017)
  }

  @Test func `a split that follows the classes exactly is recognised`() {
    let test = AssignmentTest(
      UnitTable([Array(repeating: 500, count: 10), Array(repeating: 100, count: 10)]), first: 0, second: 1,
      permutationCount: 999, seed: 1)
    #expect(test.pValue == 1)
    #expect(test.evennessPValue == 0.001)
    #expect(test.distance == 0 && test.nullMeanDistance > 0.01)
  }
}

@Suite struct CountSamplerTests {
  @Test func `hypergeometric counts have the probabilities of the textbook`() {
    // 20 items, 8 marked, 6 drawn: C(8, k) C(12, 6 - k) / C(20, 6), C(20, 6) = 38,760.
    let expected = [924, 6_336, 13_860, 12_320, 4_620, 672, 28].map { Double($0) / 38_760 }
    let sampler = CountSampler(upTo: 20)
    var random = SeededGenerator(seed: 11)
    var counts = Array(repeating: 0, count: 7)
    let draws = 200_000
    for _ in 0..<draws { counts[sampler.hypergeometric(total: 20, marked: 8, drawn: 6, using: &random)] += 1 }
    let statistic = zip(counts, expected).reduce(0.0) {
      let mean = Double(draws) * $1.1
      return $0 + (Double($1.0) - mean) * (Double($1.0) - mean) / mean
    }
    #expect(statistic < 27.9)  // Chi-square of 6 degrees, 1e-4.
  }

  @Test func `counts of a million images have the textbook's mean and variance`() {
    let sampler = CountSampler(upTo: 1_000_000)
    var random = SeededGenerator(seed: 12)
    let drawn = (0..<20_000).map { _ in
      Double(sampler.hypergeometric(total: 1_000_000, marked: 100_000, drawn: 200_000, using: &random))
    }
    let mean = drawn.reduce(0, +) / 20_000
    let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(abs(mean - 20_000) < 4 * (14_400.0 / 20_000).squareRoot())
    #expect(abs(variance / 14_400 - 1) < 0.04)
  }

  @Test func `binomial counts have the probabilities of the textbook`() {
    let expected = [1.0, 5, 10, 10, 5, 1].enumerated().map {
      power(0.3, $0.offset) * power(0.7, 5 - $0.offset) * $0.element
    }
    let sampler = CountSampler(upTo: 5)
    var random = SeededGenerator(seed: 13)
    var counts = Array(repeating: 0, count: 6)
    for _ in 0..<200_000 { counts[sampler.binomial(trials: 5, share: 0.3, using: &random)] += 1 }
    let statistic = zip(counts, expected).reduce(0.0) {
      let mean = 200_000 * $1.1
      return $0 + (Double($1.0) - mean) * (Double($1.0) - mean) / mean
    }
    #expect(statistic < 25.7)  // Chi-square of 5 degrees, 1e-4.
    #expect(sampler.binomial(trials: 5, share: 1, using: &random) == 5)
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}

@Suite struct EquivalenceBoundTests {
  @Test func `the bound of two large classes is near the one of the normal distribution`() {
    // Equal shares of 50 %, 8,000 and 2,000 images: the standard error is sqrt(0.25 / 8,000 + 0.25 / 2,000) = 0.0125, and
    // the absolute difference stays below 1.96 of it in 95 % of samples.
    let bound = EquivalenceBound(
      UnitTable([[4_000, 4_000], [1_000, 1_000]]), first: 0, second: 1, sampleCount: 9_999, seed: 1)
    #expect(bound.difference == 0)
    #expect(abs(bound.upperBound - 0.0245) < 0.001)
  }

  @Test func `images of a group are no evidence of their own`() {
    // The same images in groups of 20 of one class: the standard error is sqrt(20) times as large.
    var table = UnitTable(classCount: 2, splitCount: 2)
    for (split, count) in [(0, 200), (1, 50)] {
      for label in 0..<2 {
        table.add(count, imageCount: 20, classes: [UnitTable.ClassCount(label: label, count: 20)], to: split)
      }
    }
    let bound = EquivalenceBound(table, first: 0, second: 1, sampleCount: 9_999, seed: 1)
    #expect(abs(bound.upperBound - 0.1096) < 0.005)
  }
}
