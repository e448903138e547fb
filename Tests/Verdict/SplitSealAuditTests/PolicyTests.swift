import SplitSealBase
import SplitSealRules
import SplitSealAudit
import SplitSealFingerprint
import SplitSealPolicy
import SplitSealTestSupport
import Testing

/// What a policy changes in an audit.
@Suite struct PolicyTests {
  private static let leaks = """
    train/cat  a
    train/cat  b
    extra/cat  a
    extra/dog  b@0.95
    test/cat   b
    """

  private func audit(_ change: (inout Policy) -> Void, _ dataset: String = leaks) -> AuditResult {
    var policy = Policy()
    change(&policy)
    return DatasetBuilder(dataset, policy: policy).audit()
  }

  private func count(_ rule: RuleID, _ result: AuditResult) -> Int { result.findings.count { $0.rule == rule } }

  @Test func `every rule of the audit is one that policies may name`() {
    for rule in Audit.rules { #expect(RuleID.all.contains(rule.id), "\(rule.id.rawValue)") }
    #expect(Set(RuleID.all).count == RuleID.all.count)
  }

  @Test func `a rule that is off finds nothing and says so`() {
    let result = audit { $0.severities = [SeverityOverride(rule: .exactDuplicate, severity: nil)] }
    #expect(count(.exactDuplicate, result) == 0)
    #expect(result.skippedChecks.contains("exact-duplicate: the policy switches this rule off"))
    #expect(!result.passedChecks.contains { $0.contains("exact duplicates") })
    #expect(count(.exactDuplicate, audit { _ in }) == 2)
  }

  @Test func `a severity is that of warnings and errors, and notes stay notes`() {
    let result = audit {
      $0.severities = [
        SeverityOverride(rule: .exactDuplicate, severity: .warning),
        SeverityOverride(rule: .labelConflict, severity: .error),
        SeverityOverride(rule: .nearDuplicate, severity: .note),
      ]
    }
    #expect(result.findings.filter { $0.rule == .exactDuplicate }.allSatisfy { $0.severity == .warning })
    #expect(result.findings.filter { $0.rule == .labelConflict }.map(\.severity) == [.error, .error])
    #expect(result.findings.filter { $0.rule == .nearDuplicate }.map(\.severity) == [.note, .note])
    // 2 repeats of 100 are a warning, 2 of 1,000 a note that no policy makes more of.
    let few = audit(
      { $0.severities = [SeverityOverride(rule: .redundancy, severity: .error)] },
      "train *998\ntrain a\ntrain a\ntest *998\ntest b\ntest b\n")
    #expect(few.findings.filter { $0.rule == .redundancy }.map(\.severity) == [.note, .note])
    #expect(result.findings.map(\.id).sorted() == audit { _ in }.findings.map(\.id).sorted(), "identities stay")
  }

  @Test func `an allowed overlap is counted and not found, with its reason`() {
    let result = audit { $0.allowedOverlaps = [AllowedOverlap("extra", "train", reason: "cut out")] }
    #expect(result.findings.filter { RuleID.leaks.contains($0.rule) }.allSatisfy { $0.splits != [0, 1] })
    #expect(
      result.skippedChecks.contains(
        "allowed by the policy: 1 exact-duplicate finding, 1 near-duplicate finding and 1 label-conflict finding"
          + " between extra and train (cut out)"))
    // train and test share b still.
    #expect(count(.exactDuplicate, result) == 1 && result.verdict == .fail)
  }

  @Test func `an overlap of one rule allows no other`() {
    let result = audit {
      $0.allowedOverlaps = [AllowedOverlap("train", "extra", rules: [.nearDuplicate], reason: "x")]
    }
    #expect(count(.nearDuplicate, result) == 1 && count(.exactDuplicate, result) == 2)
    #expect(
      result.skippedChecks.contains("allowed by the policy: 1 near-duplicate finding between train and extra (x)"))
  }

  @Test func `an overlap of splits that are not there is told`() {
    let result = audit {
      $0.allowedOverlaps = [
        AllowedOverlap("train", "extar", reason: "x"), AllowedOverlap("a\u{1B}", "b", reason: "x"),
        AllowedOverlap("train", "test", rules: [.groupLeak], reason: "y"),
      ]
    }
    #expect(
      result.skippedChecks.contains(
        "the policy allows an overlap of 'train' and 'extar', and 'extar' is no split of this dataset"))
    #expect(
      result.skippedChecks.contains(
        "the policy allows an overlap of 'a\\u{1b}' and 'b', and 'a\\u{1b}' and 'b' are no splits of this dataset"))
    #expect(result.skippedChecks.contains("allowed by the policy: nothing was found between train and test (y)"))
  }

  /// SHA-256 of the canonical form that the tests of policies spell out, by `sha256sum`.
  @Test func `the digest is that of the canonical form`() {
    #expect(Policy().digest.description == "a545ec7407351d138ad3e8a54b3a01283227b10d7d377b8d01dee68fe7b9f67f")
  }
}
