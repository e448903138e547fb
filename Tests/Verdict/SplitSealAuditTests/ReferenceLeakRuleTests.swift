import SplitSealRules
import SplitSealBase
import SplitSealFingerprint
import SplitSealImage
import SplitSealManifest
import SplitSealMatch
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@testable import SplitSealAudit

/// Images that a dataset has in common with a published pack.
@Suite struct ReferenceLeakRuleTests {
  private let mine = "train/cat a\ntrain/cat b\ntrain/dog c\ntest/cat d"
  private let theirs = "test *3\ntrain *4"

  private func audit(_ found: [CrossSearch.Found], _ change: (inout MatchOptions) -> Void = { _ in }) -> AuditResult {
    let input = DatasetBuilder(mine).input()
    let pack = DatasetBuilder(theirs).input()
    var options = MatchOptions()
    options.comparesPixels = false
    change(&options)
    let comparison = Comparison(
      first: ComparisonSide(
        name: "/dataset", origin: .dataset, manifest: input.manifest, outcomes: input.outcomes),
      second: ComparisonSide(
        name: "CIFAR\u{1B}", origin: .pack,
        pack: .init(sha256: Digest256(Array(repeating: 1, count: 32)), version: nil, uri: nil),
        manifest: pack.manifest, outcomes: pack.outcomes), found: found, options: options)
    return Audit.run(
      AuditInput(
        manifest: input.manifest, outcomes: input.outcomes, matches: input.matches, policy: input.policy,
        references: [comparison]))
  }

  private func found(_ a: Int, _ b: Int, bytes: Int = 0, near: Int = 0, samples: [Int] = []) -> CrossSearch.Found {
    CrossSearch.Found(
      first: a, second: b,
      counts: SplitPairCount(
        first: 0, second: 1, bytePairs: bytes, nearPairs: near, affectedInFirst: samples.count,
        affectedInSecond: samples.count),
      matches: samples.map {
        Match(first: $0, second: 4, kind: .bytes, score: 1, orientation: .identity, distance: nil)
      }, unlistedCount: 0, tooPlainCounts: [])
  }

  private func findings(_ result: AuditResult) -> [Finding] { result.findings.filter { $0.rule == .referenceLeak } }

  @Test func `training images in a public test split are a warning that says how many`() throws {
    let result = audit([found(0, 0, bytes: 1, near: 1, samples: [0, 2])])
    let finding = try #require(findings(result).first)
    #expect(finding.severity == .warning && finding.samples == [0, 2] && finding.splits == [0])
    #expect(
      finding.message
        == "2 of 3 images of train (66.67 %) match test of 'CIFAR\\u{1b}': 1 pair of equal bytes, 0 of equal pixels,"
        + " 1 near-duplicate suspected by descriptors alone")
    #expect(finding.isAboutSplits)
  }

  @Test func `test images in a public training split are one, and splits of one role are counted only`() {
    #expect(findings(audit([found(1, 1, bytes: 1, samples: [3])])).count == 1)
    #expect(findings(audit([found(0, 1, bytes: 1, samples: [0])])).isEmpty)
    #expect(findings(audit([found(1, 0, bytes: 1, samples: [3])])).isEmpty)
  }

  @Test func `what descriptors alone suspect is a note, and what PDQ finds a warning`() {
    let suspected = [found(0, 0, near: 1, samples: [0])]
    #expect(findings(audit(suspected)).map(\.severity) == [.note])
    #expect(findings(audit(suspected) { $0.method = .pdq }).map(\.severity) == [.warning])
    #expect(findings(audit(suspected) { $0.method = .pdq }).first?.message.hasSuffix("1 near-duplicate by PDQ") == true)
  }

  @Test func `nothing in common is said, and no more than was looked for`() {
    let held = audit([found(0, 0)]).passedChecks
    #expect(
      held.contains("0 images of train match test of 'CIFAR\\u{1b}', by bytes, pixels and descriptors alone"))
    let pdq = audit([found(0, 0)]) { $0.method = .pdq }.passedChecks
    #expect(pdq.contains("0 images of train match test of 'CIFAR\\u{1b}', by bytes, pixels and PDQ"))
    #expect(!audit([]).passedChecks.contains { $0.contains("CIFAR") })
  }

  @Test func `a finding is the same however many images there are`() {
    let (few, many) = (audit([found(0, 0, bytes: 1, samples: [0])]), audit([found(0, 0, bytes: 2, samples: [0, 1])]))
    #expect(findings(few).map(\.id) == findings(many).map(\.id))
  }
}
