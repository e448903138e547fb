import SplitSealBase
import SplitSealRules
import SplitSealAudit
import SplitSealFingerprint
import SplitSealManifest
import SplitSealMatch
import SplitSealPolicy
import SplitSealTestSupport
import Testing

extension AuditResult {
  /// The findings of one rule.
  func findings(of rule: RuleID) -> [Finding] { findings.filter { $0.rule == rule } }

  /// The messages of one rule's findings.
  func messages(of rule: RuleID) -> [String] { findings(of: rule).map(\.message) }
}

@Suite struct LeakageRuleTests {
  @Test func `the same bytes and the same pixels in two splits are exact duplicates`() {
    let result = DatasetBuilder(
      """
      train/cat  a
      train/cat  b
      test/cat   a
      test/cat   b'
      test/cat   c
      """
    ).audit()
    let findings = result.findings(of: .exactDuplicate)
    #expect(findings.map(\.samples) == [[0, 2], [1, 3]])
    #expect(findings.allSatisfy { $0.severity == .error && $0.splits == [0, 1] })
    #expect(
      findings.map(\.message) == [
        "same bytes as test/cat/3.png (test)", "same pixels as test/cat/4.png (test), under other bytes",
      ])
    #expect(
      findings[1].evidence == [
        Evidence("kind", .text("pixels")), Evidence("score", .decimal(1, digits: 3)),
        Evidence("orientation", .text("identity")),
      ])
    #expect(result.verdict == .fail)
  }

  @Test func `an edit in another split is a near-duplicate, with its distance and how it lies`() {
    let result = DatasetBuilder(
      """
      train/cat  a
      test/cat   a~12:mirror
      """, method: .pdq
    ).audit()
    let findings = result.findings(of: .nearDuplicate)
    #expect(
      findings.map(\.message) == [
        "12 of 256 PDQ bits differ from test/cat/2.png (test), mirrored; 31 or fewer is a near-duplicate"
      ])
    #expect(
      findings[0].evidence == [
        Evidence("kind", .text("pdq")), Evidence("score", .decimal(1 - 12.0 / 62, digits: 3)),
        Evidence("orientation", .text("mirror")), Evidence("distance", .integer(12)),
        Evidence("of", .integer(256)), Evidence("sampling", .text("standard")),
      ])
    #expect(result.findings(of: .exactDuplicate).isEmpty)
  }

  @Test func `a distance by the centred samples is not passed off as the standard's`() {
    let messages = DatasetBuilder("train/cat a\ntest/dog a~4:turn180:centred").audit().messages(of: .nearDuplicate)
    #expect(
      messages == [
        "4 of 256 centred PDQ bits differ from test/dog/2.png (test), turned by 180 degrees; "
          + "31 or fewer is a near-duplicate"
      ])
  }

  @Test func `32 differing bits are no near-duplicate`() {
    let result = DatasetBuilder(
      """
      train/cat  a
      test/cat   a~32
      """, method: .pdq
    ).audit()
    #expect(result.findings(of: .nearDuplicate).isEmpty)
    #expect(
      result.passedChecks.contains(
        "0 near-duplicates between train and test by PDQ at 31 bits (1 x 1 images, 8 orientations)"))
    #expect(
      result.passedChecks.contains("0 exact duplicates between train and test, by bytes and by pixels (1 x 1 images)"))
  }

  @Test func `copies within one split are no leak`() {
    let result = DatasetBuilder(
      """
      train/cat  a
      train/cat  a
      test/cat   b
      """
    ).audit()
    #expect(result.findings(of: .exactDuplicate).isEmpty)
  }

  @Test func `a pair of splits with matches is not said to have held, the others are`() {
    let held = DatasetBuilder(
      """
      train/cat  a
      val/cat    b
      test/cat   a
      """
    ).audit().passedChecks
    #expect(!held.contains { $0.hasPrefix("0 exact duplicates between train and test") })
    #expect(held.contains { $0.hasPrefix("0 exact duplicates between train and val") })
    #expect(held.contains { $0.hasPrefix("0 near-duplicates between train and test") })
  }

  @Test func `images too plain for PDQ are not counted as compared`() {
    let result = DatasetBuilder(
      """
      train/cat  a
      test/cat   b
      test/cat   c  plain
      """, method: .pdq
    ).audit()
    #expect(
      result.passedChecks.contains(
        "0 near-duplicates between train and test by PDQ at 31 bits (1 x 1 images, 8 orientations)"))
    #expect(
      result.skippedChecks.contains(
        "of 2 images of test read, 1 was compared; 1 shows too little for PDQ (quality below 50): compared by bytes and pixels only"
      ))
  }

  @Test func `a split nothing of which could be read is not said to be free of duplicates`() {
    let held = DatasetBuilder(
      """
      train/cat  a
      test/cat   !missing
      """
    ).audit().passedChecks
    #expect(!held.contains { $0.contains("duplicates between") })
  }

  @Test func `a leak keeps its identity whatever else changes, and which split comes first does not matter`() {
    let one = DatasetBuilder(
      """
      train  a  path=train/a.png
      test   a  path=test/b.png
      """
    ).audit().findings(of: .exactDuplicate)
    let other = DatasetBuilder(
      """
      test   a  path=b.png
      test   a  path=test/b.png
      train  a  path=train/a.png
      train  x
      """
    ).audit().findings(of: .exactDuplicate)
    #expect(other.map(\.id).contains(one[0].id))
    #expect(Set(other.map(\.id)).count == 2)
  }

  @Test func `the identity is SHA-256 of the rule and the sorted items`() {
    // printf 'splitseal/finding/v1\0exact-duplicate\0test/b.png\0train/a.png' | sha256sum
    let finding = Finding(
      rule: .exactDuplicate, severity: .error, message: "", splits: [0, 1], items: ["train/a.png", "test/b.png"])
    #expect(finding.id.description == "7aa907aff1ae653e2a2793bf26c3fb209e93828941452a2f3f970d4142b12e59")
  }
}
