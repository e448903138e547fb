import SplitSealFingerprint
import SplitSealImage
import SplitSealMatch
import Testing

@testable import SplitSealProbe

/// The lists of a search cut at a higher threshold, and what the scores below it say.
@Suite struct ThresholdTests {
  static let splitOf = [0, 0, 0, 1, 1, 1, 2]

  static func match(_ first: Int, _ second: Int, _ score: Double, _ kind: MatchKind = .aligned) -> Match {
    Match(first: first, second: second, kind: kind, score: score, orientation: .identity, distance: nil)
  }

  static let result = MatchResult(
    matches: [
      match(0, 3, 1, .bytes), match(0, 4, 0.6), match(1, 4, 0.9), match(1, 6, 0.7), match(2, 5, 0.5), match(4, 6, 0.95),
    ],
    belowThreshold: [match(2, 6, 0.3)], withinSplit: [match(0, 1, 0.6), match(1, 2, 1, .pixels)],
    counts: [
      SplitPairCount(first: 0, second: 1, bytePairs: 1, nearPairs: 3, affectedInFirst: 3, affectedInSecond: 3),
      SplitPairCount(first: 0, second: 2, nearPairs: 1, affectedInFirst: 1, affectedInSecond: 1),
      SplitPairCount(first: 1, second: 2, nearPairs: 1, affectedInFirst: 1, affectedInSecond: 1),
    ], tooPlainCounts: [1, 0, 0], cutShortCount: 2)

  @Test func `a higher threshold moves pairs and counts them again`() throws {
    let cut = try #require(Self.result.reported(from: 0.8, splitOf: Self.splitOf))
    #expect(cut.matches.map { [$0.first, $0.second] } == [[0, 3], [1, 4], [4, 6]])
    #expect(cut.belowThreshold.map { [$0.first, $0.second] } == [[0, 4], [1, 6], [2, 5], [2, 6]])
    #expect(cut.withinSplit.map(\.kind) == [.pixels])
    #expect(
      cut.counts == [
        SplitPairCount(
          first: 0, second: 1, bytePairs: 1, nearPairs: 1, affectedInFirst: 2, affectedInSecond: 2, doubtfulPairs: 2),
        SplitPairCount(first: 0, second: 2, doubtfulPairs: 1),
        SplitPairCount(first: 1, second: 2, nearPairs: 1, affectedInFirst: 1, affectedInSecond: 1),
      ])
    #expect(cut.tooPlainCounts == [1, 0, 0])
    #expect(cut.cutShortCount == 2)
  }

  @Test func `the same threshold changes nothing`() {
    #expect(Self.result.reported(from: 0.5, splitOf: Self.splitOf) == Self.result)
  }

  @Test func `pairs that are not listed cannot be cut`() {
    let capped = MatchResult(matches: Self.result.matches, counts: Self.result.counts, unlistedCount: 1)
    #expect(capped.reported(from: 0.8, splitOf: Self.splitOf) == nil)
  }

  @Test func `pairs of equal pictures are one chance`() {
    let outcomes = DetectionProbeTests.Dataset([1, 1, 2, 3, 3], testCount: 2).outcomes
    let matches = [
      Self.match(0, 3, 0.6), Self.match(0, 4, 0.6), Self.match(1, 3, 0.6), Self.match(1, 4, 0.6), Self.match(2, 3, 0.8),
      Self.match(2, 4, 0.8), Self.match(0, 1, 1, .pixels),
    ]
    let counts = [SplitPairCount(first: 0, second: 1, nearPairs: 6)]
    let chance = ChancePairs(MatchResult(matches: matches, counts: counts), outcomes: outcomes)
    #expect(chance.scoreCount(atOrAbove: 0.5) == 2)
    #expect(abs(chance.expectedCount(atOrAbove: 0.5) - 0.6) < 1e-12)
    // Of twice as many pairs half were listed.
    let more = [SplitPairCount(first: 0, second: 1, nearPairs: 12)]
    let capped = ChancePairs(MatchResult(matches: matches, counts: more), outcomes: outcomes)
    #expect(abs(capped.expectedCount(atOrAbove: 0.5) - 1.2) < 1e-12)
  }

  @Test func `distances are no probabilities`() {
    let outcomes = DetectionProbeTests.Dataset([1, 2], testCount: 1).outcomes
    let matches = [Self.match(0, 1, 0.6, .pdq)]
    let counts = [SplitPairCount(first: 0, second: 1, nearPairs: 1)]
    let chance = ChancePairs(MatchResult(matches: matches, counts: counts), outcomes: outcomes)
    #expect(chance.scoreCount(atOrAbove: 0.5) == 0)
    #expect(chance.expectedCount(atOrAbove: 0.5) == 0)
  }

  /// What was measured on 100 images.
  static func power(_ scores: [Double], foundCount: Int = 90) -> DetectionPower {
    DetectionPower(
      seed: 1, threshold: 0.5,
      measured: DetectionProbe.Measurement(
        imageCount: 100,
        edits: [
          DetectionPower.Edit(name: "half", foundCount: foundCount / 2, madeCount: 50),
          DetectionPower.Edit(name: "flip", foundCount: foundCount - foundCount / 2, madeCount: 50),
        ]), chance: ChancePairs(scores))
  }

  @Test func `a threshold is proposed where more wrong pairs are expected than can be borne`() {
    let few = Self.power(Array(repeating: 0.95, count: 12))
    #expect(few.hasEstimate)
    #expect(abs(few.expectedChanceMatches - 0.6) < 1e-12)
    #expect(few.proposedThreshold == nil)
    let many = Self.power(Array(repeating: 0.7, count: 20))
    #expect(abs(many.expectedChanceMatches - 6) < 1e-12)
    #expect(many.chanceMatchesBound > many.expectedChanceMatches)
    #expect(many.proposedThreshold == 0.71)
  }

  @Test func `few scores give a bound and no estimate`() {
    let nine = Self.power(Array(repeating: 0.9, count: 9))
    #expect(!nine.hasEstimate)
    #expect(nine.expectedChanceMatches == nine.chanceMatchesBound)
    #expect(Self.power(Array(repeating: 0.9, count: 10)).hasEstimate)
  }
}
