internal import SplitSealFingerprint
internal import SplitSealJSON

/// How a certificate says that the audit was made: what no check recomputes, and what is worth quoting.
struct CertificateMethod {
  /// Name and, where it has one, threshold of each detector, in the order of the certificate.
  let detectors: [(id: String, threshold: String?)]
  /// Name and version of the policy.
  let policy: String

  /// Reads them from a payload whose claims have been read.
  ///
  /// - Throws: ``CertificateError``: `malformed`.
  init(payload: [UInt8]) throws(CertificateError) {
    var limits = JSONLimits()
    limits.allowsDecimals = false
    let document: JSONValue
    do { document = try JSONParser.parse(payload, limits: limits) } catch {
      throw CertificateError(.malformed, "the statement is not JSON as certificates write it: \(error)")
    }
    let predicate = try StatementReader(document).object("predicate")
    detectors = try predicate.object("parameters").array("detectors", limit: 100) {
      entry throws(CertificateError) in
      (id: try entry.string("id"), threshold: try entry.optional("threshold")?.string())
    }
    let policy = try predicate.object("policy")
    self.policy = "\(try policy.string("id")) \(try policy.string("version"))"
  }
}
