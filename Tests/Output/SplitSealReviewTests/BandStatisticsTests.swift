import SplitSealStatistics
import Testing

@testable import SplitSealReview

/// What is said of the pairs that were looked at.
@Suite struct BandStatisticsTests {
  @Test func `shares count what was told, and their interval is Wilson's`() {
    let band = BandStatistics(["same", "different", "unsure", "", "same", "same"])
    #expect(band.all.total == 6)
    #expect(band.all.decided == 5)
    #expect(band.all.judged == 4)
    #expect(band.all.same == 3)
    // 3 of 4 by Wilson's formula: 0.3006 to 0.9544.
    #expect((band.all.interval.low * 10_000).rounded() == 3_006)
    #expect((band.all.interval.high * 10_000).rounded() == 9_544)
  }

  @Test func `only a sample of a size fixed in advance is an estimate`() {
    var judgements = Array(repeating: "", count: 500)
    for index in 0..<49 { judgements[index] = "same" }
    #expect(BandStatistics(judgements).sample == nil)
    #expect(BandStatistics(judgements).nextSample == .init(size: 50, decided: 49))
    judgements[49] = "different"
    #expect(BandStatistics(judgements).sample?.total == 50)
    #expect(BandStatistics(judgements).sample?.same == 49)
    #expect(BandStatistics(judgements).nextSample == .init(size: 100, decided: 50))
    // One gap in front, and nothing is a random sample.
    judgements[0] = ""
    judgements[50] = "same"
    #expect(BandStatistics(judgements).sample == nil)
    #expect(BandStatistics(judgements).all.decided == 50)
  }

  @Test func `all of few are a sample of themselves`() {
    let band = BandStatistics(["same", "same", "different"])
    #expect(band.sample?.total == 3)
    #expect(band.nextSample == nil)
    let none = BandStatistics([])
    #expect(none.all.total == 0)
    #expect(none.sample == nil && none.nextSample == nil)
  }
}
