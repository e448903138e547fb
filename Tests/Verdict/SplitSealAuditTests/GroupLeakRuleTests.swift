import SplitSealRules
import SplitSealAudit
import SplitSealManifest
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@Suite struct GroupLeakRuleTests {
  static let shared = """
    train/cat *3 group=p1
    train/cat *2 group=p2
    val/cat *1 group=p2
    test/cat *4 group=p1
    test/cat *2 group=p3
    test/cat *1
    """

  @Test func `a group in two splits is an error that counts its images`() {
    let result = DatasetBuilder(Self.shared).audit()
    let found = result.findings(of: .groupLeak)
    #expect(
      found.map(\.message) == [
        "group 'p1' is in train (3 images) and test (4 images)", "group 'p2' is in train (2 images) and val (1 image)",
      ])
    #expect(found.map(\.severity) == [.error, .error])
    // The first of p1 in train and in test.
    #expect(found.first?.samples == [0, 6])
    #expect(found.first?.splits == [0, 2])
    #expect(result.verdict == .fail)
  }

  @Test func `what two splits do not share is said with its counts`() {
    let result = DatasetBuilder(Self.shared).audit()
    #expect(result.passedChecks.contains("0 of 3 groups by group are in both val and test (val 1, test 2)"))
    #expect(result.skippedChecks.contains("1 of 7 images of test have no group by group: group-leak leaves them out"))
  }

  @Test func `overlaps count groups and images on both sides`() {
    let overlaps = DatasetBuilder(Self.shared).audit().groupOverlaps
    #expect(overlaps.map(\.sharedCount) == [1, 1, 0])
    #expect(overlaps.map(\.groupCount) == [2, 3, 3])
    #expect(overlaps.map(\.affectedInFirst) == [2, 3, 0])
    #expect(overlaps.map(\.affectedInSecond) == [1, 4, 0])
  }

  @Test func `without groups the report says that subjects were not compared`() {
    let result = DatasetBuilder("train/cat *50\ntest/cat *40").audit()
    #expect(
      result.skippedChecks.contains { $0.hasPrefix("whether a subject, patient, video or scene is in two splits") })
    #expect(!result.passedChecks.contains { $0.contains("group") })
  }

  @Test func `a group keeps the id of its finding when its counts change`() {
    let few = DatasetBuilder("train *1 group=p1\ntest *1 group=p1").audit().findings(of: .groupLeak)
    let many = DatasetBuilder("train *9 group=p1\ntest *5 group=p1").audit().findings(of: .groupLeak)
    #expect(few.map(\.id) == many.map(\.id))
  }
}
