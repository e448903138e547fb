@testable import SplitSealKeys
@testable import SplitSealCertifying
import SplitSealAudit
import SplitSealJSON
import SplitSealPolicy
import Testing

@testable import SplitSealCertificate

/// A reviewer's signed statement: only what was checked, and only what held.
@Suite struct ReviewStatementTests {
  private func properties(
    _ verification: CertificateVerification, allowsExtraFiles: Bool = false
  ) throws -> [String] {
    try ReviewStatement(
      of: verification, allowsExtraFiles: allowsExtraFiles, createdAt: 1_795_420_800, toolVersion: "0.1.0"
    ).properties
  }

  private static let signature = "SPLITSEAL_SIGNATURE_VALID"
  private static let trust = "SPLITSEAL_SIGNER_TRUSTED"
  private static let statement = "SPLITSEAL_STATEMENT_CONSISTENT"
  private static let records = "SPLITSEAL_RECORDS_MATCH"
  private static let files = "SPLITSEAL_FILES_MATCH"
  private static let extras = "SPLITSEAL_NO_UNSIGNED_IMAGES"

  @Test func `what was not checked is not named`() throws {
    let signed = try Fixture().signed()
    let full = try Fixture.verify(signed.bundle, records: signed.records, state: Fixture().state)
    #expect(
      try properties(full) == [Self.signature, Self.trust, Self.statement, Self.records, Self.files, Self.extras])
    #expect(try properties(full, allowsExtraFiles: true).last == Self.files)
    let withoutFiles = try Fixture.verify(signed.bundle, records: signed.records)
    #expect(try properties(withoutFiles) == [Self.signature, Self.trust, Self.statement, Self.records])
    let unknown = CertificateVerifier(trust: .nobody(keyBeside: signed.publicKey)).verify(
      certificate: signed.bundle, records: signed.records, dataset: nil)
    #expect(try properties(unknown) == [Self.signature, Self.statement, Self.records])
  }

  @Test func `what did not hold is not named`() throws {
    let signed = try Fixture().signed()
    var changed = Fixture()
    changed.rows[0].content = "another cat"
    let files = try Fixture.verify(signed.bundle, records: signed.records, state: changed.state)
    #expect(files.status == .mismatch)
    #expect(try properties(files) == [Self.signature, Self.trust, Self.statement, Self.records])
    let lie = try Fixture.lie(signed, #""images":6"#, #""images":7"#)
    let claims = try Fixture.verify(lie, records: signed.records)
    #expect(try properties(claims) == [Self.signature, Self.trust])
  }

  @Test func `a sample is named by its size, and never as all files`() throws {
    let signed = try Fixture().signed()
    let verifier = CertificateVerifier(trust: .keys([signed.publicKey]))
    var (verification, records) = verifier.verifyStatement(certificate: signed.bundle, records: signed.records)
    let sample = FileSample(2, of: 6, seed: 1)
    verifier.check(sample, of: try #require(records), dataset: Fixture().state, &verification)
    #expect(
      try properties(verification)
        == [Self.signature, Self.trust, Self.statement, Self.records, "SPLITSEAL_SAMPLED_FILES_MATCH_2_OF_6"])
  }

  @Test func `an audit that says the same again is named with its policy, and no other`() throws {
    let fixture = Fixture()
    var options = fixture.options
    let records = try fixture.records
    for isSame in [true, false] {
      options.policyDigest = isSame ? fixture.result.input.policy.digest : Fixture.digest("another policy")
      let signed = try SignedCertificate(
        signing: CertificateStatement(fixture.result, records: records, options: options), records: records,
        with: #require(Fixture.key))
      var verification = try Fixture.verify(signed.bundle, records: signed.records, state: fixture.state)
      CertificateVerifier(trust: .keys([signed.publicKey]))
        .compare(fixture.result, of: fixture.state, detectors: options.detectors, &verification)
      #expect(try properties(verification).last == (isSame ? "SPLITSEAL_AUDIT_REPRODUCED" : Self.extras))
      let statement = try ReviewStatement(
        of: verification, allowsExtraFiles: false, createdAt: 1_795_420_800, toolVersion: "0.1.0")
      let policies = try JSONParser.parse(statement.payload)["predicate"]?["verifier"]?["policies"]?.array
      #expect(policies?.count == (isSame ? 2 : 1))
      if isSame { #expect(policies?.last?["digest"]?["sha256"]?.string == "\(options.policyDigest)") }
    }
  }

  @Test func `nothing is attested when the signature does not hold`() throws {
    let signed = try Fixture().signed()
    let other = CertificateVerifier(trust: .keys([SigningKey().verificationKey])).verify(
      certificate: signed.bundle, records: signed.records, dataset: nil)
    #expect(throws: CertificateError.self) { try properties(other) }
  }

  @Test func `the statement has the members of SVR 0.2 and is signed like a certificate`() throws {
    let signed = try Fixture().signed()
    let verification = try Fixture.verify(signed.bundle, records: signed.records)
    let statement = try ReviewStatement(
      of: verification, allowsExtraFiles: false, createdAt: 1_795_420_800, toolVersion: "0.1.0")
    let reviewer = SigningKey()
    let envelope = try Envelope(parsing: statement.bundle(signedWith: reviewer))
    #expect(envelope.isSigned(by: reviewer.verificationKey))
    let json = try JSONParser.parse(envelope.payload)
    #expect(json["predicateType"]?.string == "https://in-toto.io/attestation/svr/v0.2")
    #expect(json["_type"]?.string == "https://in-toto.io/Statement/v1")
    let predicate = try #require(json["predicate"])
    #expect(predicate.members?.map(\.key) == ["properties", "timeCreated", "verifier"])
    #expect(predicate["timeCreated"]?.string == "2026-11-23T08:00:00Z")
    #expect(predicate["verifier"]?["id"]?.string == "urn:splitseal:verify:0.1.0")
    #expect(predicate["verifier"]?["policies"]?.array?.count == 1)
    #expect(json["subject"]?.array?.first?["digest"]?["sha256"]?.string == "\(signed.id)")
  }
}
