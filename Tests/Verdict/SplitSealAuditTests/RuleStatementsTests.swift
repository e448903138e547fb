import SplitSealRules
import SplitSealAudit
import SplitSealPolicy
import SplitSealTestSupport
import Testing

/// Sentences by the rule that says them.
@Suite struct RuleStatementsTests {
  private let result: AuditResult = {
    var policy = Policy()
    policy.severities = [SeverityOverride(rule: .shortcut, severity: nil)]
    policy.allowedOverlaps = [AllowedOverlap("train", "extra", reason: "cut out of train")]
    return DatasetBuilder(
      "train/cat a\ntrain/dog b\nextra/cat a\ntest/cat !truncated\ntest/dog c plain", policy: policy
    )
    .audit()
  }()

  @Test func `every sentence of the audit is of one rule, or of the whole`() {
    #expect(result.statements.map(\.rule) == [nil] + Audit.rules.map { $0.id })
    #expect(result.statements.flatMap(\.passedChecks) == result.passedChecks)
    #expect(result.statements.flatMap(\.inconclusive) == result.inconclusive)
    #expect(result.statements.flatMap(\.skippedChecks).sorted() == result.skippedChecks.sorted())
  }

  @Test func `a sentence is of the rule that says it`() throws {
    let shortcut = try #require(result.statements.first { $0.rule == .shortcut })
    #expect(shortcut.skippedChecks == ["shortcut: the policy switches this rule off"])
    let whole = try #require(result.statements.first)
    #expect(whole.inconclusive.contains { $0.hasPrefix("1 of 2 images of test could not be read") })
    #expect(whole.skippedChecks.contains { $0.hasPrefix("allowed by the policy: ") })
  }
}
