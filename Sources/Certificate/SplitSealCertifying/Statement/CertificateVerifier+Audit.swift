internal import SplitSealBase
public import SplitSealAudit
public import SplitSealCertificate
internal import SplitSealKeys

extension CertificateVerifier {
  /// Holds an audit that was run today against what the certificate says of the signer's.
  ///
  /// - Parameters:
  ///   - result: The audit.
  ///   - dataset: The dataset that was audited.
  ///   - detectors: What was run.
  ///   - verification: The verification of the certificate; what differs is added.
  public func compare(
    _ result: AuditResult, of dataset: DatasetState, detectors: [Detector],
    _ verification: inout CertificateVerification
  ) {
    guard let claims = verification.claims else { return }
    var options = CertificateOptions(
      datasetName: claims.datasetName, createdAt: 0, toolVersion: "", environment: .current(imageDecoder: ""),
      detectors: detectors, policyDigest: result.input.policy.digest)
    options.policyID = claims.terms.policyID ?? ""
    do {
      let statement = try CertificateStatement(result, records: dataset.records, options: options)
      let comparison = AuditComparison(signed: claims, today: try CertificateClaims(payload: statement.payload))
      verification.audit = comparison
      for sentence in comparison.differences.prefix(listedPerKind) { verification.fail(.mismatch, .audit, sentence) }
      let rest = comparison.differences.count - listedPerKind
      if rest > 0 { verification.fail(.mismatch, .audit, "\(rest) more differences") }
    } catch {
      verification.fail(.mismatch, .audit, "there is nothing to compare: \(error.message)")
    }
  }
}
