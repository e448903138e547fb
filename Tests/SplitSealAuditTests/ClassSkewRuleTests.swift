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
    // Fisher's p is 2.328e-8 by exact summation; Holm multiplies the smallest of ten by ten.
    let found = DatasetBuilder(rareClass(inTest: 0)).audit().findings(of: .classSkew)
    #expect(found.map(\.severity) == [.error])
    #expect(
      found.map(\.message) == [
        "'rare' is 1.00 % of train and 0.00 % of test; p = 2.3e-7 (Fisher exact, Holm over 10 tests)"
      ])
    #expect(found[0].evidence.contains(Evidence("pValue", .text("2.3e-8"))))
  }

  @Test func `a rare class that doubles is a warning`() {
    // Fisher's p is 5.152e-4 by exact summation, times ten; the ratio's interval is Katz's, 1.3727 to 2.9140.
    let found = DatasetBuilder(rareClass(inTest: 40)).audit().findings(of: .classSkew)
    #expect(found.map(\.severity) == [.warning])
    #expect(
      found.map(\.message) == [
        "'rare' is 1.00 % of train and 2.00 % of test: 2.00 times (95 % interval 1.37 to 2.91); "
          + "p = 0.0052 (Fisher exact, Holm over 10 tests)"
      ])
  }

  @Test func `equal shares hold, and the sentence says what that means`() {
    let result = DatasetBuilder(rareClass(inTest: 20)).audit()
    #expect(result.findings(of: .classSkew).isEmpty)
    #expect(
      result.held.contains(
        "class shares: none of 10 classes differs between train and test both beyond chance (p < 0.01) and beyond 0.8 to "
          + "1.25 times (Fisher exact, Holm; smallest p 1.0)"))
  }

  @Test func `what held names the smallest p-value, because not significant is not equal`() {
    // Two classes are one test a pair. SciPy 1.17.1's fisher_exact of 120 of 240 and 63
    // of 93 is 0.004612; Holm multiplies the smallest of three by three.
    let held = DatasetBuilder(
      "train/a *120\ntrain/b *120\nval/a *30\nval/b *30\ntest/a *63\ntest/b *30"
    ).audit().held.filter { $0.hasPrefix("class shares") }
    #expect(held.count == 3)
    #expect(held.contains { $0.contains("between train and test") && $0.hasSuffix("smallest p 0.014)") })
  }

  @Test func `a significant difference below the floor is no finding`() {
    // 50 and 55 % of 20,000 each: far beyond chance, and 1.1 times.
    let text = "train/a *10000\ntrain/b *10000\ntest/a *11000\ntest/b *9000"
    #expect(DatasetBuilder(text).audit().findings(of: .classSkew).isEmpty)
  }

  @Test func `a large ratio within chance is no finding`() {
    #expect(DatasetBuilder("train/a *38\ntrain/b *2\ntest/a *36\ntest/b *4").audit().findings(of: .classSkew).isEmpty)
  }

  @Test func `two classes are one test, told of the class that changed by the larger factor`() {
    let found = DatasetBuilder("train/a *900\ntrain/b *100\ntest/a *700\ntest/b *300").audit().findings(of: .classSkew)
    #expect(found.count == 1)
    #expect(found.first?.message.hasPrefix("'b' is 10.00 % of train and 30.00 % of test: 3.00 times") == true)
    #expect(found.first?.evidence.contains(Evidence("tests", .integer(1))) == true)
    #expect(found.first?.severity == .error)
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
    ).audit().findings(of: .classSkew)
    #expect(found.map(\.splits) == [[0, 2], [0, 1]])
    #expect(found.first?.message.hasPrefix("'a' is 50.00 % of train and 10.00 % of test: 0.20 times") == true)
    #expect(found.last?.message.hasPrefix("'a' is 50.00 % of val and 10.00 % of test: 0.20 times") == true)
  }

  @Test func `a split of 29 images is not compared and does not touch the verdict`() {
    let result = DatasetBuilder("train/a *500\ntrain/b *500\ntest/a *14\ntest/b *15").audit()
    #expect(!result.held.contains { $0.hasPrefix("class shares") })
    #expect(
      result.notRun.contains(
        "test holds 29 labelled images: class-skew compares splits of 30 or more, fewer cannot tell skew from chance"))
    #expect(result.verdict == .pass)
  }

  @Test func `images that come in groups are not taken for independent: a warning at most`() {
    let text = "train/a *900 group=g1\ntrain/b *100 group=g2\ntest/a *100 group=g3\ntest/b *900 group=g4"
    let result = DatasetBuilder(text).audit()
    #expect(result.findings(of: .classSkew).map(\.severity) == [.warning])
    #expect(result.notRun.contains { $0.hasPrefix("class-skew takes images for independent") })
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

  @Test func `of 300 random splits at most three in a hundred are flagged`() {
    var random = SplitMix64(seed: 20_260_401)
    let flagged = (0..<300).count { _ in !ClassSkewRule().evaluate(randomSplit(&random)).findings.isEmpty }
    // The family-wise level is 1 %: ten or more of 300 have a chance of 0.1 %.
    #expect(flagged <= 9, "\(flagged) of 300 flagged")
  }

  @Test func `a class that shrinks to a third is found in nearly every one of 100 datasets`() {
    var random = SplitMix64(seed: 20_260_402)
    let found = (0..<100).count { _ in
      var test = Array(repeating: 0, count: 10)
      // 1,000 test images; the last class has 15 % of train and 5 % of these.
      for _ in 0..<1_000 {
        let isLast = Int.random(in: 0..<100, using: &random) < 5
        test[isLast ? 9 : Int.random(in: 0..<9, using: &random)] += 1
      }
      let input = AuditInput.classes(training: Array(repeating: 378, count: 9) + [600], test: test)
      return ClassSkewRule().evaluate(input).findings.contains { $0.message.hasPrefix("'9' is") }
    }
    #expect(found >= 99)
  }
}
