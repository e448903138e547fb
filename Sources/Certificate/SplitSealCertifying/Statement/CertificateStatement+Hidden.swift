internal import SplitSealRules
internal import SplitSealCertificate
internal import SplitSealAudit
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealJSON
internal import SplitSealPolicy

extension CertificateStatement {
  /// The waivers as a certificate tells them; absent when there are none.
  static func waivers(_ result: AuditResult, _ salting: RecordSalting?) -> JSONValue? {
    guard let salting else { return waivers(result) }
    return hiddenWaivers(result, salting)
  }

  /// The waivers without a word of free text, by the keyed identities of their findings; absent when there are none.
  private static func hiddenWaivers(_ result: AuditResult, _ salting: RecordSalting) -> JSONValue? {
    let waived = result.waivedFindings.map { (id: salting.keyedFinding($0.finding.id), $0.finding, $0.waiver) }
      .sorted { $0.id < $1.id }
    guard !waived.isEmpty else { return nil }
    return .array(
      waived.map { id, finding, waiver in
        .object([
          "finding": .string(id.description), "rule": .string(finding.rule.rawValue),
          "until": waiver.until.map { .string($0.description) },
        ])
      })
  }
}
