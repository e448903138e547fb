internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealMatch

extension JSONReport {
  /// The pairs that the detector cannot tell, the surest first.
  var inDoubt: JSONValue {
    let (input, doubt) = (result.input, result.input.doubt)
    return .object([
      "pairs": .integer(doubt.pairCount),
      "images": .integer(doubt.sampleCount),
      "fromScore": .decimal(fixed(input.matchOptions.leastDoubtfulScore, digits: 3)),
      "belowScore": .decimal(fixed(input.matchOptions.reportingThreshold, digits: 3)),
      "listed": .array(
        doubt.ranked.prefix(Self.listedDoubtCount).map { match in
          .object([
            "id": .string(input.findingIdentity(of: match).description),
            "a": sample(match.first), "b": sample(match.second),
            "score": .decimal(fixed(match.score, digits: 4)), "orientation": .string(match.orientation.name),
          ])
        }),
    ])
  }

  /// What a match is worth on these pictures; absent where it was not estimated and nothing is to be said.
  var alikeness: JSONValue? {
    let alikeness = result.input.alikeness
    guard alikeness.share != nil || alikeness.crowd != nil else { return nil }
    return .object([
      "share": alikeness.share.map { .decimal(fixed($0, digits: 6)) },
      "byDesign": .bool(alikeness.isByDesign),
      "countsMayBeLookAlikes": .bool(alikeness.isCountDoubtful),
      "crowd": alikeness.crowd.map { crowd in
        .object([
          "split": .string(manifest.splits[crowd.split].name), "other": .string(manifest.splits[crowd.other].name),
          "matched": .integer(crowd.matchedCount), "compared": .integer(crowd.comparedCount),
          "partners": .integer(crowd.partnerCount),
        ])
      },
    ])
  }
}
