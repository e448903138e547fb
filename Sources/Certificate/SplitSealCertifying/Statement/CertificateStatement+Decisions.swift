internal import SplitSealAudit
internal import SplitSealJSON
internal import SplitSealPolicy

extension CertificateStatement {
  /// How many pairs people looked at, and what they said; absent when nobody did.
  static func decisions(_ result: AuditResult) -> JSONValue? {
    let decisions = result.input.decisions
    guard !decisions.list.decisions.isEmpty else { return nil }
    func counts(_ isReported: Bool) -> JSONValue {
      .object([
        "different": .integer(decisions.count(.different, isReported: isReported)),
        "same": .integer(decisions.count(.same, isReported: isReported)),
        "unsure": .integer(decisions.count(.unsure, isReported: isReported)),
      ])
    }
    return .object([
      "belowThreshold": counts(false), "reported": counts(true), "stale": .integer(decisions.staleCount),
      "waived": .integer(result.waivedFindings.count { $0.waiver.isDecision }),
    ])
  }
}
