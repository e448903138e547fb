import SplitSealRules
import SplitSealAudit
import SplitSealManifest
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@Suite struct ClassMissingRuleTests {
  private func findings(_ text: String) -> [Finding] { DatasetBuilder(text).audit().findings(of: .classMissing) }

  @Test func `a class of train that test lacks is an error, one that val lacks a warning`() {
    let found = findings(
      """
      train/cat  *100
      train/dog  *50
      val/cat    *40
      test/cat   *40
      """)
    #expect(found.map(\.severity) == [.error, .warning])
    #expect(
      found.map(\.message) == [
        "class 'dog' is in train (50 images) and not in test", "class 'dog' is in train (50 images) and not in val",
      ])
    #expect(found.map(\.splits) == [[0, 2], [0, 1]])
  }

  @Test func `a class of test that train lacks is an error, and one of val alone a warning`() {
    let found = findings(
      """
      train/cat  *100
      val/cat    *40
      val/fox    *1
      test/cat   *40
      test/dog   *30
      """)
    #expect(found.map(\.severity) == [.error, .warning])
    #expect(
      found.map(\.message) == [
        "class 'dog' is in test (30 images) and not in train", "class 'fox' is in val (1 image) and not in train",
      ])
  }

  @Test func `several training splits are one training set`() {
    let manifest = """
      train/cat     *100
      training/dog  *100
      test/cat      *40
      test/dog      *40
      """
    #expect(findings(manifest).isEmpty)
  }

  @Test func `without a training split evaluation splits are compared with each other`() {
    let found = findings("val/cat *40\nval/dog *40\ntest/cat *40")
    #expect(found.map(\.message) == ["class 'dog' is in val (40 images) and not in test"])
    #expect(found.map(\.severity) == [.warning])
  }

  @Test func `a test split without labels lacks no class`() {
    let result = DatasetBuilder("train/cat *40\ntrain/dog *40\ntest *40").audit()
    #expect(result.findings.isEmpty)
    #expect(result.skippedChecks.contains("test has no labels: the class rules leave it out"))
    #expect(!result.passedChecks.contains { $0.hasPrefix("all 2 classes") })
  }

  @Test func `samples without a label are counted out loud`() {
    let notRun = DatasetBuilder("train/cat *40\ntest/cat *39\ntest *1").audit().skippedChecks
    #expect(notRun.contains("1 of 40 images of test have no label: the class rules leave them out"))
  }

  @Test func `a split of no usual role is not compared`() {
    let result = DatasetBuilder("train/cat *40\ntest/cat *40\nextra/dog *40").audit()
    #expect(result.findings.isEmpty)
    #expect(result.skippedChecks.contains { $0.hasPrefix("extra is neither training, validation nor test") })
  }

  @Test func `a dataset without labels says once that the rules were not run`() {
    let result = DatasetBuilder("train *40\ntest *40").audit()
    #expect(
      result.skippedChecks.filter { $0.contains("label") }
        == ["the manifest gives no labels: label-conflict and the class rules were not run"])
    #expect(result.verdict == .pass)
  }

  @Test func `four test images are a warning, five a note, thirty nothing`() {
    let result = DatasetBuilder(
      """
      train/ape  *100
      train/bee  *100
      train/cat  *100
      train/dog  *100
      test/ape   *4
      test/bee   *5
      test/cat   *29
      test/dog   *30
      """
    ).audit()
    let found = result.findings(of: .classMissing)
    #expect(found.map(\.severity) == [.warning, .note])
    #expect(
      found.map(\.message) == [
        "1 of 4 classes of test has fewer than 5 images: 'ape' (4)",
        "2 of 4 classes of test have fewer than 30 images: 'bee' (5) and 'cat' (29)",
      ])
    #expect(result.passedChecks.contains("all 4 classes are in train and test"))
  }

  @Test func `escape sequences in a class name do not reach the message`() {
    let found = findings("train/cat *40\ntrain/\u{1b}[31mred *40\ntest/cat *40")
    #expect(found.map(\.message) == [#"class '\u{1b}[31mred' is in train (40 images) and not in test"#])
  }
}
