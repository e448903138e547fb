internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealJSON
internal import SplitSealProbe

extension CertificateStatement {
  /// The recall of each edit, in the order of the list of edits.
  static func power(_ power: DetectionPower) -> JSONValue {
    .array(
      power.edits.map {
        .object(["edit": .string($0.name), "found": .integer($0.foundCount), "tried": .integer($0.madeCount)])
      })
  }

  /// Pairs that chance alone is expected to bring to the threshold.
  static func chanceMatches(_ power: DetectionPower) -> JSONValue {
    .object([
      "atMost": .string(fixed(power.chanceMatchesBound, digits: 4)),
      "expected": power.hasEstimate ? .string(fixed(power.expectedChanceMatches, digits: 4)) : nil,
      "scores": .integer(power.chanceScoreCount),
    ])
  }
}
