internal import SplitSealAudit
internal import SplitSealJSON
internal import SplitSealProbe

extension JSONReport {
  /// What the detector would have found.
  static func value(of power: DetectionPower) -> JSONValue {
    .object([
      "seed": .integer(Int(power.seed)),
      "images": .integer(power.imageCount),
      "threshold": .decimal(fixed(power.threshold, digits: 3)),
      "edits": .array(
        power.edits.map {
          .object(["edit": .string($0.name), "found": .integer($0.foundCount), "tried": .integer($0.madeCount)])
        }),
      "chanceMatches": .object([
        "expected": power.hasEstimate ? .decimal(fixed(power.expectedChanceMatches, digits: 4)) : nil,
        "atMost": .decimal(fixed(power.chanceMatchesBound, digits: 4)),
        "scores": .integer(power.chanceScoreCount),
      ]),
      "proposedThreshold": power.proposedThreshold.map { .decimal(fixed($0, digits: 3)) },
    ])
  }
}
