import Testing

@testable import SplitSealMatch

@Suite struct CandidateSearchTests {
  @Test(arguments: [
    (1, 0.15), (12_500, 0.04), (25_000, 0.02), (25_001, 0), (50_000, 0), (99_999, 0), (100_000, -0.02),
    (1_280_000, -0.08), (1 << 40, -0.15),
  ])
  func `a small base is searched deeper than a large one`(count: Int, slack: Double) {
    #expect(abs(CandidateSearch.slack(baseCount: count) - slack) < 1e-9)
  }
}
