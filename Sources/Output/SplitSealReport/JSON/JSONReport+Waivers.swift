internal import SplitSealRules
internal import SplitSealAudit
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealJSON
internal import SplitSealPolicy

extension JSONReport {
  /// The waivers that count for nothing, and by which day; absent when there are no waivers.
  var waivers: JSONValue? {
    let list = result.input.waivers
    guard !list.waivers.isEmpty else { return nil }
    return .object([
      "file": list.file.map { .string($0) },
      "judgedOn": list.today.map { .string($0.description) },
      "applied": .integer(result.waivedFindings.count { !$0.waiver.isDecision }),
      "expired": .array(result.expiredWaivers.map { Self.value(of: $0, finding: true) }),
      "unused": .array(result.unusedWaivers.map { Self.value(of: $0, finding: true) }),
    ])
  }

  /// A waiver; its finding is left out where it stands in that finding.
  static func value(of waiver: Waiver, finding: Bool) -> JSONValue {
    .object([
      "finding": finding ? .string(waiver.finding) : nil,
      "rule": finding ? waiver.rule.map { .string($0.rawValue) } : nil,
      "reason": .string(waiver.reason),
      "by": waiver.by.map { .string($0) },
      "date": waiver.date.map { .string($0.description) },
      "until": waiver.until.map { .string($0.description) },
    ])
  }

  func waiver(_ status: FindingStatus) -> Waiver? {
    guard case .waived(let waiver) = status else { return nil }
    return waiver
  }

  func baseline(_ baseline: Baseline) -> JSONValue {
    .object([
      "file": .string(baseline.file),
      "sha256": .string(baseline.digest.description),
      "known": .integer(result.knownCount),
    ])
  }
}
