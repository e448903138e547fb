import SplitSealRules
import SplitSealPolicy
import SplitSealStatistics
import SplitSealTestSupport
import Testing

@testable import SplitSealAudit

@Suite struct ShortcutRuleTests {
  private func audit(_ text: String, policy: Policy = Policy()) -> AuditResult {
    DatasetBuilder(text, policy: policy).audit()
  }

  private func findings(_ text: String) -> [Finding] { audit(text).findings(of: .shortcut) }

  @Test func `a class whose images are all of one format is named, in every split`() {
    let found = findings(
      """
      train/real  *40 jpeg=90
      train/spoof *40
      test/real   *20 jpeg=90
      test/spoof  *20
      """)
    #expect(found.map(\.severity) == [.error])
    #expect(
      found.map(\.message) == [
        "format alone predicts the label with 100.0 % balanced accuracy in train and 100.0 % balanced accuracy in test"
          + " (chance 50.0 %): every image of 'real' and none of 'spoof' is 'jpeg'"
      ])
    #expect(found.first?.evidence.contains(Evidence("otherSplits", .text("test 1.0000"))) == true)
  }

  // The commoner format is the answer in every part: 70 % of each class are right. Two recalls of 0.7 of 100 images
  // have a standard error of sqrt(2 x 0.7 x 0.3 / 100) / 2 = 0.0324, which units of one image raise by
  // sqrt(200 / 199); five parts of a cross-validation widen it 1.5 times.
  @Test func `a format that only leans to a class is a warning`() {
    let found = findings(
      "train/real *70 jpeg=90\ntrain/real *30\ntrain/spoof *30 jpeg=90\ntrain/spoof *70\ntest/real *5\ntest/spoof *5")
    #expect(found.map(\.severity) == [.warning])
    #expect(
      found.first?.message == "format alone predicts the label with 70.0 % balanced accuracy in train (chance 50.0 %):"
        + " 70.0 % of 'real' and 30.0 % of 'spoof' is 'jpeg'")
    #expect(found.first?.evidence.contains(Evidence("balancedAccuracy", .decimal(0.7, digits: 4))) == true)
    guard
      case .decimal(let error, _)? = found.first?.evidence.first(where: { $0.name == "standardError" })?.value
    else {
      Issue.record("no standard error")
      return
    }
    #expect(abs(error - 1.5 * 0.032404 * (200.0 / 199).squareRoot()) < 1e-4)
  }

  /// A twentieth of all images are PNG and spoof: accuracy would be 95 % for a constant answer, and balanced it is 50 %.
  @Test func `rare classes weigh as much as common ones`() {
    let found = findings("train/real *190 jpeg=90\ntrain/spoof *10\ntest/real *5\ntest/spoof *5")
    #expect(found.first?.message.contains("100.0 % balanced accuracy in train (chance 50.0 %)") == true)
  }

  /// Between 110 and 120 both classes lie equally dense: a quarter of each is a guess, and 87.5 % are right.
  @Test func `numbers are told with the classes' medians`() throws {
    let found = findings("train/real *200 brightness=80..120\ntrain/spoof *200 brightness=110..150")
    #expect(found.map(\.severity) == [.error])
    let message = try #require(found.first).message
    #expect(message.hasPrefix("brightness alone predicts the label with 8"))
    #expect(message.hasSuffix("the median is 100.0 for 'real' and 130.0 for 'spoof'"))
  }

  @Test func `a property that is spread alike over the classes is none`() {
    let result = audit("train/real *200 brightness=80..120\ntrain/spoof *200 brightness=80..120")
    #expect(result.findings(of: .shortcut).isEmpty)
    #expect(
      result.passedChecks.contains {
        $0.hasPrefix(
          "shortcut: none of 1 image property predicts the label by itself 10 points better than chance and by more than"
        )
      })
  }

  /// All real images are of one person with a dark room: leaving the person out, nothing is known of real images.
  @Test func `what one group shows is no property of a class`() {
    let text = """
      train/real  *50 group=a brightness=50..70
      train/spoof *50 group=b brightness=150..170
      """
    #expect(findings(text).isEmpty)
    let many = (0..<12).map {
      "train/real *5 group=r\($0) brightness=50..70\ntrain/spoof *5 group=s\($0) brightness=150..170"
    }
    #expect(findings(many.joined(separator: "\n")).map(\.severity) == [.error])
  }

  @Test func `what cannot be told is said`() {
    let message = "shortcut needs 30 readable images of two classes of 10 or more: too few in train"
    for text in [
      "train/real *14 jpeg=90\ntrain/spoof *15", "train/real *60 jpeg=90\ntrain/real *60",
      "train/real *60 jpeg=90\ntrain/spoof *9",
    ] {
      let result = audit(text)
      #expect(result.findings(of: .shortcut).isEmpty)
      #expect(result.skippedChecks.contains(message))
    }
    #expect(!audit("train *40 jpeg=90\ntrain *40").skippedChecks.contains(message))
    var policy = Policy()
    policy.classes.kind = .number
    let regression = audit("train/1.5 *40 jpeg=90\ntrain/2.5 *40", policy: policy)
    #expect(regression.findings(of: .shortcut).isEmpty)
    #expect(regression.skippedChecks.contains { $0.hasPrefix("shortcut looks at labels that are one class an image") })
  }

  /// Two thousand properties that have nothing to do with the label.
  @Test func `chance is no shortcut`() {
    var random = SplitMix64(seed: 11)
    var alarms = 0
    for trial in 0..<2_000 {
      let (count, classCount) = [(30, 2), (30, 3), (60, 2), (200, 2), (200, 10)][trial % 5]
      let labels = (0..<count).map { $0 % classCount }
      let isCategory = trial.isMultiple(of: 2)
      let values = labels.map { _ in
        Float(isCategory ? Int.random(in: 0..<3, using: &random) : Int.random(in: 0..<1000, using: &random))
      }
      let units = Array(0..<count)
      let score = LabelPrediction(
        values: values, isCategory: isCategory, labels: labels, classCount: classCount, units: units,
        folds: GroupedFolds(groups: units, count: 5, seed: 1))
      if score.gain > 0.10, score.gain > ShortcutRule.leastStandardErrors * score.standardError { alarms += 1 }
    }
    #expect(alarms <= 4, "\(alarms) alarms")
  }
}
