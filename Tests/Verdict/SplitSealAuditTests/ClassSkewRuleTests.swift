import SplitSealRules
import SplitSealManifest
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@testable import SplitSealAudit

@Suite struct ClassSkewRuleTests {
  /// Ten classes in 8,000 training images; of the first, 80, and in 2,000 test images as many as said.
  private func rareClass(inTest count: Int) -> String {
    let others = (1...9).map { "train/c\($0) *880\ntest/c\($0) *\($0 == 9 ? 2_000 - count - 8 * 220 : 220)" }
    return (["train/rare *80"] + (count > 0 ? ["test/rare *\(count)"] : []) + others).joined(separator: "\n")
  }

  @Test func `a rare class that disappears is an error that no omnibus score sees`() {
    // Fisher's p is 2.328e-8 by exact summation; Holm multiplies the smallest of ten by ten, and nine tenths of the level are
    // the classes'.
    let found = DatasetBuilder(rareClass(inTest: 0)).audit().findings(of: .classSkew)
    #expect(found.map(\.severity) == [.error])
    #expect(
      found.map(\.message) == [
        "'rare' is 1.00 % of train and 0.00 % of test; p = 2.3e-8, adjusted 2.6e-7 (Fisher exact, Holm over 10 tests)"
      ])
    #expect(found[0].evidence.contains(Evidence("pValue", .text("2.3e-8"))))
    // The distance of this table is 0.01: a hundredth of the images would have to change class.
    #expect(found[0].evidence.contains(Evidence("distance", .decimal(0.01, digits: 4))))
  }

  @Test func `a rare class that doubles is a warning`() {
    // Fisher's p is 5.152e-4 by exact summation, times ten over 0.9; the ratio's interval is Katz's, 1.3727 to 2.9140.
    let found = DatasetBuilder(rareClass(inTest: 40)).audit().findings(of: .classSkew)
    #expect(found.map(\.severity) == [.warning])
    #expect(
      found.map(\.message) == [
        "'rare' is 1.00 % of train and 2.00 % of test: 2.00 times (95 % interval 1.37 to 2.91); "
          + "p = 0.00052, adjusted 0.0057 (Fisher exact, Holm over 10 tests)"
      ])
  }

  @Test func `a split of fewer than 30 labelled images is never a pass, with one class as well`() {
    let few = DatasetBuilder("train/cat *40\ntest/cat *29").audit()
    #expect(few.verdict == .inconclusive)
    #expect(few.inconclusive.contains { $0.hasPrefix("test holds 29 labelled images: fewer than 30 cannot tell") })
    #expect(DatasetBuilder("train/cat *40\ntest/cat *30").audit().verdict == .pass)
    // Without labels there is nothing to be said of classes.
    #expect(DatasetBuilder("train *4\ntest *3").audit().verdict == .pass)
  }

  @Test func `a class of five in a hundred that disappears is an error`() {
    let others = (1...9).map { "train/c\($0) *844\ntest/c\($0) *\($0 == 9 ? 224 : 222)" }
    let found = DatasetBuilder((["train/rare *404"] + others).joined(separator: "\n")).audit().findings(of: .classSkew)
    #expect(found.contains { $0.severity == .error && $0.message.hasPrefix("'rare' is 5.05 % of train and 0.00 %") })
  }

  @Test(arguments: [(1_040, nil), (1_100, Severity.warning), (1_300, .error)])
  func `two classes of 50 % hold at 52, warn at 55 and fail at 65 in two thousand test images`(
    _ count: Int, _ severity: Severity?
  ) {
    let text = "train/a *4000\ntrain/b *4000\ntest/a *\(count)\ntest/b *\(2_000 - count)"
    let found = DatasetBuilder(text).audit().findings(of: .classSkew)
    #expect(found.map(\.severity).max() == severity)
    guard let table = found.first else { return }
    #expect(table.message.hasPrefix("class shares of train and test differ: "))
    // The mean distance of random splits: the mean absolute deviation of hypergeom(10000, 4000 + count, 2000) over 1,600,
    // by SciPy 1.17.1, is 0.00997 for 1,100 and 0.00993 for 1,300.
    let mean = table.evidence.first { $0.name == "nullMeanDistance" }
    guard case .decimal(let value, _) = mean?.value else {
      Issue.record("a table's finding names what random splits give")
      return
    }
    #expect(abs(value - 0.00995) < 0.0004)
  }

  @Test func `equal shares hold, and the sentences say what that means`() {
    let result = DatasetBuilder(rareClass(inTest: 20)).audit()
    #expect(result.findings(of: .classSkew).isEmpty)
    #expect(
      result.passedChecks.contains(
        "class shares: none of 10 classes differs between train and test both beyond chance (p < 0.01) and beyond 0.80 to "
          + "1.25 times (Fisher exact, Holm over 10 tests; smallest adjusted p 1.0)"))
    #expect(
      result.passedChecks.contains {
        $0.hasPrefix("class shares of train and test: total variation distance 0.00 % (random splits: ")
          && $0.contains("Cramer's V 0.000, Jensen-Shannon distance 0.000, population stability index 0.0000 (random")
          // chi2.isf(0.05, 9) (1 / 8,000 + 1 / 2,000) by SciPy.
          && $0.hasSuffix("95 % below 0.0106)")
      })
    #expect(result.passedChecks.contains { $0.hasPrefix("class shares of train and test are equal within 5 points: ") })
    #expect(
      result.passedChecks.contains(
        "class shares of train and test are closer than in 99 % of random splits: the split was stratified by class"))
  }

  @Test func `shares of small splits are not said to be equal, whatever the p-value`() {
    // Two classes of 20 of 40: the bound of the difference is near 22 points.
    let held = DatasetBuilder("train/a *20\ntrain/b *20\ntest/a *20\ntest/b *20").audit().passedChecks
    #expect(held.contains { $0.hasPrefix("class shares: none of 2 classes differs") })
    #expect(!held.contains { $0.contains("equal within") })
  }

  @Test func `what held names the smallest p-value, because not significant is not equal`() {
    // Two classes are one test a pair. SciPy 1.17.1's fisher_exact of 120 of 240 and 63 of 93 is 0.004612; Holm multiplies
    // the smallest of three by three, and 0.013836 / 0.9 is 0.0154.
    let held = DatasetBuilder(
      "train/a *120\ntrain/b *120\nval/a *30\nval/b *30\ntest/a *63\ntest/b *30"
    ).audit().passedChecks.filter { $0.hasPrefix("class shares: none") }
    #expect(held.count == 3)
    #expect(held.contains { $0.contains("between train and test") && $0.hasSuffix("smallest adjusted p 0.015)") })
  }

  @Test func `a large ratio within chance is no finding`() {
    #expect(DatasetBuilder("train/a *38\ntrain/b *2\ntest/a *36\ntest/b *4").audit().findings(of: .classSkew).isEmpty)
  }

  @Test func `two classes are one test, told of the class that changed by the larger factor`() {
    let found = DatasetBuilder("train/a *900\ntrain/b *100\ntest/a *700\ntest/b *300").audit().findings(of: .classSkew)
    #expect(found.count == 2)
    #expect(found.first?.message.hasPrefix("class shares of train and test differ: 20.00 % of the labels") == true)
    #expect(found.last?.message.hasPrefix("'b' is 10.00 % of train and 30.00 % of test: 3.00 times") == true)
    #expect(found.last?.evidence.contains(Evidence("tests", .integer(1))) == true)
    #expect(found.map(\.severity) == [.error, .error])
  }

  @Test func `every pair of splits is compared, training first whatever the manifest's order`() {
    let found = DatasetBuilder(
      """
      test/a   *100
      test/b   *900
      val/a    *500
      val/b    *500
      train/a  *500
      train/b  *500
      """
    ).audit().findings(of: .classSkew).filter { !$0.message.hasPrefix("class shares") }
    #expect(found.map(\.splits) == [[0, 2], [0, 1]])
    #expect(found.first?.message.hasPrefix("'a' is 50.00 % of train and 10.00 % of test: 0.20 times") == true)
    #expect(found.last?.message.hasPrefix("'a' is 50.00 % of val and 10.00 % of test: 0.20 times") == true)
  }

  @Test func `a split of 29 images is not compared, and the verdict is no pass`() {
    let result = DatasetBuilder("train/a *500\ntrain/b *500\ntest/a *14\ntest/b *15").audit()
    #expect(!result.passedChecks.contains { $0.hasPrefix("class shares") })
    #expect(
      result.inconclusive == [
        "test holds 29 labelled images: fewer than 30 cannot tell whether labels differ from those of another split by"
          + " chance"
      ])
    #expect(result.verdict == .inconclusive)
    // One class has no shares to compare, and a reader would still take the split for checked.
    #expect(DatasetBuilder("train/a *500\ntest/a *29").audit().verdict == .inconclusive)
  }

  /// One random split of a pool of ten classes: what the null hypothesis says of honest datasets.
  private func randomSplit(_ random: inout SplitMix64) -> AuditInput {
    var pool = (0..<10).flatMap { label in Array(repeating: label, count: 40 + 35 * label) }
    pool.shuffle(using: &random)
    var (training, test) = (Array(repeating: 0, count: 10), Array(repeating: 0, count: 10))
    for label in pool.dropLast(pool.count / 5) { training[label] += 1 }
    for label in pool.suffix(pool.count / 5) { test[label] += 1 }
    return .classes(training: training, test: test)
  }

  @Test func `of 40 random splits at most three are flagged`() {
    // split-simulation does this with thousands. The family-wise level is 1 %: four or more of 40 have a chance of 7e-4.
    var random = SplitMix64(seed: 20_260_401)
    let flagged = (0..<40).count { _ in !ClassSkewRule().evaluate(randomSplit(&random)).findings.isEmpty }
    #expect(flagged <= 3, "\(flagged) of 40 flagged")
  }

  @Test func `a class that shrinks to a third is found in every one of 10 datasets`() {
    var random = SplitMix64(seed: 20_260_402)
    let found = (0..<10).count { _ in
      var test = Array(repeating: 0, count: 10)
      // 1,000 test images; the last class has 15 % of train and 5 % of these.
      for _ in 0..<1_000 {
        let isLast = Int.random(in: 0..<100, using: &random) < 5
        test[isLast ? 9 : Int.random(in: 0..<9, using: &random)] += 1
      }
      let input = AuditInput.classes(training: Array(repeating: 378, count: 9) + [600], test: test)
      return ClassSkewRule().evaluate(input).findings.contains { $0.message.hasPrefix("'9' is") }
    }
    #expect(found == 10)
  }
}
