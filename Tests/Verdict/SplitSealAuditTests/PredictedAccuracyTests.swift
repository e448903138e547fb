import SplitSealAudit
import SplitSealManifest
import SplitSealTestSupport
import Testing

/// How a model did with and without the leaks.
///
/// Intervals are those of SciPy 1.17, `binomtest(k, n).proportion_ci(method='wilson')`, and statsmodels 0.15,
/// `confint_proportions_2indep(38, 40, 45, 60, method='newcomb')`; counts are by hand.
@Suite struct PredictedAccuracyTests {
  /// 100 test images: 40 copies (all cats), 60 others (20 cats, 40 dogs).
  ///
  /// Right are 38 copies, 15 cats and 30 dogs.
  private func accuracy() throws -> PredictedAccuracy {
    let copies = (0..<40).map { "train/cat c\($0)\ntest/cat c\($0)" }.joined(separator: "\n")
    let input = DatasetBuilder("\(copies)\ntrain/dog *10\ntest/cat *20\ntest/dog *40").input()
    var seen = [0, 0, 0]
    let predictions = input.manifest.samples.enumerated().map { index, sample -> Predictions.Prediction in
      guard sample.split == 1 else { return .missing }
      // Copies stand before the others, cats before dogs.
      let part = index < 80 ? 0 : sample.label == 0 ? 1 : 2
      seen[part] += 1
      let isRight = seen[part] <= [38, 15, 30][part]
      return .label(isRight ? sample.label ?? 0 : 1 - (sample.label ?? 0))
    }
    #expect(seen == [40, 20, 40])
    let file = Predictions(path: "p.csv", sha256: [], rowCount: 100, ofSample: predictions)
    let claims = try AccuracyClaims([], predictions: file, in: input.manifest)
    return try #require(Audit.run(input.with(claims)).impact.predictions.first)
  }

  @Test func `each part has its accuracy with Wilson's interval`() throws {
    let accuracy = try accuracy()
    #expect([accuracy.all, accuracy.clean, accuracy.leaked].map(\.imageCount) == [100, 60, 40])
    #expect([accuracy.all, accuracy.clean, accuracy.leaked].map(\.correctCount) == [83, 45, 38])
    expect(accuracy.all.interval, 0.7445199523, 0.8910643389)
    expect(accuracy.clean.interval, 0.6276792992, 0.8422347747)
    expect(accuracy.leaked.interval, 0.8349612263, 0.9861793326)
  }

  @Test func `balanced accuracy is the mean over the classes that are there`() throws {
    let accuracy = try accuracy()
    #expect([accuracy.all, accuracy.clean, accuracy.leaked].map(\.classCount) == [2, 2, 1])
    // Cats 53 of 60, dogs 30 of 40.
    #expect(abs((accuracy.all.balancedAccuracy ?? 0) - (53.0 / 60 + 0.75) / 2) < 1e-12)
    #expect(abs((accuracy.clean.balancedAccuracy ?? 0) - 0.75) < 1e-12)
    #expect(abs((accuracy.leaked.balancedAccuracy ?? 0) - 0.95) < 1e-12)
  }

  @Test func `the gap has Newcombe's interval`() throws {
    let gap = try #require(try accuracy().gap)
    #expect(abs(gap.difference - 0.2) < 1e-12)
    expect(gap.interval, 0.0525511169, 0.3275589979)
  }

  @Test func `what cannot be counted is said`() throws {
    let input = DatasetBuilder("train/a x\ntest/a x\ntest/b y\ntest z\ntest/b w\ntest/a v").input()
    let file = Predictions(
      path: "p.csv", sha256: [], rowCount: 4,
      ofSample: [.missing, .label(0), .unknownLabel, .label(0), .missing, .label(1)])
    let claims = try AccuracyClaims([], predictions: file, in: input.manifest)
    let accuracy = try #require(Audit.run(input.with(claims)).impact.predictions.first)
    #expect([accuracy.missingCount, accuracy.unlabelledCount, accuracy.unknownLabelCount] == [1, 1, 1])
    #expect([accuracy.all.imageCount, accuracy.all.correctCount] == [3, 1])
    #expect([accuracy.leaked.imageCount, accuracy.leaked.correctCount] == [1, 1])
  }

  @Test func `predictions of training images alone are refused`() throws {
    let input = DatasetBuilder("train/a x\ntest/a y").input()
    let file = Predictions(path: "p.csv", sha256: [], rowCount: 1, ofSample: [.label(0), .missing])
    let fault = try #require(throws: ManifestError.self) {
      try AccuracyClaims([], predictions: file, in: input.manifest)
    }
    #expect(fault.description == "p.csv: no prediction is for an image of a test or validation split")
  }

  private func expect(
    _ interval: ClosedRange<Double>?, _ low: Double, _ high: Double, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(abs((interval?.lowerBound ?? 9) - low) < 1e-9, sourceLocation: location)
    #expect(abs((interval?.upperBound ?? 9) - high) < 1e-9, sourceLocation: location)
  }
}
