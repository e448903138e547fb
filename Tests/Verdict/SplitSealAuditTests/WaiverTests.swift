import SplitSealRules
import SplitSealAudit
import SplitSealBase
import SplitSealFingerprint
import SplitSealManifest
import SplitSealPolicy
import SplitSealTestSupport
import Testing

/// Findings that are accepted or known, and the verdicts with and without.
@Suite struct WaiverTests {
  private static let leaks = "train a\ntrain b\ntest a\ntest c\n"

  private func audit(
    _ dataset: String = leaks, waivers: [Waiver] = [], today: String? = nil, baseline: Baseline? = nil,
    _ change: (inout Policy) -> Void = { _ in }
  ) -> AuditResult {
    var policy = Policy()
    change(&policy)
    let input = DatasetBuilder(dataset, policy: policy).input()
    return Audit.run(
      AuditInput(
        manifest: input.manifest, outcomes: input.outcomes, matches: input.matches, policy: policy,
        matchOptions: input.matchOptions,
        waivers: WaiverList(file: "w.yml", waivers: waivers, today: today.flatMap { CalendarDate($0) }),
        baseline: baseline))
  }

  private func waiver(_ result: AuditResult, until: String? = nil, rule: RuleID? = .exactDuplicate) -> Waiver {
    Waiver(
      finding: result.findings[0].id.description, rule: rule, reason: "r", until: until.flatMap { CalendarDate($0) })
  }

  @Test func `a waived finding stays and does not fail`() {
    let plain = audit()
    #expect(plain.verdict == .fail && plain.verdictWithoutWaivers == .fail)
    for rule in [RuleID.exactDuplicate, nil] {
      let result = audit(waivers: [waiver(plain, rule: rule)])
      #expect(result.verdict == .pass && result.verdictWithoutWaivers == .fail)
      #expect(result.findings == plain.findings)
      #expect(result.waivedFindings.map(\.finding) == plain.findings)
      #expect(result.unusedWaivers.isEmpty && result.expiredWaivers.isEmpty)
    }
  }

  @Test func `a waiver of no finding, or of another rule, is told and waives nothing`() {
    let other = Waiver(finding: String(repeating: "0", count: 64), rule: nil, reason: "r")
    let result = audit(waivers: [other, waiver(audit(), rule: .groupLeak)])
    #expect(result.unusedWaivers.count == 2 && result.verdict == .fail)
    #expect(result.statuses == [.open])
  }

  @Test func `an expired waiver counts for nothing`() {
    let waiver = waiver(audit(), until: "2026-11-25")
    #expect(audit(waivers: [waiver], today: "2026-11-25").verdict == .pass)
    let late = audit(waivers: [waiver], today: "2026-11-26")
    #expect(late.verdict == .fail && late.expiredWaivers == [waiver] && late.unusedWaivers.isEmpty)
  }

  @Test func `waivers do not make a pass of what could not be checked`() {
    let dataset = "train a\ntrain b\ntest a\ntest !truncated\n"
    let result = audit(dataset, waivers: [waiver(audit(dataset))])
    #expect(result.verdict == .inconclusive && result.verdictWithoutWaivers == .fail)
  }

  private func baseline(_ dataset: String, severity: Severity? = nil, contents: Bool = true) -> Baseline {
    let earlier = audit(dataset)
    let splits = earlier.input.manifest.splits.enumerated().map { index, split in
      Baseline.Split(
        name: split.name, role: split.role,
        contents: zip(earlier.input.manifest.samples, earlier.input.outcomes).filter { $0.0.split == index }
          .compactMap { $0.1.content?.prefix })
    }
    return Baseline(
      file: "old.json", digest: Digest256(Array(repeating: 0, count: 32)),
      findings: Dictionary(earlier.findings.map { ($0.id, severity ?? $0.severity) }) { $1 },
      splits: contents ? splits : [])
  }

  @Test func `what the baseline has is known and does not fail, what is new does`() {
    let result = audit(baseline: baseline(Self.leaks))
    #expect(result.verdict == .pass && result.verdictWithoutBaseline == .fail)
    #expect(result.knownCount == 1 && result.shownFindings.isEmpty)
    let more = audit("train a\ntrain b\ntest a\ntest c\ntest b", baseline: baseline(Self.leaks))
    #expect(more.knownCount == 1 && more.verdict == .fail)
    #expect(more.shownFindings.map(\.finding.rule) == [.exactDuplicate, .movedIntoTest])
  }

  @Test func `a finding that has become worse is new`() {
    #expect(audit(baseline: baseline(Self.leaks, severity: .warning)).verdict == .fail)
    #expect(audit(baseline: baseline(Self.leaks, severity: .error)).verdict == .pass)
  }

  @Test func `an image that moved from train or val into test is an error, known or not`() {
    let before = "train a path=a\ntrain b path=b\nval d path=d\ntest c path=c\n"
    let after = "train b path=b\nval x path=x\ntest a path=a\ntest c path=c\ntest d path=renamed\n"
    let result = audit(after, baseline: baseline(before))
    let moved = result.findings.filter { $0.rule == .movedIntoTest }
    #expect(moved.map(\.severity) == [.error, .error])
    #expect(moved.map(\.samples) == [[2], [4]])
    #expect(
      moved.map(\.message) == [
        "was in train of old.json: whoever trained on that has seen it",
        "was in val of old.json: whoever trained on that has seen it",
      ])
    // A baseline that has the finding itself.
    var known = baseline(before)
    known = Baseline(
      file: known.file, digest: known.digest, findings: Dictionary(moved.map { ($0.id, Severity.error) }) { $1 },
      splits: known.splits)
    #expect(audit(after, baseline: known).verdict == .fail)
    #expect(!audit(before, baseline: baseline(before)).findings.contains { $0.rule == .movedIntoTest })
    #expect(
      audit(before, baseline: baseline(before)).passedChecks.contains(
        "0 of 1 test image was in a training or validation split of old.json"))
  }

  @Test func `other moves are a note, and a copy that leaves train is none into test`() {
    let result = audit(
      "train c\ntrain b\nval a\ntest x\n", baseline: baseline("train a\ntrain b\nval y\ntest c\n"))
    let moved = result.findings.filter { $0.rule == .movedIntoTest }
    #expect(moved.map(\.severity) == [.note, .note])
    #expect(
      moved.map(\.message) == ["1 image of val was in train of old.json", "1 image of train was in test of old.json"])
    let mended = audit("train b\ntest a\n", baseline: baseline("train a\ntrain b\ntest a\n"))
    #expect(mended.findings.isEmpty && mended.verdict == .pass)
  }

  @Test func `a baseline without contents cannot tell what moved`() {
    let result = audit(baseline: baseline(Self.leaks, contents: false))
    #expect(
      result.skippedChecks.contains("what moved into test: the baseline old.json does not say what its splits held"))
  }
}
