internal import SplitSealManifest

extension AuditResult {
  /// What the leaks may be worth; counted anew at every call.
  ///
  /// - Complexity: O(*n* + *m*) on average for *n* samples and *m* listed matches, times the pairs of splits.
  public var impact: Impact { Impact(input, classCounts: classCounts) }
}

/// What the leaks may be worth: how much of each evaluated split they touch, and what that makes of a reported accuracy.
public struct Impact: Hashable, Sendable {
  /// For each evaluated split, how much of it is in each split that a model could learn from; pairs without a leak too.
  public let leaks: [LeakImpact]
  /// For each reported accuracy, what it leaves open.
  public let bounds: [AccuracyBounds]
  /// For each evaluated split with predictions, how the model did on what leaked and on the rest.
  public let predictions: [PredictedAccuracy]

  /// Computes the impact.
  init(_ input: AuditInput, classCounts: [[Int]]) {
    let tally = LeakTally(input)
    leaks = tally.impacts(classCounts)
    guard !input.claims.reported.isEmpty || input.claims.predictions != nil else {
      (bounds, predictions) = ([], [])
      return
    }
    let samples = input.manifest.samples
    let isLeaked = tally.leakedFromTraining()
    var leakedCounts = Array(repeating: 0, count: input.manifest.splits.count)
    for sample in samples.indices where isLeaked[sample] { leakedCounts[samples[sample].split] += 1 }
    bounds = input.claims.reported.map { claim in
      AccuracyBounds(
        split: claim.split, accuracy: claim.accuracy, imageCount: classCounts[claim.split].reduce(0, +),
        leakedCount: leakedCounts[claim.split])
    }
    guard let predicted = input.claims.predictions else {
      predictions = []
      return
    }
    var tallies = input.manifest.splits.map { _ in PredictionTally(labelCount: input.manifest.labels.count) }
    for (index, sample) in samples.enumerated() where input.manifest.splits[sample.split].role.isEvaluated {
      tallies[sample.split].add(predicted[index], label: sample.label, isLeaked: isLeaked[index])
    }
    predictions = tallies.enumerated().compactMap { $1.accuracy(ofSplit: $0) }
  }
}
