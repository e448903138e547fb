internal import SplitSealAudit
internal import SplitSealJSON

extension CertificateStatement {
  /// What the dataset has in common with packs, by the bytes of their names; absent where it was compared with none.
  ///
  /// Totals of all splits, and nothing of either dataset's images.
  static func references(_ comparisons: [Comparison]) -> JSONValue? {
    guard !comparisons.isEmpty else { return nil }
    return .array(
      comparisons.map { comparison in
        let totals = comparison.totals
        let pack = comparison.second.pack
        return .object([
          "exactBytes": .integer(totals.bytes), "exactPixels": .integer(totals.pixels),
          "fingerprints": .object([
            "digest": pack.map { digest($0.sha256) }, "uri": pack?.uri.map { .string($0) },
          ]),
          "images": .integer(comparison.second.outcomes.count), "method": .string(comparison.method),
          "name": .string(comparison.second.name), "nearDuplicate": .integer(totals.near),
          "threshold": .string(comparison.threshold), "version": pack?.version.map { .string($0) },
        ])
      })
  }
}
