import SplitSealRules
import SplitSealAudit
import SplitSealMatch
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@Suite struct RedundancyRuleTests {
  private static let whole =
    "whole pictures were compared, each with those closest to it, upright and mirrored, no crops and no turns"

  @Test func `repeated pictures of a split are one finding that counts them and names the most repeated`() {
    let result = DatasetBuilder(
      """
      train/cat  a
      train/cat  b
      train/cat  a'
      train/cat  b@0.95:mirror
      train/cat  a
      train/cat  *5
      test/cat   a
      test/cat   *9
      """
    ).audit()
    let findings = result.findings(of: .redundancy)
    #expect(
      findings.map(\.message) == [
        "at least 3 of 10 images of train repeat another one of train (30.00 %): 2 pictures are there more than once, "
          + "one of them 3 times (train/cat/1.png); \(Self.whole)"
      ])
    #expect(findings.map(\.samples) == [[0, 1]])
    #expect(findings.map(\.splits) == [[0]])
    #expect(findings.map(\.severity) == [.warning])
    #expect(
      findings.map(\.evidence) == [
        [
          Evidence("repeats", .integer(3)), Evidence("images", .integer(10)),
          Evidence("share", .decimal(0.3, digits: 6)), Evidence("pictures", .integer(2)),
          Evidence("largest", .integer(3)), Evidence("representative", .text("train/cat/1.png")),
          Evidence("weakestLink", .decimal(1, digits: 3)),
        ]
      ])
    #expect(result.passedChecks.contains("no repeats found among 10 images of test (\(Self.whole))"))
  }

  @Test func `rows of one file are no repeats of a picture, and count once beside a copy of it`() {
    let rows = "train/cat a path=x.png\ntrain/dog a path=x.png\n"
    #expect(DatasetBuilder(rows + "test/cat *9").audit().findings(of: .redundancy).isEmpty)
    #expect(
      DatasetBuilder(rows + "train/cat a path=y.png\ntest/cat *9").audit().messages(of: .redundancy) == [
        "at least 1 of 3 images of train repeats another one of train (33.33 %): one picture is there 2 times "
          + "(x.png); \(Self.whole)"
      ])
  }

  @Test func `one repeated picture reads like one`() {
    #expect(
      DatasetBuilder("train/cat a\ntrain/cat a\ntest/cat b").audit().messages(of: .redundancy) == [
        "at least 1 of 2 images of train repeats another one of train (50.00 %): one picture is there 2 times "
          + "(train/cat/1.png); \(Self.whole)"
      ])
  }

  @Test func `the policy's share divides warning from note`() {
    var builder = DatasetBuilder("train/cat a\ntrain/cat a\ntrain/cat *98\ntest/cat *40")
    #expect(builder.audit().findings(of: .redundancy).map(\.severity) == [.warning])
    builder.policy.redundancyWarningShare = 0.011
    #expect(builder.audit().findings(of: .redundancy).map(\.severity) == [.note])
    #expect(builder.audit().verdict == .pass)
  }

  @Test func `two crops of a picture of another split do not repeat each other`() {
    let result = DatasetBuilder(
      """
      test/cat   a
      train/cat  a@0.95:identity:left-half:whole
      train/cat  a@0.96:identity:right-half:whole
      """
    ).audit()
    #expect(result.findings(of: .redundancy).isEmpty)
    #expect(result.findings(of: .nearDuplicate).count == 2)
    #expect(result.input.clusters.map(\.members) == [[0, 1, 2]])
  }

  @Test func `by PDQ it is said that only equal images were looked for`() {
    let result = DatasetBuilder("train/cat a\ntrain/cat a~3\ntest/cat b\ntest/cat b", method: .pdq).audit()
    let words = "only equal bytes and equal pixels were looked for"
    #expect(result.passedChecks.contains("no repeats found among 2 images of train (\(words))"))
    #expect(result.messages(of: .redundancy).map { $0.hasSuffix("; \(words)") } == [true])
  }

  @Test func `a split with nothing to compare is not said to repeat nothing`() {
    let result = DatasetBuilder("train/cat a\ntest/cat !missing\ntest/cat !missing").audit()
    #expect(!result.passedChecks.contains { $0.contains("repeat another") })
  }

  @Test func `the ten largest clusters give the samples, in manifest order`() {
    let copies = (0..<12).map { picture in
      Array(repeating: "train/cat p\(picture)", count: 2 + picture).joined(separator: "\n")
    }
    let findings = DatasetBuilder(copies.joined(separator: "\n")).audit().findings(of: .redundancy)
    let first = (0..<12).map { picture in (0..<picture).reduce(0) { $0 + 2 + $1 } }
    #expect(findings.map(\.samples) == [Array(first[2...])])
  }
}
