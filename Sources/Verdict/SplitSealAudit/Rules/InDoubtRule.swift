internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// Names the pairs of two splits that may be copies or look-alikes: the detector cannot tell.
///
/// One note for two splits, and never more: what cannot be told is no error. Where it concerns too many images the verdict
/// is inconclusive by way of the coverage.
struct InDoubtRule: Rule {
  /// Pairs whose samples a finding names, the surest first.
  private static let exampleCount = 3

  var id: RuleID { .inDoubt }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    for between in input.doubt.between where between.pairCount > 0 {
      outcome.findings.append(finding(between, input))
    }
    return outcome
  }

  private func finding(_ between: PairsInDoubt.Between, _ input: AuditInput) -> Finding {
    let samples = input.manifest.samples
    let splits = [between.first, between.second]
    let examples = input.doubt.ranked
      .filter { [samples[$0.first].split, samples[$0.second].split].sorted() == splits }.prefix(Self.exampleCount)
    let images = [(between.countInFirst, between.first), (between.countInSecond, between.second)]
      .map { "\(counted($0, "image")) of \(input.name(ofSplit: $1))" }
    return Finding(
      rule: id, severity: .note,
      message: "\(counted(between.pairCount, "pair")) of \(images.joined(separator: " and ")) "
        + "\(between.pairCount == 1 ? "scores" : "score") \(input.doubtfulScores): whether these are copies or pictures "
        + "that only look alike cannot be told; look at them with splitseal review",
      samples: Set(examples.flatMap { [$0.first, $0.second] }).sorted(), splits: splits,
      evidence: [
        Evidence("pairs", .integer(between.pairCount)), Evidence("imagesInA", .integer(between.countInFirst)),
        Evidence("imagesInB", .integer(between.countInSecond)),
        Evidence("fromScore", .decimal(input.matchOptions.leastDoubtfulScore, digits: 3)),
        Evidence("belowScore", .decimal(input.matchOptions.reportingThreshold, digits: 3)),
      ],
      items: splits.map { input.manifest.splits[$0].name })
  }
}
