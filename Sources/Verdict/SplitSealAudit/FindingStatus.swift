internal import SplitSealBase
internal import SplitSealRules
internal import SplitSealFingerprint
public import SplitSealPolicy

/// Whether a finding counts for the verdict.
public enum FindingStatus: Hashable, Sendable {
  /// It counts.
  case open
  /// A waiver accepts it.
  case waived(Waiver)
  /// The baseline has it already.
  case known
}

/// What became of the waivers, and the verdicts that follow.
struct FindingReview {
  /// One status a finding.
  let statuses: [FindingStatus]
  /// Waivers that are of no finding and not expired.
  let unusedWaivers: [Waiver]
  /// Waivers whose last day is over.
  let expiredWaivers: [Waiver]

  init(_ findings: [Finding], _ input: AuditInput) {
    let list = input.waivers
    expiredWaivers = list.waivers.filter(list.isExpired)
    let counting = list.waivers.filter { !list.isExpired($0) }
    var waiverOf: [String: Waiver] = [:]
    for waiver in counting { waiverOf[waiver.finding] = waiver }
    var used: Set<String> = []
    statuses = findings.map { finding in
      // Most audits have no waivers: texts are made only where there is something to look up.
      if !waiverOf.isEmpty, let waiver = waiverOf[finding.id.description],
        waiver.rule.map({ $0 == finding.rule }) ?? true
      {
        used.insert(waiver.finding)
        return .waived(waiver)
      }
      if let waiver = input.decisions.waiver(of: finding) { return .waived(waiver) }
      return input.baseline?.knows(finding) == true ? .known : .open
    }
    unusedWaivers = counting.filter { !used.contains($0.finding) }
  }

  /// The verdict when only some statuses count.
  func verdict(
    _ findings: [Finding], _ input: AuditInput, isInconclusive: Bool, counting: (FindingStatus) -> Bool
  ) -> Verdict {
    let fails = zip(findings, statuses).contains { $0.severity >= input.policy.failOn && counting($1) }
    return fails ? .fail : isInconclusive ? .inconclusive : .pass
  }
}
