import Testing

@testable import SplitSealBase

@Suite struct FormattingTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (-1_204, "-1,204"), (50_000_000, "50,000,000"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `thousands are grouped`(_ number: Int, _ text: String) { #expect(grouped(number) == text) }

  @Test(
    arguments: [
      (2.675, 2, "2.68"), (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (1.005, 2, "1.01"), (0.5, 0, "1"), (0.49, 0, "0"),
      (9.995, 2, "10.00"), (0.999, 2, "1.00"), (99.5, 0, "100"), (0, 3, "0.000"), (-0.001, 2, "0.00"), (-0.0, 1, "0.0"),
      (1e-7, 3, "0.000"), (.leastNonzeroMagnitude, 2, "0.00"), (1e-5, 5, "0.00001"), (12, 0, "12"),
      (1e16, 1, "10000000000000000.0"),
      (1.5e20, 0, "150000000000000000000"), (0.1 + 0.2, 3, "0.300"), (0.05, 1, "0.1"), (0.04, 1, "0.0"),
      (.infinity, 2, "-"), (.nan, 2, "-"),
    ] as [(Double, Int, String)])
  func `decimals are rounded as they read, half away from zero`(_ number: Double, _ digits: Int, _ text: String) {
    #expect(fixed(number, digits: digits) == text)
  }

  @Test(
    arguments: [
      (0.035, 0, "4 %"), (0.035, 1, "3.5 %"), (0.677, 1, "67.7 %"), (1, 1, "100.0 %"), (0, 2, "0.00 %"),
      (2.0 / 3, 1, "66.7 %"),
      (.nan, 1, "-"),
    ] as [(Double, Int, String)])
  func `percentages move the point exactly`(_ share: Double, _ digits: Int, _ text: String) {
    #expect(percent(share, digits: digits) == text)
  }

  @Test(
    arguments: [
      (0.0043, "0.0043"), (2.0812e-8, "2.1e-8"), (0.0996, "0.10"), (9.96e-9, "1.0e-8"), (1, "1.0"), (0.5, "0.50"),
      (0.00012, "0.00012"), (0.000099, "9.9e-5"), (0.00009996, "0.00010"), (0, "<1e-300"),
      (.leastNonzeroMagnitude, "<1e-300"),
      (4.8066725e-40, "4.8e-40"), (.nan, "-"),
    ] as [(Double, String)])
  func `probabilities keep two significant digits`(_ probability: Double, _ text: String) {
    #expect(significant(probability) == text)
  }
}
