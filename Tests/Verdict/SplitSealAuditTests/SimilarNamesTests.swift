import SplitSealRules
import SplitSealManifest
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@testable import SplitSealAudit

/// Groups and classes that are written in several ways.
@Suite struct SimilarNamesTests {
  @Test(arguments: [
    (["p07", "P07 "], true), (["007", "7"], true), (["p07", "p7"], true), (["Cat", "cat"], true),
    (["big cat", "Bigcat"], true), (["\u{E9}", "E\u{301}"], true), (["stra\u{DF}e", "STRASSE"], true),
    (["0", "00"], true),
    (["a0b", "a00b"], true), (["1.05", "1.5"], false), (["10", "1"], false), (["7", "70"], false),
    (["p7", "p77"], false),
    (["100", "010"], false), (["a0b", "ab"], false), (["0", ""], false), (["cat", "cats"], false),
  ])
  func `blanks, case and leading zeros do not tell names apart, all else does`(names: [String], areAlike: Bool) {
    #expect(SimilarNames.sets(of: names) == (areAlike ? [[0, 1]] : []))
  }

  @Test func `groups that may be one are a warning that names them and their splits`() {
    let result = DatasetBuilder(
      """
      train/cat *20 group=p07
      train/cat *20 group=p8
      test/cat  *20 group=P07
      test/cat  *20 group=p9
      """
    ).audit()
    let found = result.findings(of: .groupLeak)
    #expect(
      found.map(\.message) == [
        "1 group by group may be written in several ways, which differ in blanks, case or leading zeros and are taken for "
          + "different groups: 'P07' (test) = 'p07' (train)"
      ])
    #expect(found.map(\.severity) == [.warning])
    #expect(found.map(\.splits) == [[0, 1]])
  }

  @Test func `classes that differ in case alone are a warning`() {
    let result = DatasetBuilder("train/Cat *20\ntrain/cat *20\ntrain/dog *9\ntest/cat *40\ntest/dog *40").audit()
    #expect(
      result.messages(of: .classMissing).filter { $0.contains("several ways") } == [
        "1 class may be written in several ways, which differ in blanks, case or leading zeros and are taken for different "
          + "classes: 'Cat' (train) = 'cat' (train and test)"
      ])
  }

  @Test func `names that are told apart are no finding`() {
    let result = DatasetBuilder("train/cat *40 group=a\ntest/cat *40 group=b").audit()
    #expect(result.findings(of: .groupLeak).isEmpty && result.findings(of: .classMissing).isEmpty)
  }

  @Test func `what an input could not say is told under what was not checked`() {
    let input = DatasetBuilder("train/cat *40\ntest/cat *40").input()
    let manifest = Manifest(
      root: "/", splits: input.manifest.splits, labels: input.manifest.labels, samples: input.manifest.samples,
      inputs: [ManifestInput(path: "a.csv", format: .csv, notes: ["column 'site' was not taken"])])
    let result = Audit.run(
      AuditInput(manifest: manifest, outcomes: input.outcomes, matches: input.matches, policy: input.policy))
    #expect(result.skippedChecks.first == "column 'site' was not taken")
    #expect(result.statements.first?.skippedChecks == ["column 'site' was not taken"])
  }
}
