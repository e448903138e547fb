import SplitSealBase
import SplitSealFingerprint
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealMatch

/// The search of two datasets for what they have in common.
@Suite struct CrossSearchTests {
  private func side(_ outcomes: [FingerprintOutcome], _ splitOf: [Int], count: Int) -> CrossSearch.Side {
    CrossSearch.Side(outcomes: outcomes, splitOf: splitOf, splitCount: count, training: nil)
  }

  /// A file of other bytes with the pixels of another one.
  private func rewritten(_ fingerprint: Fingerprint) -> Fingerprint {
    Fingerprint(
      content: ContentDigest(
        sha256: Digest256(Array(repeating: 7, count: 32)), xxh3: Digest128(high: 7, low: 7), byteCount: 7),
      pixels: fingerprint.pixels, format: .png, width: fingerprint.width, height: fingerprint.height,
      pdq: fingerprint.pdq, descriptors: fingerprint.descriptors)
  }

  @Test(arguments: MatchMethod.allCases)
  func `copies are counted split by split, and nothing within a dataset`(method: MatchMethod) async throws {
    var random = SplitMix64(seed: 4)
    let pictures = (0..<9).map { _ in randomFingerprint(using: &random, hasPDQ: true) }
    // The first dataset holds a picture twice, the second one as well: within a dataset nothing is looked for.
    let mine = [pictures[0], pictures[1], pictures[2], pictures[2], pictures[3]].map { FingerprintOutcome.readable($0) }
    let theirs = [
      pictures[4], pictures[0], rewritten(pictures[1]), pictures[2], pictures[5], pictures[5], pictures[3],
    ].map { FingerprintOutcome.readable($0) }
    var options = MatchOptions()
    options.method = method
    options.comparesPixels = false
    let found = try await CrossSearch(
      side(mine, [0, 0, 1, 1, 1], count: 2), side(theirs, [0, 1, 2, 2, 2, 2, 1], count: 3), options: options
    ).run()
    #expect(found.map { [$0.first, $0.second] } == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]])
    #expect(found.map(\.counts.bytePairs) == [0, 1, 0, 0, 1, 2])
    #expect(found.map(\.counts.pixelPairs) == [0, 0, 1, 0, 0, 0])
    #expect(found.map(\.counts.nearPairs) == [0, 0, 0, 0, 0, 0])
    #expect(found.map(\.counts.affectedInFirst) == [0, 1, 1, 0, 1, 2])
    #expect(found.map(\.counts.affectedInSecond) == [0, 1, 1, 0, 1, 1])
    // Samples of the second dataset are counted behind the five of the first.
    #expect(
      found.map { $0.matches.map { [$0.first, $0.second] } } == [
        [], [[0, 6]], [[1, 7]], [], [[4, 11]], [[2, 8], [3, 8]],
      ])
  }

  @Test func `an empty dataset has nothing in common with any`() async throws {
    var random = SplitMix64(seed: 4)
    let one = [FingerprintOutcome.readable(randomFingerprint(using: &random, hasPDQ: true))]
    #expect(
      try await CrossSearch(side([], [], count: 0), side(one, [0], count: 1), options: MatchOptions()).run() == [])
    let empty = try await CrossSearch(side([], [], count: 1), side(one, [0], count: 1), options: MatchOptions()).run()
    #expect(empty.map(\.counts.bytePairs) == [0])
  }
}
