import SplitSealBase
import SplitSealFingerprint
import SplitSealImage
import Testing

@testable import SplitSealMatch

/// What is counted of pairs that the detector cannot tell.
@Suite struct PairsInDoubtTests {
  private func outcome(_ number: UInt64) -> FingerprintOutcome {
    let digest = Digest128(high: number, low: number)
    return .readable(
      Fingerprint(
        content: ContentDigest(
          sha256: Digest256((0..<32).map { UInt8(truncatingIfNeeded: number &+ $0) }), xxh3: digest, byteCount: 10),
        pixels: digest, format: .png, width: 8, height: 8))
  }

  private func neighbour(_ index: Int, _ score: Double) -> Neighbour {
    Neighbour(
      index: index, score: score, orientation: .identity,
      evidence: .alignment(MatchAlignment(cosine: 0.8, firstView: .whole, secondView: .whole, overlap: 0.9)))
  }

  private func result(_ found: [(Int, [Neighbour])], options: MatchOptions = MatchOptions()) -> MatchResult {
    let outcomes = (1...5).map { outcome(UInt64($0)) }
    let classes = PictureClasses(outcomes, splitOf: [0, 0, 1, 1, 2], splitCount: 3)
    var tally = MatchTally(classes: classes, outcomes: outcomes, splitCount: 3, options: options)
    for (index, neighbours) in found { tally.add(neighbours, of: index) }
    return tally.result()
  }

  @Test func `pairs in doubt are listed and counted, and affect no sample`() {
    let result = result([(0, [neighbour(2, 0.3), neighbour(4, 0.1)]), (1, [neighbour(3, 0.7), neighbour(2, 0.15)])])
    #expect(result.matches.map { [$0.first, $0.second] } == [[1, 3]])
    #expect(result.belowThreshold.map { [$0.first, $0.second] } == [[0, 2], [0, 4], [1, 2]])
    #expect(
      result.counts == [
        SplitPairCount(first: 0, second: 1, nearPairs: 1, affectedInFirst: 1, affectedInSecond: 1, doubtfulPairs: 2),
        SplitPairCount(first: 0, second: 2), SplitPairCount(first: 1, second: 2),
      ])
    #expect(result.unlistedCount == 0)
    // Samples 0 and 2 have a pair in doubt and no reported one; sample 1 has both, and 0.1 with sample 4 is no doubt.
    #expect(
      MatchResult.doubtfulSamples(
        result.belowThreshold.filter(MatchOptions().isInDoubt), reported: result.matches, splitOf: [0, 0, 1, 1, 2])
        == [0, 2])
  }

  @Test func `a pair that a person says is one picture is in doubt no more`() {
    let splitOf = [0, 0, 1, 1, 2]
    let found = result([(0, [neighbour(2, 0.3)]), (1, [neighbour(2, 0.2)])])
    let judged = Match(first: 0, second: 2, kind: .judged, score: 0.3, orientation: .identity, distance: nil)
    let result = found.adding(judged: [judged], splitOf: splitOf)
    #expect(result.counts[0].doubtfulPairs == 1 && result.counts[0].nearPairs == 1)
    // Sample 2 has a reported pair now.
    #expect(
      MatchResult.doubtfulSamples(
        result.belowThreshold.filter(MatchOptions().isInDoubt), reported: result.matches, splitOf: splitOf) == [1])
  }

  @Test func `by PDQ nothing is in doubt`() {
    var options = MatchOptions()
    options.method = .pdq
    #expect(options.leastDoubtfulScore == 0.5 && options.leastListedScore == 0.5)
    let pair = Match(first: 0, second: 1, kind: .pdq, score: 0.4, orientation: .identity, distance: 37)
    #expect(!options.isInDoubt(pair))
  }

  @Test func `what is listed begins where doubt does, or lower where that is asked for`() {
    var options = MatchOptions()
    #expect(options.leastListedScore == 0.15)
    options.listingThreshold = 0.02
    #expect(options.leastListedScore == 0.02 && options.leastDoubtfulScore == 0.15)
    options.reportingThreshold = 0.1
    #expect(options.leastDoubtfulScore == 0.1)
  }

  @Test(arguments: [(nil, false), (0.0199, false), (0.02, true), (1, true)] as [(Double?, Bool)])
  func `pictures are alike by design from a share of 0,02 on`(_ share: Double?, _ isAlike: Bool) {
    #expect(MatchResult(matches: [], counts: [], alikeness: share).isAlikeByDesign == isAlike)
  }
}
