import SplitSealRules
import SplitSealAudit
import SplitSealMatch
import SplitSealPolicy
import SplitSealTestSupport
import Testing

/// near-duplicate, where pictures were aligned.
@Suite struct AlignedLeakTests {
  @Test(arguments: [
    ("a@0.9731", "shows the same picture as test/y.png (test), with probability 0.973"),
    ("a@0.62:mirror", "shows the same picture as test/y.png (test), mirrored, with probability 0.620"),
    (
      "a@0.88:turn90:middle:whole",
      "in its middle shows the picture of test/y.png (test), turned by 90 degrees, with probability 0.880"
    ),
    ("a@0.9:identity:whole:left-half", "shows the left half of test/y.png (test), with probability 0.900"),
    (
      "a@0.9:mirror:upper-left:lower-right-quarter",
      "in its upper left part shows the lower right quarter of test/y.png (test), mirrored, with probability 0.900"
    ),
    // Only what is equal is certain.
    ("a@0.99999", "shows the same picture as test/y.png (test), with probability >0.999"),
    (
      "a@0.94?",
      "shows the same picture as test/y.png (test), by descriptors alone (score 0.940): the pixels could not be compared"
    ),
  ])
  func `the message says which picture, how it lies and how sure that is`(_ edit: String, _ message: String) {
    let result = DatasetBuilder("train/cat a\ntest/cat \(edit) path=test/y.png").audit()
    #expect(result.messages(of: .nearDuplicate) == [message])
    #expect(result.verdict == .fail)
  }

  @Test func `the evidence holds the score and what the detector saw`() {
    let findings = DatasetBuilder("train/cat a\ntest/cat a@0.93:mirror:whole:middle\ntest/cat b").audit()
      .findings(of: .nearDuplicate)
    #expect(
      findings.map(\.evidence) == [
        [
          Evidence("kind", .text("aligned")), Evidence("score", .decimal(0.93, digits: 3)),
          Evidence("orientation", .text("mirror")), Evidence("cosine", .decimal(0.9, digits: 3)),
          Evidence("view", .text("whole")), Evidence("otherView", .text("middle")),
          Evidence("overlap", .decimal(0.8, digits: 3)),
        ]
      ])
    let unchecked = DatasetBuilder("train/cat a\ntest/cat a@0.93?").audit().findings(of: .nearDuplicate)
    #expect(unchecked.map { $0.evidence.map(\.name).contains("overlap") } == [false])
    #expect(unchecked.first?.evidence.first == Evidence("kind", .text("descriptor")))
  }

  @Test func `what held names the method, and does not count images that show too little`() {
    let result = DatasetBuilder("train/cat *2000\ntest/cat b\ntest/cat c\ntest/cat d plain").audit()
    #expect(
      result.passedChecks.contains(
        "0 near-duplicates between train and test by alignment at probability 0.50 "
          + "(2,000 x 2 images, 15 views, 8 orientations)"))
    #expect(
      result.skippedChecks.contains(
        "of 3 images of test read, 2 were compared; 1 shows too little to be judged: only equal bytes and pixels were looked"
          + " for"))
  }

  @Test func `a split all of which is plain is not said to be free of near-duplicates`() {
    let result = DatasetBuilder("train/cat a plain\ntrain/cat b plain\ntest/cat c").audit()
    #expect(!result.passedChecks.contains { $0.contains("near-duplicates between") })
    #expect(
      result.skippedChecks.contains(
        "of 2 images of train read, 0 were compared; 2 show too little to be judged: only equal bytes and pixels were looked"
          + " for"))
  }

  @Test func `images with more candidates than were checked are counted`() {
    let input = DatasetBuilder("train/cat a\ntest/cat b").input()
    func notRun(_ count: Int) -> [String] {
      let matches = MatchResult(matches: [], counts: input.matches.counts, cutShortCount: count)
      return Audit.run(
        AuditInput(manifest: input.manifest, outcomes: input.outcomes, matches: matches, policy: Policy())
      ).skippedChecks
    }
    #expect(
      notRun(12).contains(
        "for 12 images not every candidate was checked: there were more than the limit for one image"))
    #expect(!notRun(0).contains { $0.contains("candidate") })
  }
}
