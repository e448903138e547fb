public import SplitSealCertificate
public import SplitSealKeys
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealJSON

/// A reviewer's own check of a certificate as an in-toto Simple Verification Result, to be signed with the reviewer's key.
///
/// It names what was checked and held, and nothing else: a property that is absent was not checked, or did not hold.
///
/// - Source: in-toto/attestation, spec/predicates/svr.md, version 0.2.
public struct ReviewStatement: Sendable {
  /// The predicate type.
  public static let predicateType = "https://in-toto.io/attestation/svr/v0.2"

  /// What was checked and held, in a fixed order.
  public let properties: [String]
  private let json: JSONValue

  /// The bytes that are signed: RFC 8785.
  public var payload: [UInt8] { json.canonicalBytes }

  /// States what a verification showed.
  ///
  /// - Parameters:
  ///   - verification: What came of it, whatever its status.
  ///   - allowsExtraFiles: Whether images that nobody signed were let pass.
  ///   - createdAt: When it was made, in seconds since 1970-01-01T00:00:00Z.
  ///   - toolVersion: The version of this program.
  /// - Throws: ``CertificateError`` with code `unverified` when the signature or the statement could not be read: then
  ///   nothing is known that a statement could be about.
  public init(
    of verification: CertificateVerification, allowsExtraFiles: Bool, createdAt: Int, toolVersion: String
  ) throws(CertificateError) {
    guard let claims = verification.claims, let id = verification.certificateID else {
      throw CertificateError(
        .unverified, "there is nothing to attest: the certificate's signature or statement does not hold")
    }
    properties = verification.heldProperties(allowsExtraFiles: allowsExtraFiles)
    // The rules by which was verified are those of the certificate's format; an audit that was run again went by its policy.
    var policies: [JSONValue] = [.object(["uri": .string(StatementNames.predicateType)])]
    if verification.audit?.differences.isEmpty == true, let digest = claims.terms.policyDigest {
      policies.append(
        .object([
          "digest": CertificateStatement.digest(digest), "name": .string(claims.terms.policyID ?? "policy"),
        ]))
    }
    json = .object([
      "_type": .string(StatementNames.statementType),
      "predicate": .object([
        "properties": .array(properties.map(JSONValue.string)),
        "timeCreated": .string(TimeText.text(unixSeconds: createdAt)),
        "verifier": .object([
          "id": .string("urn:splitseal:verify:\(toolVersion)"),
          "policies": .array(policies),
        ]),
      ]),
      "predicateType": .string(Self.predicateType),
      "subject": .array([
        CertificateStatement.descriptor(NamedDigest(name: "certificate payload", sha256: id)),
        CertificateStatement.descriptor(NamedDigest(name: claims.records.name, sha256: claims.records.sha256)),
      ]),
    ])
  }

  /// The statement signed: a Sigstore bundle like a certificate's.
  ///
  /// - Parameter key: The reviewer's key.
  /// - Returns: The bytes of the bundle.
  /// - Throws: ``CertificateError`` with code `selfCheckFailed`.
  public func bundle(signedWith key: SigningKey) throws(CertificateError) -> [UInt8] {
    try Envelope(signing: payload, with: key).bundleBytes
  }
}

extension CertificateVerification {
  /// What was checked and held, as a Simple Verification Result names it.
  ///
  /// - Parameter allowsExtraFiles: Whether images that nobody signed were let pass.
  /// - Returns: Names of properties, in a fixed order.
  func heldProperties(allowsExtraFiles: Bool) -> [String] {
    func holds(_ subject: Subject) -> Bool { !problems.contains { $0.subject == subject } }
    let all: [(name: String, isHeld: Bool)] = [
      ("SPLITSEAL_SIGNATURE_VALID", signer != nil && holds(.signature)),
      ("SPLITSEAL_SIGNER_TRUSTED", isTrusted && holds(.signer)),
      ("SPLITSEAL_STATEMENT_CONSISTENT", claims != nil && holds(.claims)),
      ("SPLITSEAL_RECORDS_MATCH", checkedRecords && holds(.records)),
      ("SPLITSEAL_FILES_MATCH", checkedFiles && sample == nil && holds(.files)),
      ("SPLITSEAL_NO_UNSIGNED_IMAGES", checkedFiles && sample == nil && holds(.files) && !allowsExtraFiles),
    ]
    let depth: [(name: String, isHeld: Bool)] = [
      (
        "SPLITSEAL_SAMPLED_FILES_MATCH_\(sample?.indices.count ?? 0)_OF_\(sample?.recordCount ?? 0)",
        sample != nil && holds(.files) && holds(.records)
      ),
      ("SPLITSEAL_AUDIT_REPRODUCED", audit.map(\.differences.isEmpty) == true && holds(.audit)),
      ("SPLITSEAL_TIMESTAMP_VALID", timestamp != nil && holds(.timestamp)),
    ]
    return (all + depth).filter(\.isHeld).map(\.name)
  }
}
