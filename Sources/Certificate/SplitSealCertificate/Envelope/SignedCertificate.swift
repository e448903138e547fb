public import SplitSealKeys
public import SplitSealBase

/// A certificate that was made just now, with everything that goes beside it.
public struct SignedCertificate: Sendable {
  /// The bytes of the certificate file: a Sigstore bundle.
  public let bundle: [UInt8]
  /// The bytes of `records.jsonl`, which stay with the signer where the certificate hides them.
  public let records: [UInt8]
  /// The signer's public key.
  public let publicKey: VerificationKey
  /// SHA-256 of the payload.
  public let id: Digest256
  /// What it says.
  public let claims: CertificateClaims

  /// Signs a statement, and verifies the outcome as a reader would.
  ///
  /// - Parameters:
  ///   - payload: The statement's bytes.
  ///   - summary: What the records give, which the statement has to say.
  ///   - records: The records that the statement was made from.
  ///   - key: The signer's key.
  /// - Throws: `CertificateError` with code `selfCheckFailed` when the outcome does not verify.
  /// - Complexity: O(*n*) for *n* records.
  package init(
    signing payload: [UInt8], summary: RecordSummary, records: RecordSet, with key: SigningKey
  ) throws(CertificateError) {
    publicKey = key.verificationKey
    bundle = try Envelope(signing: payload, with: key).bundleBytes
    self.records = records.serialized
    // From the bytes that will be written, not from what they were made of.
    let envelope = try Envelope(parsing: bundle)
    guard envelope.isSigned(by: publicKey) else {
      throw CertificateError(.selfCheckFailed, "the certificate that was just signed does not verify")
    }
    id = envelope.certificateID
    claims = try CertificateClaims(payload: envelope.payload)
    let faults = claims.contradictions + claims.differences(from: summary)
    if let fault = faults.first {
      throw CertificateError(.selfCheckFailed, "the certificate that was just signed does not hold: \(fault)")
    }
  }
}
