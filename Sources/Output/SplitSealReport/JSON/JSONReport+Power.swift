internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealJSON
internal import SplitSealProbe

extension JSONReport {
  /// What the detector would have found.
  static func value(of power: DetectionPower, _ overall: OverallPower?) -> JSONValue {
    .object([
      "seed": .integer(Int(power.seed)),
      "images": .integer(power.imageCount),
      "threshold": .decimal(fixed(power.threshold, digits: 3)),
      "edits": .array(
        power.edits.map {
          .object(["edit": .string($0.name), "found": .integer($0.foundCount), "tried": .integer($0.madeCount)])
        }),
      "overall": overall.map {
        .object([
          "images": .integer($0.listedCount), "compared": .integer($0.comparedCount),
          "recall": .decimal(fixed($0.recall(of: $0.all), digits: 6)),
        ])
      },
      "chanceMatches": .object([
        "expected": power.hasEstimate ? .decimal(fixed(power.expectedChanceMatches, digits: 4)) : nil,
        "atMost": .decimal(fixed(power.chanceMatchesBound, digits: 4)),
        "scores": .integer(power.chanceScoreCount),
      ]),
      "proposedThreshold": power.proposedThreshold.map { .decimal(fixed($0, digits: 3)) },
    ])
  }
}
