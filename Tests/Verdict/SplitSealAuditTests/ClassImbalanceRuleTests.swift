import SplitSealRules
import SplitSealAudit
import SplitSealManifest
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@Suite struct ClassImbalanceRuleTests {
  private func audit(_ text: String, _ shares: [(String, Double)], tolerance: Double = 0.1) -> AuditResult {
    var policy = Policy()
    policy.classRatio = shares.map { DeclaredShare(label: $0.0, part: $0.1) }
    policy.ratioTolerance = tolerance
    return DatasetBuilder(text, policy: policy).audit()
  }

  @Test func `twice as many spoofs as declared are an error, with what always answering spoof would score`() {
    let result = audit(
      """
      train/real   *1000
      train/spoof  *1000
      test/real    *1000
      test/spoof   *2100
      """, [("real", 1), ("spoof", 1)])
    let found = result.findings(of: .classImbalance)
    // Wilson's interval of 2,100 of 3,100 as odds: 0.66075 / 0.33925 and 0.69365 / 0.30635. 2,100 / 3,100 is 67.7 %.
    #expect(
      found.map(\.message) == [
        "test holds 2.10 'spoof' for each 'real' where 1.00 is declared (95 % interval 1.95 to 2.26); "
          + "always answering 'spoof' would score 67.7 % accuracy and 50.0 % balanced accuracy"
      ])
    #expect(found.map(\.severity) == [.error])
    #expect(found.map(\.splits) == [[1]])
    let evidence = found[0].evidence
    #expect(evidence.contains(Evidence("count", .integer(2_100))))
    #expect(evidence.contains(Evidence("foundRatio", .decimal(2.1, digits: 4))))
    #expect(evidence.contains(Evidence("majorityBalancedAccuracy", .decimal(0.5, digits: 4))))
    #expect(
      result.passedChecks.contains(
        "train holds 1.00 'spoof' for each 'real' where 1.00 is declared (95 % interval 0.92 to 1.09): "
          + "within 10 % of what is declared"))
  }

  @Test(arguments: [(110, 100, true), (100, 110, true), (111, 100, false), (100, 111, false)])
  func `a tolerance of 10 % ends at 1.1 to 1 and at 1 to 1.1, whichever class is named first`(
    _ real: Int, _ spoof: Int, _ holds: Bool
  ) {
    let text = "test/real *\(real)\ntest/spoof *\(spoof)"
    #expect(audit(text, [("real", 1), ("spoof", 1)]).findings(of: .classImbalance).isEmpty == holds)
    #expect(audit(text, [("spoof", 1), ("real", 1)]).findings(of: .classImbalance).isEmpty == holds)
  }

  @Test func `declared parts are parts and not counts`() {
    let text = "test/real *100\ntest/spoof *300"
    #expect(audit(text, [("real", 0.5), ("spoof", 1.5)]).findings(of: .classImbalance).isEmpty)
    #expect(audit(text, [("real", 3), ("spoof", 1)]).findings(of: .classImbalance).count == 1)
  }

  @Test func `of three classes the one farthest off is told and the others are counted`() {
    let messages = audit(
      "test/a *100\ntest/b *150\ntest/c *10", [("a", 1), ("b", 1), ("c", 1)]
    ).messages(of: .classImbalance)
    #expect(messages.count == 1)
    #expect(messages.first?.hasPrefix("test holds 0.10 'c' for each 'a' where 1.00 is declared (95 % interval") == true)
    #expect(
      messages.first?.contains("); 1 more class off; always answering 'b' would score 57.7 % accuracy and 33.3 %")
        == true)
  }

  @Test func `a split that lacks a declared class is off`() {
    #expect(
      audit("test/spoof *12\ntrain/real *5\ntrain/spoof *5", [("real", 1), ("spoof", 1)]).messages(of: .classImbalance)
        == [
          "test holds 12 'spoof' and no 'real' where a ratio of 1.00 is declared; "
            + "always answering 'spoof' would score 100.0 % accuracy and 100.0 % balanced accuracy"
        ])
    let real = audit("test/real *12\ntrain/real *5\ntrain/spoof *5", [("real", 1), ("spoof", 1)])
    #expect(real.messages(of: .classImbalance).first?.hasPrefix("test holds 0.00 'spoof' for each 'real'") == true)
  }

  @Test func `a declared class that is no label is an error with the labels that are`() {
    let result = audit("test/live *10\ntest/spoof *10", [("real", 1), ("spoof", 1)])
    #expect(
      result.messages(of: .classImbalance) == [
        "the declared class 'real' is no label of this dataset; its labels are 'live' and 'spoof'"
      ])
    #expect(result.verdict == .fail)
  }

  @Test func `labels outside the declared ratio are a warning`() {
    let found = audit("test/a *10\ntest/b *10\ntest/x *3", [("a", 1), ("b", 1)]).findings(of: .classImbalance)
    #expect(found.map(\.message) == ["1 label is not in the declared ratio and left out: 'x'"])
    #expect(found.map(\.severity) == [.warning])
  }

  @Test func `a declared ratio that cannot be checked keeps the verdict from being a pass`() {
    let unlabelled = audit("train *10\ntest *10", [("a", 1), ("b", 1)])
    #expect(unlabelled.verdict == .inconclusive)
    #expect(
      unlabelled.inconclusive == ["a class ratio is declared and the manifest gives no labels: it could not be checked"]
    )
    let half = audit("train/a *40\ntrain/b *40\ntest *10", [("a", 1), ("b", 1)])
    #expect(half.verdict == .inconclusive)
    #expect(half.inconclusive == ["test has no labels: the declared class ratio could not be checked there"])
  }

  @Test(arguments: [0, -1, Double.nan, .infinity])
  func `a part that is no positive number is not taken for a declaration`(_ part: Double) {
    #expect(audit("train/a *40\ntest/a *40", [("a", 1), ("b", part)]).verdict == .inconclusive)
  }

  @Test func `no declared ratio, no finding and no claim`() {
    let result = audit("train/a *40\ntrain/b *400\ntest/a *40\ntest/b *400", [])
    #expect(result.findings(of: .classImbalance).isEmpty)
    #expect(!result.passedChecks.contains { $0.contains("declared") })
  }
}

