internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealMatch

extension JSONReport {
  /// What the dataset has in common with packs; absent where it was compared with none.
  var references: JSONValue? {
    let references = result.input.references
    return references.isEmpty ? nil : .array(references.map(Self.value))
  }

  private static func value(of comparison: Comparison) -> JSONValue {
    .object([
      "name": .string(comparison.second.name),
      "version": comparison.second.pack?.version.map { .string($0) },
      "uri": comparison.second.pack?.uri.map { .string($0) },
      "sha256": comparison.second.pack.map { .string($0.sha256.description) },
      "images": .integer(comparison.second.outcomes.count),
      "method": .string(comparison.method),
      "threshold": .decimal(comparison.threshold),
      "splits": splitPairs(comparison),
    ])
  }

  /// What each pair of splits has in common.
  static func splitPairs(_ comparison: Comparison) -> JSONValue {
    .array(
      comparison.found.map { found in
        .object([
          "a": .string(comparison.first.manifest.splits[found.first].name),
          "b": .string(comparison.second.manifest.splits[found.second].name),
          "exactBytes": .integer(found.counts.bytePairs),
          "exactPixels": .integer(found.counts.pixelPairs),
          "nearDuplicate": .integer(found.counts.nearPairs),
          "affectedInA": .integer(found.counts.affectedInFirst),
          "affectedInB": .integer(found.counts.affectedInSecond),
          "unlistedPairs": .integer(found.unlistedCount),
        ])
      })
  }
}
