import SplitSealRules
import SplitSealAudit
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@Suite struct DatesRuleTests {
  private func audit(_ text: String, isTestLater: Bool = true) -> AuditResult {
    var builder = DatasetBuilder(text)
    builder.policy.grouping.isTestLater = isTestLater
    return builder.audit()
  }

  @Test func `a test image as old as the youngest training image is an error`() {
    let result = audit(
      "train *40 date=2020-01-01\ntrain *1 date=2020-06-30\ntest *30 date=2021-01-01\ntest *2 date=2020-06-30")
    let found = result.findings(of: .dates)
    #expect(
      found.map(\.message) == [
        "2 of 32 images of test (6.25 %) are not later than the latest of train, 2020-06-30; the earliest is of 2020-06-30"
      ])
    #expect(found.first?.severity == .error)
    #expect(found.first?.samples == [40, 71])
  }

  @Test func `a clean cut in time is said with both ends`() {
    let result = audit("train *40 date=2020-01-01\ntest *40 date=2020-01-02T08:30:00")
    #expect(result.findings(of: .dates).isEmpty)
    #expect(
      result.passedChecks.contains(
        "every image of test with a time is later than all of train (2020-01-02T08:30:00 after 2020-01-01)"))
  }

  @Test func `images without a time keep the verdict from being a pass`() {
    let result = audit("train *40 date=5\ntest *39 date=6\ntest *1")
    #expect(result.verdict == .inconclusive)
    #expect(result.inconclusive.contains { $0.hasPrefix("1 image of test have no time") })
    #expect(audit("train *40\ntest *40").verdict == .inconclusive)
  }

  @Test func `without a declaration nothing is found, and that is said`() {
    let result = audit("train *40 date=6\ntest *40 date=5", isTestLater: false)
    #expect(result.findings(of: .dates).isEmpty)
    #expect(result.skippedChecks.contains { $0.contains("nobody says that test has to be later (--test-later)") })
  }
}
