import SplitSealRules
import SplitSealAudit
import SplitSealManifest
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@Suite struct AuditTests {
  @Test func `two clean splits pass`() {
    let result = DatasetBuilder("train/cat *50\ntrain/dog *50\ntest/cat *40\ntest/dog *40").audit()
    #expect(result.verdict == .pass)
    #expect(result.findings.isEmpty)
    #expect(result.inconclusive.isEmpty)
    #expect(result.passedChecks.contains("all 180 images could be read"))
    #expect(result.passedChecks.contains("0 of 180 paths are named twice"))
  }

  @Test func `class counts and coverage are by split`() {
    let result = DatasetBuilder("train/dog *3\ntrain/cat *2\ntest/cat *1\ntest !missing").audit()
    #expect(result.classCounts == [[2, 3, 0], [1, 0, 1]])
    #expect(result.coverage.map(\.listedCount) == [5, 2])
    #expect(result.coverage.map(\.checkedCount) == [5, 1])
  }

  @Test func `one unreadable image makes the verdict inconclusive, and the sentence says what accepts it`() {
    var builder = DatasetBuilder("train *1000\ntest *997\ntest !truncated\ntest !missing\ntest !empty")
    #expect(builder.audit().verdict == .inconclusive)
    #expect(
      builder.audit().inconclusive == [
        "3 of 1,000 images of test could not be read (0.30 %); --allow-unreadable 0.003 accepts that"
      ])
    builder.policy.allowedUnreadableShare = 0.003
    #expect(builder.audit().verdict == .pass)
    builder.policy.allowedUnreadableShare = 0.0029
    #expect(builder.audit().verdict == .inconclusive)
  }

  @Test(arguments: [(1, 2, "0.34"), (1, 999, "0.001"), (7, 1, "0.88"), (2, 59_998, "0.000034")])
  func `the share that is offered is rounded up, so that it does accept`(_ bad: Int, _ good: Int, _ share: String) {
    let bads = Array(repeating: "test !corrupt", count: bad).joined(separator: "\n")
    var builder = DatasetBuilder("train a\ntest *\(good)\n\(bads)")
    #expect(builder.audit().inconclusive.first?.contains("--allow-unreadable \(share) accepts") == true)
    builder.policy.allowedUnreadableShare = Double(share) ?? 0
    #expect(builder.audit().verdict == .pass)
  }

  @Test func `a split nothing of which could be read is not offered a way out`() {
    var builder = DatasetBuilder("train a\ntest !corrupt")
    builder.policy.allowedUnreadableShare = 1
    #expect(builder.audit().verdict == .inconclusive)
    #expect(builder.audit().inconclusive == ["none of 1 image of test could be read"])
  }

  @Test func `a leak beats missing coverage`() {
    #expect(DatasetBuilder("train a\ntest a\ntest !corrupt").audit().verdict == .fail)
  }

  @Test func `the severity that fails is the policy's`() {
    var builder = DatasetBuilder("train/cat a path=x\ntrain/cat a path=x\ntrain/cat *40\ntest/cat *40")
    #expect(builder.audit().verdict == .pass)
    builder.policy.failOn = .warning
    #expect(builder.audit().verdict == .fail)
    builder.policy.failOn = .note
    #expect(builder.audit().verdict == .fail)
  }

  @Test func `one split alone is inconclusive, and so is nothing`() {
    let single = DatasetBuilder("train *40").audit()
    #expect(single.verdict == .inconclusive)
    #expect(single.inconclusive == ["only one split, train: there is nothing to compare it with"])
    let empty = DatasetBuilder("").audit()
    #expect(empty.verdict == .inconclusive)
    #expect(empty.inconclusive == ["the dataset is empty: nothing was checked"])
    #expect(empty.passedChecks.isEmpty)
  }

  @Test func `findings are ordered by severity, then by rule, then by manifest`() {
    let result = DatasetBuilder(
      """
      train/cat  a      path=x
      train/cat  a      path=x
      train/cat  a      path=y
      train/cat  b
      train/dog  *30
      test/cat   b
      test/cat   !empty
      test/dog   a~3
      """
    ).audit()
    #expect(
      result.findings.map(\.rule) == [
        .exactDuplicate, .nearDuplicate, .nearDuplicate, .nearDuplicate, .redundancy, .duplicateRow, .labelConflict,
        .labelConflict, .labelConflict, .unreadableImage, .classMissing,
      ])
    let severities = result.findings.map(\.severity)
    #expect(severities == severities.sorted(by: >))
  }

  @Test func `two runs give the same findings`() {
    let builder = DatasetBuilder("train/cat a\ntrain/dog *30\ntest/cat a~3\ntest/dog a'\nval *3\nval !missing")
    #expect(builder.audit().findings == builder.audit().findings)
    #expect(builder.audit().passedChecks == builder.audit().passedChecks)
  }

  @Test func `every rule has its place in the list and a name of its own`() {
    #expect(
      Audit.rules.map(\.id.rawValue) == [
        "exact-duplicate", "near-duplicate", "in-doubt", "redundancy", "duplicate-row", "group-leak", "sequence-leak",
        "dates", "label-conflict", "unreadable-image", "class-missing", "class-imbalance", "class-skew",
        "property-drift",
        "shortcut", "moved-into-test", "reference-leak",
      ])
  }
}
