import SplitSealRules
import SplitSealAudit
import SplitSealBase
import SplitSealFingerprint
import SplitSealImage
import SplitSealManifest
import SplitSealMatch
import SplitSealPolicy
import SplitSealStatistics
import SplitSealTestSupport
import Testing

/// What people said of pairs, and what it changes.
@Suite struct DecisionReviewTests {
  /// A reported pair: samples 0 and 2; and two pairs that nothing was found of.
  private static let dataset = "train/cat a\ntrain/cat b\ntest/cat a@0.7\ntest/cat c\ntest/cat d"

  private let input = DatasetBuilder(dataset).input()

  private func audit(_ history: [Decision], below: [Match] = []) -> AuditResult {
    let matches = input.matches
    return Audit.run(
      AuditInput(
        manifest: input.manifest, outcomes: input.outcomes,
        matches: MatchResult(
          matches: matches.matches, belowThreshold: below, counts: matches.counts,
          tooPlainCounts: matches.tooPlainCounts),
        policy: Policy(), decisions: DecisionList(file: "d.jsonl", history: history)))
  }

  private func decision(
    _ first: Int, _ second: Int, _ judgement: Judgement?, finding: String? = nil, sha256: String? = nil
  ) -> Decision {
    func place(_ sample: Int) -> Decision.Place {
      let row = input.manifest.samples[sample]
      return Decision.Place(
        split: input.manifest.splits[row.split].name, path: row.path,
        sha256: sha256 ?? input.outcomes[sample].content?.sha256.description ?? "")
    }
    let match = Match(first: first, second: second, kind: .aligned, score: 0.3, orientation: .identity, distance: nil)
    return Decision(
      finding: finding ?? input.findingIdentity(of: match).description, judgement: judgement, by: "Ann",
      at: "2026-11-25T17:00:00Z", reason: "two cats", score: 0.3, first: place(first), second: place(second))
  }

  @Test func `a finding has the identity that a decision about its pair names`() {
    let finding = DatasetBuilder(Self.dataset).audit().findings(of: .nearDuplicate)[0]
    #expect(decision(0, 2, .same).finding == finding.id.description)
  }

  @Test func `different waives the finding, with who said it, when and why`() {
    let result = audit([decision(0, 2, .different)])
    #expect(result.verdict != .fail && result.verdictWithoutWaivers == .fail)
    #expect(result.waivedFindings.map(\.finding.rule) == [.nearDuplicate])
    let waiver = result.waivedFindings.first?.waiver
    #expect(waiver?.reason == "two pictures, by eye: two cats" && waiver?.by == "Ann" && waiver?.isDecision == true)
    #expect(waiver?.date?.description == "2026-11-25")
  }

  @Test func `same confirms a finding that is there`() {
    let result = audit([decision(0, 2, .same)])
    #expect(result.verdict == .fail && result.waivedFindings.isEmpty)
    let finding = result.findings(of: .nearDuplicate)[0]
    #expect(finding.evidence.suffix(2) == [Evidence("decision", .text("same")), Evidence("decidedBy", .text("Ann"))])
  }

  @Test func `same below the threshold makes a finding, and counts like the others`() {
    let below = Match(first: 1, second: 3, kind: .aligned, score: 0.3, orientation: .mirror, distance: nil)
    let result = audit([decision(1, 3, .same)], below: [below])
    #expect(
      result.messages(of: .nearDuplicate).last
        == "shows the same picture as test/cat/4.png (test), mirrored, as a person says who looked at both (score 0.300)"
    )
    #expect(result.input.matches.belowThreshold.isEmpty)
    let count = result.input.matches.counts[0]
    #expect((count.nearPairs, count.affectedInFirst, count.affectedInSecond) == (2, 2, 2))
    #expect(result.input.clusters.count == 2)
  }

  @Test func `same of a pair that no search lists makes a finding too`() {
    let result = audit([decision(1, 4, .same)])
    #expect(result.findings(of: .nearDuplicate).map(\.samples) == [[0, 2], [1, 4]])
  }

  @Test func `an image with a partner already is not counted as affected twice`() {
    let count = audit([decision(0, 4, .same)]).input.matches.counts[0]
    #expect((count.nearPairs, count.affectedInFirst, count.affectedInSecond) == (2, 1, 2))
  }

  @Test func `unsure, different below the threshold and what was taken back change no finding`() {
    let plain = DatasetBuilder(Self.dataset).audit()
    for history in [
      [decision(1, 3, .different)], [decision(1, 3, .unsure)], [decision(0, 2, .different), decision(0, 2, nil)],
    ] {
      let result = audit(history)
      #expect(result.findings.map(\.id) == plain.findings.map(\.id))
      #expect(result.verdict == plain.verdict && result.waivedFindings.isEmpty)
    }
  }

  @Test func `decisions about other bytes, other pairs and images that are gone count for nothing`() {
    let zeros = String(repeating: "0", count: 64)
    let result = audit([
      decision(0, 2, .different, sha256: zeros), decision(0, 3, .same, finding: zeros),
    ])
    #expect(result.verdict == .fail && result.waivedFindings.isEmpty)
    #expect(result.input.decisions.staleCount == 2 && result.input.decisions.standing.isEmpty)
    #expect(result.findings(of: .nearDuplicate).count == 1)
  }

  @Test func `the precision is that of the pairs that were decided, with Wilson's interval`() throws {
    let decisions = audit([
      decision(0, 2, .same), decision(1, 3, .different), decision(1, 4, .same), decision(0, 3, .unsure),
    ]).input.decisions
    let reported = try #require(decisions.precision(isReported: true))
    #expect((reported.same, reported.decided) == (1, 1))
    // statsmodels' proportion_confint(1, 1, method='wilson') and (1, 2).
    #expect(abs(reported.interval.low - 0.206549) < 1e-6 && reported.interval.high == 1)
    let below = try #require(decisions.precision(isReported: false))
    #expect((below.same, below.decided) == (1, 2))
    #expect(abs(below.interval.low - 0.094531) < 1e-6 && abs(below.interval.high - 0.905469) < 1e-6)
    #expect(audit([]).input.decisions.precision(isReported: true) == nil)
  }
}
