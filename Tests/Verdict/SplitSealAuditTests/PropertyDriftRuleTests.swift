import SplitSealRules
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@testable import SplitSealAudit

@Suite struct PropertyDriftRuleTests {
  private func audit(_ text: String, policy: Policy = Policy()) -> AuditResult {
    DatasetBuilder(text, policy: policy).audit()
  }

  private func findings(_ text: String, policy: Policy = Policy()) -> [Finding] {
    audit(text, policy: policy).findings(of: .propertyDrift).filter { $0.evidence.first?.value != .text("all") }
  }

  // By hand: 100 values from 100 to 140 and from 120 to 160 in steps of 40/99: of the first, 50 are at most 120, and of
  // the second none is below. The standard deviation of 0...99 is sqrt(100 * 101 / 12) = 29.011, times 40/99 is 11.722.
  @Test func `numbers that moved are named with both medians and the distance`() throws {
    let found = findings("train/a *100 brightness=100..140\ntest/a *100 brightness=120..160")
    #expect(found.map(\.severity) == [.error])
    #expect(
      found.map(\.message) == [
        "brightness differs between train and test: median 120.0 and 140.0; D 0.50, p_adj < 0.001"
          + " (Kolmogorov-Smirnov, random assignments, Benjamini-Hochberg over 1 test)"
      ])
    let evidence = try #require(found.first).evidence
    #expect(evidence.contains(Evidence("distance", .decimal(0.5, digits: 4))))
    func decimal(_ name: String) -> Double? {
      guard case .decimal(let number, _)? = evidence.first(where: { $0.name == name })?.value else { return nil }
      return number
    }
    #expect(abs(try #require(decimal("standardisedMeanDifference")) - 20 / 11.722) < 0.002)
    #expect(abs(try #require(decimal("wasserstein")) - 20) < 0.02)
  }

  /// Steps of 40/999: of 1,000 values from 100, floor(6 / 40 * 999) + 1 = 150 are below 106, so D is 0.15.
  @Test func `a small difference in large splits is a warning, and a tiny one is none`() {
    let found = findings("train/a *1000 brightness=100..140\ntest/a *1000 brightness=106..146")
    #expect(found.map(\.severity) == [.warning])
    #expect(
      found.first?.message == "brightness differs between train and test: median 120.0 and 126.0; D 0.15, p_adj < 0.001"
        + " (Kolmogorov-Smirnov, Benjamini-Hochberg over 1 test)")
    // p is 5e-4 and D is 0.09.
    let result = audit("train/a *1000 brightness=100..140\ntest/a *1000 brightness=103.6..143.6")
    #expect(result.findings(of: .propertyDrift).isEmpty)
    #expect(
      result.passedChecks.contains {
        $0.hasPrefix("image properties: none of brightness differs between train and test both beyond chance")
          && $0.hasSuffix("the largest is 0.090, of brightness")
      })
  }

  /// Half of the test images: the total variation distance is 0.5.
  @Test func `categories are named with their shares, and compared by random assignments`() {
    let found = findings("train/a *60\ntest/a *30\ntest/a *30 jpeg=90")
    #expect(found.map(\.severity) == [.error])
    let message = found.first?.message ?? ""
    #expect(message.hasPrefix("format differs between train and test: 'png' is 100.0 % of train and 50.0 % of test;"))
    #expect(message.contains("distance 0.50 (chance gives 0.0"))
    #expect(message.hasSuffix("p_adj < 0.001 (chi-square, random assignments, Benjamini-Hochberg over 1 test)"))
  }

  @Test(
    arguments: [
      ("size=640x480", "size=480x640", "size", "'640 x 480'"),
      ("camera=ACME_Eye", "camera=ACME_Ear", "camera", "'ACME Eye'"),
      ("jpeg=90:4:4:4", "jpeg=90:4:2:0", "JPEG chroma subsampling", "'4:4:4'"),
      ("jpeg=90", "jpeg=75", "JPEG quality", "'75'"),
      ("jpeg=90", "jpeg=75", "JPEG quantisation", "'tables 0000005a'"),
    ])
  func `every kind of category is compared`(_ train: String, _ test: String, _ noun: String, _ category: String) {
    let messages = findings("train/a *40 \(train)\ntest/a *40 \(test)").map(\.message)
    #expect(
      messages.contains { $0.hasPrefix("\(noun) differs between train and test: \(category) is ") }, "\(messages)")
  }

  @Test func `many sizes are compared as numbers, and the aspect beside them`() {
    let train = (0..<30).map { "train/a *2 size=\(600 + $0)x400" }
    let test = (0..<30).map { "test/a *2 size=\(600 + $0)x800" }
    let messages = findings((train + test).joined(separator: "\n")).map(\.message)
    #expect(messages.count == 2)
    #expect(messages[0].hasPrefix("size differs between train and test: median 0.25 and 0.49 megapixels; D 1.00"))
    #expect(messages[1].hasPrefix("aspect ratio differs between train and test: median 1.54 and 0.77; D 1.00"))
  }

  /// Four groups can be dealt two and two in six ways, two of which are as extreme: p is 1/3.
  @Test func `images of a group count as one`() {
    let text = """
      train/a *50 group=a brightness=100..105
      train/a *50 group=b brightness=101..106
      test/a  *50 group=c brightness=130..135
      test/a  *50 group=d brightness=131..136
      """
    #expect(findings(text).isEmpty)
    #expect(audit(text).passedChecks.contains { $0.hasSuffix("the largest is 1.000, of brightness") })
    let alone = text.split(separator: "\n").map {
      $0.split(separator: " ").filter { !$0.hasPrefix("group=") }.joined(separator: " ")
    }
    #expect(findings(alone.joined(separator: "\n")).map(\.severity) == [.error])
  }

  @Test func `categories of a group count as one`() {
    let text = """
      train/a *50 group=a
      train/a *50 group=b
      test/a  *50 group=c jpeg=90
      test/a  *50 group=d jpeg=90
      """
    #expect(findings(text).isEmpty)
  }

  /// Brightness is the same and contrast is moved by 0.08 of its range, which no single test minds; their difference
  /// tells every image's split.
  @Test func `splits that only all properties together tell apart are named`() {
    let result = audit(
      "train/a *200 brightness=100..200 contrast=10..110\ntest/a *200 brightness=100..200 contrast=18..118")
    let found = result.findings(of: .propertyDrift)
    #expect(found.map(\.severity) == [.error])
    #expect(
      found.first?.message.hasPrefix("image properties alone tell train from test: area under the curve 1.00") == true)
    #expect(found.first?.evidence.first == Evidence("property", .text("all")))
  }

  /// A model that tells worse than chance tells nothing: people read no number, the record keeps it.
  @Test func `an area below that of chance is said in words, and recorded as a number`() throws {
    let result = audit("train/a *100 brightness=100..140\ntest/a *100 brightness=100..140")
    let start = "image properties together do not tell train from test: "
    let recorded = try #require(result.passedChecks.first { $0.hasPrefix(start) })
    let area = try #require(recorded.firstMatch(of: /area under the curve (0\.\d\d), where 0.50 is chance/)).1
    try #require(area < "0.50")
    let shown = try #require(result.statements.flatMap(\.passedChecks).first { $0.hasPrefix(start) })
    #expect(
      shown == start + "no better than chance (an area under the curve of more than 0.60 would be a finding)")
    #expect(result.statements.flatMap(\.passedChecks).count == result.passedChecks.count)
  }

  @Test func `what cannot be compared is said`() {
    let small = audit("train/a *60 brightness=100..140\ntest/a *29 brightness=200..240")
    #expect(small.findings(of: .propertyDrift).isEmpty)
    #expect(
      small.skippedChecks.contains(
        "property-drift compares splits of 30 readable images or more, as fewer cannot tell drift from chance: test holds"
          + " 29"))
    let plain = audit("train/a *60\ntest/a *60")
    #expect(plain.passedChecks.contains("image properties: they are the same for all images"))
  }

  @Test func `the policy's floors decide`() {
    var policy = Policy()
    policy.propertyDrift.warningDistance = 0.6
    policy.propertyDrift.errorDistance = 0.7
    policy.propertyDrift.warningArea = 1
    #expect(
      findings("train/a *100 brightness=100..140\ntest/a *100 brightness=120..160", policy: policy).isEmpty)
  }

  @Test func `a finding keeps its identity when numbers change`() {
    let first = findings("train/a *100 brightness=100..140\ntest/a *100 brightness=120..160")
    let second = findings("train/a *90 brightness=90..140\ntest/a *100 brightness=150..160")
    #expect(first.map(\.id) == second.map(\.id) && first.count == 1)
  }
}
