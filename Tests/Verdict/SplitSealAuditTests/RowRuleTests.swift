import SplitSealRules
import SplitSealAudit
import SplitSealManifest
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@Suite struct DuplicateRowRuleTests {
  @Test func `a path twice in one split is a warning`() {
    let result = DatasetBuilder(
      """
      train/cat  a  path=x.png
      train/cat  b
      train/cat  a  path=x.png
      test/cat   c
      """
    ).audit()
    let findings = result.findings(of: .duplicateRow)
    #expect(findings.map(\.severity) == [.warning])
    #expect(findings.map(\.samples) == [[0, 2]])
    #expect(findings.map(\.message) == ["named 2 times in one split: train (line 1) and train (line 3)"])
    #expect(result.passedChecks.contains("0 of 3 paths are in two splits"))
  }

  @Test func `a path in two splits is an error, whether or not it can be read`() {
    let result = DatasetBuilder(
      """
      train/cat  !missing  path=x.png
      test/cat   !missing  path=x.png
      test/cat   !missing  path=x.png
      """
    ).audit()
    let findings = result.findings(of: .duplicateRow)
    #expect(findings.map(\.severity) == [.error])
    #expect(findings.map(\.samples) == [[0, 1, 2]])
    #expect(findings.map(\.splits) == [[0, 1]])
    #expect(findings[0].message == "one path in 2 splits: train (line 1), test (line 2) and test (line 3)")
    #expect(result.verdict == .fail)
  }

  @Test func `a row for each label is one image with several labels and not a repeat, however few there are`() {
    let result = DatasetBuilder(
      """
      train/cat  a  path=x.png
      train/dog  a  path=x.png
      train/cat  *40
      test/cat   *40
      """
    ).audit()
    #expect(result.findings(of: .duplicateRow).isEmpty)
    #expect(result.findings(of: .redundancy).isEmpty)
    // One image of many: most likely one of the labels is wrong.
    #expect(result.findings(of: .labelConflict).map(\.samples) == [[0, 1]])
    let again = DatasetBuilder("train/cat a path=x.png\ntrain/dog a path=x.png\ntrain/dog a path=x.png\ntest/cat *40")
    #expect(again.audit().findings(of: .duplicateRow).map(\.samples) == [[0, 1, 2]])
  }

  @Test func `paths that differ only in Unicode normalisation are two paths`() {
    let result = DatasetBuilder("train/cat a path=\u{e4}.png\ntest/cat b path=a\u{308}.png").audit()
    #expect(result.findings(of: .duplicateRow).isEmpty)
    #expect(result.passedChecks.contains("0 of 2 paths are named twice"))
  }
}

@Suite struct LabelConflictRuleTests {
  @Test func `exact copies with two labels are an error, within a split and across`() {
    let result = DatasetBuilder(
      """
      train/cat  a
      train/dog  a
      test/dog   a'
      """
    ).audit()
    let findings = result.findings(of: .labelConflict)
    #expect(findings.map(\.samples) == [[0, 1], [0, 2]])
    #expect(findings.allSatisfy { $0.severity == .error })
    #expect(
      findings.map(\.message) == [
        "labelled 'cat'; train/dog/2.png (train) is labelled 'dog' and has the same bytes",
        "labelled 'cat'; test/dog/3.png (test) is labelled 'dog' and has the same pixels",
      ])
  }

  @Test func `near-duplicates with two labels are a warning`() {
    let findings = DatasetBuilder(
      """
      train/cat  a
      test/dog   a~8
      """
    ).audit().findings(of: .labelConflict)
    #expect(findings.map(\.severity) == [.warning])
    #expect(
      findings.map(\.message) == [
        "labelled 'cat'; test/dog/2.png (test) is labelled 'dog' and differs in 8 of 256 PDQ bits"
      ])
  }

  @Test(arguments: [
    ("test/dog a@0.93:mirror", Severity.warning, "(test)", "mirrored, with probability 0.930"),
    ("train/dog a@0.93:mirror", .warning, "(train)", "mirrored, with probability 0.930"),
    ("test/dog a@0.899:mirror", .note, "(test)", "mirrored, with probability 0.899"),
    (
      "test/dog a@0.97:mirror?", .note, "(test)",
      "mirrored, by descriptors alone (score 0.970): the pixels could not be compared"
    ),
  ])
  func `aligned pictures with two labels warn when they are sure, within a split and across`(
    _ row: String, _ severity: Severity, _ split: String, _ certainty: String
  ) {
    let findings = DatasetBuilder("train/cat a\n\(row) path=y.png").audit().findings(of: .labelConflict)
    #expect(findings.map(\.severity) == [severity])
    #expect(
      findings.map(\.message) == [
        "labelled 'cat'; y.png \(split) is labelled 'dog' and shows the same picture, \(certainty)"
      ])
  }

  @Test func `one unreadable path with two labels is a conflict`() {
    let findings = DatasetBuilder(
      """
      train/cat  !missing  path=x.png
      train/dog  !missing  path=x.png
      """
    ).audit().findings(of: .labelConflict)
    #expect(findings.map(\.message) == ["labelled 'cat'; x.png (train) is labelled 'dog' and is the same path"])
  }

  @Test func `equal labels and absent labels are no conflict`() {
    let result = DatasetBuilder(
      """
      train/cat  a
      test/cat   a
      test       a
      train/cat  !missing  path=x.png
      train/cat  !missing  path=x.png
      """
    ).audit()
    #expect(result.findings(of: .labelConflict).isEmpty)
    #expect(result.passedChecks.contains("0 of 2 listed pairs of copies carry two labels"))
  }
}

@Suite struct UnreadableImageRuleTests {
  @Test(arguments: [
    ("missing", "could not be read: no such file"), ("not-a-file", "could not be read: not a regular file"),
    ("truncated", "could not be read: truncated: the file ends early"),
    ("empty", "could not be read: the file is empty"),
    ("unsupported", "could not be read: WEBP is not supported"),
  ])
  func `every unreadable image is a warning that says why`(_ fault: String, _ message: String) {
    let result = DatasetBuilder("train/cat a\ntest/cat b\ntest/cat !\(fault)").audit()
    let findings = result.findings(of: .unreadableImage)
    #expect(findings.map(\.message) == [message])
    #expect(findings.map(\.severity) == [.warning])
    #expect(findings.map(\.samples) == [[2]])
    #expect(findings[0].evidence.first == Evidence("fault", .text(fault)))
    #expect(result.verdict == .inconclusive)
  }

  @Test func `a dataset that could be read says so`() {
    #expect(DatasetBuilder("train/cat a\ntest/cat b").audit().passedChecks.contains("all 2 images could be read"))
  }
}
