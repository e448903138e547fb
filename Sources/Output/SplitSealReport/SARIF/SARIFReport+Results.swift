internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealJSON
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealPolicy

extension SARIFReport {
  /// Images of one finding that a result names; the JSON report names all.
  private static let namedImageCount = 20
  /// The name of the identity among `partialFingerprints`; findings of the same identity are the same finding.
  private static let identityName = "splitsealFinding/v1"

  /// A finding.
  func result(_ finding: Finding, _ status: FindingStatus) -> JSONValue {
    .object([
      "ruleId": .string(finding.rule.rawValue),
      "ruleIndex": RuleCatalogue.all.firstIndex { $0.id == finding.rule }.map { .integer($0) },
      "level": .string(finding.severity.rawValue),
      "message": Self.message(result.sentence(finding)),
      "locations": places.primary(of: finding).map { .array([.object(["physicalLocation": physical($0)])]) },
      "relatedLocations": related(finding),
      "partialFingerprints": .object([
        JSONMember(Self.identityName, .string(finding.id.description)),
        // The only one that GitHub knows; else it would take a finding for a new one when rows move.
        JSONMember("primaryLocationLineHash", .string("\(finding.shortIdentity):1")),
      ]),
      "baselineState": result.input.baseline == nil ? nil : .string(status == .known ? "unchanged" : "new"),
      "suppressions": suppressions(status),
      "properties": .object([
        "splits": .array(finding.splits.map { .string(printable(result.input.manifest.splits[$0].name)) }),
        "evidence": finding.evidence.isEmpty
          ? nil : .object(finding.evidence.map { JSONMember($0.name, Self.value(of: $0.value)) }),
      ]),
    ])
  }

  /// The images, and the rows that are not the primary location, each with its split.
  private func related(_ finding: Finding) -> JSONValue? {
    let primary = places.primary(of: finding)
    var locations: [JSONValue] = []
    for sample in finding.samples.prefix(Self.namedImageCount) {
      let split = printable(result.input.manifest.splits[result.input.manifest.samples[sample].split].name)
      for place in [places.image(of: sample), places.row(of: sample)].compactMap(\.self) where place != primary {
        locations.append(
          .object([
            "id": .integer(locations.count + 1),
            "message": Self.message("\(place.line == nil ? "image" : "row") of \(split)"),
            "physicalLocation": physical(place),
          ]))
      }
    }
    return locations.isEmpty ? nil : .array(locations)
  }

  private func physical(_ place: FilePlaces.Place) -> JSONValue {
    .object([
      "artifactLocation": location(of: place),
      "region": place.line.map { .object(["startLine": .integer($0)]) },
    ])
  }

  /// A waiver: somebody accepted the finding outside of the tool.
  private func suppressions(_ status: FindingStatus) -> JSONValue? {
    guard case .waived(let waiver) = status else { return nil }
    return .array([
      .object([
        "kind": .string("external"),
        "status": .string("accepted"),
        "justification": .string(waiver.words),
      ])
    ])
  }

  private static func value(of evidence: Evidence.Value) -> JSONValue {
    switch evidence {
    case .integer(let number): .integer(number)
    case .decimal(let number, let digits): number.isFinite ? .decimal(fixed(number, digits: digits)) : .null
    case .text(let text): .string(printable(text))
    }
  }
}
