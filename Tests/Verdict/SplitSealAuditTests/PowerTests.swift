import SplitSealMatch
import SplitSealProbe
import SplitSealTestSupport
import Testing

@testable import SplitSealAudit

/// What an audit says of a detector that was probed.
@Suite struct PowerTests {
  static func power(
    recalls: [(String, Int)] = [("jpeg85", 100)], expected: Double = 0.2, scoreCount: Int = 50, proposed: Double? = nil
  ) -> DetectionPower {
    DetectionPower(
      seed: 1, imageCount: 100, threshold: 0.5,
      edits: recalls.map { DetectionPower.Edit(name: $0.0, foundCount: $0.1, madeCount: 100) },
      expectedChanceMatches: expected, chanceMatchesBound: 2 * expected, chanceScoreCount: scoreCount,
      proposedThreshold: proposed)
  }

  /// An audit of one near-duplicate pair.
  static func notRun(_ power: DetectionPower?) -> [String] {
    let input = DatasetBuilder("train a\ntest a@0.7").input()
    let probed = AuditInput(
      manifest: input.manifest, outcomes: input.outcomes, matches: input.matches, policy: input.policy,
      matchOptions: input.matchOptions, power: power)
    let plain = Set(Audit.run(input).skippedChecks)
    return Audit.run(probed).skippedChecks.filter { !plain.contains($0) }
  }

  @Test func `a strong detector on telling data leaves nothing to say`() {
    #expect(Self.notRun(nil) == [])
    #expect(Self.notRun(Self.power()) == [])
    #expect(Self.notRun(Self.power(expected: 1)) == [])
    #expect(Self.notRun(Self.power(recalls: [("caption", 50)])) == [])
  }

  @Test func `edits that hide most copies are named`() {
    #expect(
      Self.notRun(Self.power(recalls: [("jpeg85", 99), ("caption", 49), ("crop50", 0)])) == [
        "most copies made by caption (49 % found) and crop50 (0 % found): the probe found fewer than half of them"
      ])
  }

  @Test func `data that defeat the detector are called so, with the threshold that would do`() {
    #expect(
      Self.notRun(Self.power(expected: 6.6, proposed: 0.93)) == [
        "whether near-duplicates are copies: the data defeat the detector at 0.50, where chance alone gives about"
          + " 7 pairs, and 1 were found; --threshold 0.93 expects less than one"
      ])
    #expect(Self.notRun(Self.power(expected: 6.6)).first?.hasSuffix("; no threshold expects less than one") == true)
  }

  @Test func `a bound from few scores warns of nothing`() {
    #expect(Self.notRun(Self.power(expected: 6.6, scoreCount: 9)) == [])
  }

  @Test func `a dataset of plain pictures cannot be probed`() {
    #expect(
      Self.notRun(Self.power(recalls: [])) == [
        "how many edited copies the detector would find: no image shows enough to be edited"
      ])
  }

  @Test func `thresholds have the digits that they need`() {
    #expect([0, 0.5, 0.93, 0.999, 1].map(scoreText) == ["0.00", "0.50", "0.93", "0.999", "1.00"])
  }
}
