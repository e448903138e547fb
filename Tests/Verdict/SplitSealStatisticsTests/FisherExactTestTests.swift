import Testing

import SplitSealStatistics

@Suite struct FisherExactTestTests {
  /// Tables and their p-values, summed exactly.
  ///
  /// Hypergeometric weights by recursion in 50-digit decimals, all those no greater than (1 + 1e-7) times the observed
  /// one, over the sum of all. SciPy 1.17.1's `fisher_exact` agrees to 9 digits.
  static let exact: [(Int, Int, Int, Int, Double)] = [
    (3, 8, 1, 6, 5.804195804195804e-01),
    (1, 10, 9, 12, 3.691355084543939e-03),
    (2, 30, 7, 31, 1.466449345977285e-01),
    (12, 40, 0, 40, 1.854660505762692e-04),
    (100, 300, 49, 150, 9.157033514882813e-01),
    (33, 1_000, 70, 1_000, 2.366783019620646e-04),
    // A class of 1 % in a small dataset disappears from test: no test can tell.
    (10, 1_000, 0, 250, 2.264305473182916e-01),
    // 10,000 images, 80 : 20. A class of 1 % disappears, doubles; a class of 5 % disappears.
    (80, 8_000, 0, 2_000, 2.328091902599445e-08),
    (80, 8_000, 40, 2_000, 5.151738243488854e-04),
    (400, 8_000, 0, 2_000, 4.806672534793975e-40),
    (1_000, 1_000_000, 1_100, 1_000_000, 3.063307774193864e-02),
    (1_000, 1_000_000, 1_400, 1_000_000, 3.132936947889806e-16),
    (500_000, 1_000_000, 501_500, 1_000_000, 3.401373515261057e-02),
  ]

  @Test(arguments: exact)
  func `p-values are those of exact summation, from eight images to two million`(
    _ first: Int, _ firstTotal: Int, _ second: Int, _ secondTotal: Int, _ expected: Double
  ) {
    let pValue = FisherExactTest(first, of: firstTotal, and: second, of: secondTotal).pValue
    #expect(abs(pValue / expected - 1) < 1e-9, "got \(pValue)")
  }

  /// Binomial coefficients of up to 24 fit into whole numbers, so every comparison here is exact.
  @Test func `every table of up to 12 and 12 images agrees with enumeration in whole numbers`() {
    var pascal: [[Int]] = [[1]]
    for n in 1...24 {
      pascal.append((0...n).map { k in (k == 0 || k == n) ? 1 : pascal[n - 1][k - 1] + pascal[n - 1][k] })
    }
    func check(_ first: Int, _ firstTotal: Int, _ second: Int, _ secondTotal: Int) {
      let marked = first + second
      let weights = (max(0, marked - secondTotal)...min(marked, firstTotal)).map { count in
        pascal[firstTotal][count] * pascal[secondTotal][marked - count]
      }
      let observed = pascal[firstTotal][first] * pascal[secondTotal][second]
      let extreme = weights.filter { $0 <= observed }.reduce(0, +)
      let expected = Double(extreme) / Double(pascal[firstTotal + secondTotal][marked])
      let pValue = FisherExactTest(first, of: firstTotal, and: second, of: secondTotal).pValue
      #expect(abs(pValue - expected) < 1e-12, "\(first)/\(firstTotal) and \(second)/\(secondTotal)")
    }
    for firstTotal in 0...12 {
      for secondTotal in 0...12 {
        for first in 0...firstTotal {
          for second in 0...secondTotal { check(first, firstTotal, second, secondTotal) }
        }
      }
    }
  }

  @Test func `swapping the splits or the class with the rest changes nothing`() {
    let pValue = FisherExactTest(33, of: 1_000, and: 70, of: 900).pValue
    let swapped = FisherExactTest(70, of: 900, and: 33, of: 1_000).pValue
    let complement = FisherExactTest(967, of: 1_000, and: 830, of: 900).pValue
    #expect(abs(swapped / pValue - 1) < 1e-9)
    #expect(abs(complement / pValue - 1) < 1e-9)
  }

  @Test func `equal shares have a p-value of one, at a billion images too`() {
    #expect(FisherExactTest(5, of: 10, and: 5, of: 10).pValue == 1)
    #expect(FisherExactTest(500_000, of: 1_000_000_000, and: 500_000, of: 1_000_000_000).pValue == 1)
  }

  @Test func `nothing to compare has a p-value of one`() {
    #expect(FisherExactTest(0, of: 0, and: 0, of: 0).pValue == 1)
    #expect(FisherExactTest(0, of: 10, and: 0, of: 20).pValue == 1)
    #expect(FisherExactTest(10, of: 10, and: 20, of: 20).pValue == 1)
  }

  @Test func `a difference beyond all numbers is zero and not a failure`() {
    #expect(FisherExactTest(1_000_000, of: 1_000_000, and: 0, of: 1_000_000).pValue == 0)
  }
}
