import SplitSealFingerprint
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealMatch

@Suite struct MatchResultCodingTests {
  private func result(using random: inout SplitMix64) -> MatchResult {
    func match() -> Match {
      let first = Int.random(in: 0..<900, using: &random)
      let kind = MatchKind.allCases[Int.random(in: 0..<5, using: &random)]
      let isPDQ = kind == .pdq
      let hasViews = kind == .aligned || kind == .descriptor
      return Match(
        first: first, second: Int.random(in: first + 1..<1_000, using: &random), kind: kind,
        score: Double.random(in: 0...1, using: &random),
        orientation: Orientation.allCases[Int.random(in: 0..<8, using: &random)],
        distance: isPDQ ? Int.random(in: 0...256, using: &random) : nil, sampling: isPDQ ? .centred : nil,
        alignment: hasViews
          ? MatchAlignment(
            cosine: Double.random(in: -1...1, using: &random), firstView: .core, secondView: .lowerRightQuarter,
            overlap: kind == .aligned ? Double.random(in: 0...1, using: &random) : nil) : nil)
    }
    return MatchResult(
      matches: (0..<20).map { _ in match() }, belowThreshold: (0..<3).map { _ in match() },
      withinSplit: (0..<5).map { _ in match() },
      counts: [
        SplitPairCount(
          first: 0, second: 1, bytePairs: 1, pixelPairs: 2, nearPairs: 3, affectedInFirst: 4, affectedInSecond: 5,
          doubtfulPairs: 10)
      ],
      unlistedCount: 6, tooPlainCounts: [7, 8], alikeness: 0.25, depth: .slanted, cutShortCount: 9)
  }

  @Test func `a result is read as it was written`() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<20 {
      let result = result(using: &random)
      #expect(MatchResult(coded: result.coded, sampleCount: 1_000) == result)
    }
    let empty = MatchResult(matches: [], counts: [])
    #expect(MatchResult(coded: empty.coded, sampleCount: 0) == empty)
  }

  @Test func `what is cut off, longer or speaks of other samples is no result`() {
    var random = SplitMix64(seed: 2)
    let coded = result(using: &random).coded
    for length in 0..<coded.count {
      #expect(MatchResult(coded: Array(coded.prefix(length)), sampleCount: 1_000) == nil)
    }
    #expect(MatchResult(coded: coded + [0], sampleCount: 1_000) == nil)
    #expect(MatchResult(coded: coded, sampleCount: 100) == nil)
  }

  @Test func `bytes of the earlier form are no result`() {
    let coded = MatchResult(matches: [], counts: []).coded
    // Three empty lists, no counts, no numbers: all began with a count.
    #expect(MatchResult(coded: Array(repeating: 0, count: 7 * 8), sampleCount: 1_000) == nil)
    #expect(MatchResult(coded: Array(coded.dropFirst(8)), sampleCount: 1_000) == nil)
  }

  @Test(arguments: [-0.01, 1.01, .infinity]) func `an alikeness outside of 0 to 1 is no result`(_ alikeness: Double) {
    let result = MatchResult(matches: [], counts: [], alikeness: alikeness)
    #expect(MatchResult(coded: result.coded, sampleCount: 1_000) == nil)
  }

  @Test func `no changed byte is a crash`() {
    var random = SplitMix64(seed: 3)
    let result = result(using: &random)
    var coded = result.coded
    for index in coded.indices {
      let before = coded[index]
      for value in [UInt8(0), 0x7F, 0x80, 0xFF] {
        coded[index] = value
        if let read = MatchResult(coded: coded, sampleCount: 1_000) {
          #expect(read.matches.allSatisfy { $0.first < $0.second && $0.second < 1_000 })
        }
      }
      coded[index] = before
    }
  }
}
