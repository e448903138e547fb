public import SplitSealCertificate
public import SplitSealKeys

extension SignedCertificate {
  /// Signs a statement, and verifies the outcome as a reader would.
  ///
  /// - Parameters:
  ///   - statement: What to say.
  ///   - records: The records that the statement was made from.
  ///   - key: The signer's key.
  /// - Throws: ``CertificateError`` with code `selfCheckFailed` when the outcome does not verify.
  /// - Complexity: O(*n*) for *n* records.
  public init(
    signing statement: CertificateStatement, records: RecordSet, with key: SigningKey
  ) throws(CertificateError) {
    try self.init(signing: statement.payload, summary: statement.summary, records: records, with: key)
  }
}