@Suite struct ClassBalanceTests {
  @Test func `without a declared ratio nineteen to one of two classes holds and more is a warning`() {
    let even = DatasetBuilder("train/a *760\ntrain/b *40\ntest/a *760\ntest/b *40").audit()
    #expect(even.findings(of: .classImbalance).isEmpty)
    // 1 in 20 is a tenth of an equal share. The entropy of 19 : 1 is 0.2864 bits, and 2^0.2864 is 1.22.
    #expect(
      even.passedChecks.contains(
        "the commonest of 2 classes of test, 'a', has 19.00 times the images of the rarest, 'b': as even as 1.2 equally "
          + "common classes"))
    let found = DatasetBuilder("train/a *840\ntrain/b *40\ntest/a *840\ntest/b *40").audit()
      .findings(of: .classImbalance)
    #expect(found.map(\.severity) == [.warning, .warning])
    #expect(
      found.last?.message
        == "the commonest of 2 classes of test, 'a', has 21.00 times the images of the rarest, 'b' (840 and 40): as even "
        + "as 1.2 equally common classes; always answering 'a' would score 95.5 % accuracy and 50.0 % balanced accuracy"
    )
    // A model that is also right on every other 'b': 0.9545 + 0.0455 / 2.
    #expect(found.last?.evidence.contains(Evidence("biasedAccuracy", .decimal(0.9772727272727273, digits: 4))) == true)
  }

  @Test func `a class below a tenth of an equal share is a warning`() {
    // 8 of 808 and an equal share of 1 in 9: 8 x 9 / 808 is 0.089, though no class is twenty times as common.
    let classes =
      (1...8).map { "test/c\($0) *100" } + ["test/rare *8", "train/rare *100"]
      + (1...8).map { "train/c\($0) *100" }
    let found = DatasetBuilder(classes.joined(separator: "\n")).audit().findings(of: .classImbalance)
    #expect(found.map(\.severity) == [.warning])
    #expect(found.first?.message.contains("'c1', has 12.50 times the images of the rarest, 'rare'") == true)
  }

  @Test func `fewer than thirty images are not judged`() {
    #expect(DatasetBuilder("train/a *28\ntrain/b *1").audit().findings(of: .classImbalance).isEmpty)
  }
}
