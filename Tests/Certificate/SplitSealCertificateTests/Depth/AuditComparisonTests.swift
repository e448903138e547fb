import SplitSealBase
import SplitSealRules
@testable import SplitSealKeys
@testable import SplitSealCertifying
import SplitSealAudit
import SplitSealFingerprint
import SplitSealPolicy
import Testing

@testable import SplitSealCertificate

/// An audit that is run again beside what was signed of the first.
@Suite struct AuditComparisonTests {
  private static let finding = Finding(
    rule: .exactDuplicate, severity: .warning, message: "a", splits: [0], items: ["a"])

  private func told(
    signed: (inout Fixture) -> Void = { _ in }, lie: (String, String)? = nil, _ change: (inout Fixture) -> Void
  ) throws -> [String] {
    var (old, new) = (Fixture(), Fixture())
    signed(&old)
    signed(&new)
    change(&new)
    let certificate = try old.signed()
    let bundle = try lie.map { try Fixture.lie(certificate, $0.0, $0.1) } ?? certificate.bundle
    let verifier = CertificateVerifier(trust: .keys([try #require(Fixture.key).verificationKey]))
    var (verification, _) = verifier.verifyStatement(certificate: bundle, records: nil)
    try #require(verification.status == .verified || lie != nil)
    verifier.compare(new.result, of: new.state, detectors: old.options.detectors, &verification)
    let messages = verification.problems.filter { $0.subject == .audit }.map(\.message)
    #expect(verification.audit?.differences == messages)
    #expect(messages.isEmpty || verification.status == .mismatch)
    return messages
  }

  /// The fixture's policy digest is that of no policy.
  private static let policy = "the audit went by another policy"

  @Test func `the same audit has no difference but the policy that was given`() throws {
    #expect(try told { _ in } == [Self.policy])
    let digest = (Fixture.digest("policy").description, Policy().digest.description)
    #expect(try told(lie: digest) { _ in } == [])
  }

  @Test func `findings that came, went or changed in number are named`() throws {
    #expect(
      try told { $0.findings = [Self.finding] }.dropFirst() == ["warnings of 'exact-duplicate': 0 signed, 1 found"])
    #expect(
      try told(signed: { $0.findings = [Self.finding] }) { $0.findings = [] }.dropFirst()
        == ["warnings of 'exact-duplicate': 1 signed, 0 found"])
    #expect(
      try told(signed: { $0.findings = [Self.finding] }) { $0.findings = [Self.finding, Self.finding] }.dropFirst()
        == ["warnings of 'exact-duplicate': 1 signed, 2 found"])
  }

  @Test func `another verdict is named`() throws {
    let messages = try told {
      $0.verdict = .inconclusive
      $0.verdictWithoutWaivers = .inconclusive
    }
    #expect(
      messages.dropFirst() == [
        "verdict: pass signed, inconclusive found", "verdict without waivers: pass signed, inconclusive found",
      ])
  }

  @Test func `overlaps that the search did not find then are named`() throws {
    let messages = try told(lie: (#""nearDuplicate":4"#, #""nearDuplicate":0"#)) { _ in }
    #expect(messages.dropFirst() == ["splits 'test' and 'train', near-duplicates: 0 signed, 4 found"])
    let pixels = try told(lie: (#""exactPixels":3"#, #""exactPixels":1"#)) { _ in }
    #expect(pixels.dropFirst() == ["splits 'test' and 'train', equal pixels: 1 signed, 3 found"])
  }

  @Test func `other detectors are named`() throws {
    let messages = try told(lie: (#""threshold":"0.50""#, #""threshold":"0.90""#)) { _ in }
    #expect(messages.dropFirst() == ["detectors: 'pdq 1 from 0.90' signed, 'pdq 1 from 0.50' found"])
  }

  // MARK: What supersedes what

  private func verified(_ fixture: Fixture) throws -> CertificateVerification {
    try Fixture.verify(fixture.signed().bundle, records: nil, state: fixture.state)
  }

  @Test func `a newer certificate that supersedes this one is mentioned, and changes no status`() throws {
    let key = try #require(Fixture.key)
    let verifier = CertificateVerifier(trust: .keys([key.verificationKey]))
    var verification = try verified(Fixture())
    let id = try #require(verification.certificateID)
    var options = Fixture().options
    options.supersedes = id
    let newer = try SignedCertificate(
      signing: CertificateStatement(Fixture().result, records: Fixture().records, options: options),
      records: Fixture().records, with: key)
    #expect(newer.claims.supersedes == id)
    #expect(verifier.checkSuperseded(by: newer.bundle, &verification))
    #expect(verification.status == .verified)
    #expect(verification.notes.first?.hasPrefix("SUPERSEDED by certificate \(newer.id), made 2026-11-23") == true)

    var other = try verified(Fixture())
    #expect(try !verifier.checkSuperseded(by: Fixture().signed().bundle, &other))
    #expect(other.notes.first?.hasSuffix("does not say that it supersedes this one") == true)
    #expect(!verifier.checkSuperseded(by: Array("{}".utf8), &other))
    #expect(other.notes.last?.hasPrefix("the newer certificate says nothing that counts: ") == true)
    let stranger = try SignedCertificate(
      signing: CertificateStatement(Fixture().result, records: Fixture().records, options: options),
      records: Fixture().records, with: SigningKey())
    #expect(!verifier.checkSuperseded(by: stranger.bundle, &other))
  }

  // MARK: Members that are not known

  @Test func `members that are not known are listed by their place`() throws {
    let signed = try Fixture().signed()
    #expect(signed.claims.unknownMembers == [])
    let more = try Fixture.lie(
      signed, #""schemaVersion":"1.1""#, #""later":{"a":[true,null]},"schemaVersion":"1.7""#)
    let claims = try Fixture.verify(more, records: signed.records).claims
    #expect(claims?.unknownMembers == ["predicate.later"])
    let classes = #"{"count":2,"label":"cat"},{"count":1,"label":"dog"}],"#
    let deep = try Fixture.lie(signed, classes, classes + #""hue":"x","#)
    #expect(try Fixture.verify(deep, records: signed.records).claims?.unknownMembers == ["predicate.splits[1].hue"])
  }
}
