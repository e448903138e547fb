internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealJSON
internal import SplitSealPolicy
internal import SplitSealStatistics

extension JSONReport {
  /// What people said of pairs; absent when nothing was read.
  var decisions: JSONValue? {
    let decisions = result.input.decisions
    guard !decisions.list.decisions.isEmpty else { return nil }
    func counts(_ isReported: Bool) -> JSONValue {
      let precision = decisions.precision(isReported: isReported)
      return .object([
        "same": .integer(decisions.count(.same, isReported: isReported)),
        "different": .integer(decisions.count(.different, isReported: isReported)),
        "unsure": .integer(decisions.count(.unsure, isReported: isReported)),
        "precision": precision.map {
          .object([
            "share": .decimal(fixed(Double($0.same) / Double($0.decided), digits: 6)),
            "low": .decimal(fixed($0.interval.low, digits: 6)), "high": .decimal(fixed($0.interval.high, digits: 6)),
          ])
        },
      ])
    }
    return .object([
      "file": decisions.list.file.map { .string($0) },
      "reported": counts(true),
      "belowThreshold": counts(false),
      "waived": .integer(result.waivedFindings.count { $0.waiver.isDecision }),
      "stale": .integer(decisions.staleCount),
    ])
  }
}
