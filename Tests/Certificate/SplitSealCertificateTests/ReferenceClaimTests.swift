@testable import SplitSealKeys
import SplitSealAudit
import SplitSealFingerprint
import SplitSealImage
import SplitSealMatch
import Testing

@testable import SplitSealCertificate

/// What a certificate says of published packs.
@Suite struct ReferenceClaimTests {
  private let signed: SignedCertificate

  init() throws { signed = try Self.fixture(["B", "A"]).signed() }

  /// A dataset that was compared with packs of these names.
  private static func fixture(_ names: [String]) -> Fixture {
    var fixture = Fixture()
    fixture.references = names.sorted().map { name in
      let side = ComparisonSide(
        name: name, origin: .pack, pack: .init(sha256: Fixture.digest(name), version: nil, uri: "https://\(name).org"),
        manifest: fixture.manifest, outcomes: fixture.contents.map { .unreadable(.notAnImage, $0) })
      var options = MatchOptions()
      options.comparesPixels = false
      return Comparison(
        first: side, second: side,
        found: [
          CrossSearch.Found(
            first: 0, second: 0,
            counts: SplitPairCount(first: 0, second: 1, bytePairs: 1, pixelPairs: 2, nearPairs: 3), matches: [],
            unlistedCount: 0, tooPlainCounts: []),
          CrossSearch.Found(
            first: 1, second: 0, counts: SplitPairCount(first: 0, second: 1, bytePairs: 10), matches: [],
            unlistedCount: 0, tooPlainCounts: []),
        ], options: options)
    }
    return fixture
  }

  private func verify(_ bundle: [UInt8], _ packs: [NamedDigest] = []) throws -> CertificateVerification {
    var verifier = CertificateVerifier(trust: .keys([try #require(Fixture.key).verificationKey]))
    verifier.references = packs
    return verifier.verify(certificate: bundle, records: signed.records, dataset: nil)
  }

  @Test func `the statement has the totals of each pack, and what identifies it`() throws {
    let payload = String(decoding: try Envelope(parsing: signed.bundle).payload, as: UTF8.self)
    #expect(
      payload.contains(
        #""references":[{"exactBytes":11,"exactPixels":2,"fingerprints":{"digest":{"sha256":"\#(Fixture.digest("A"))"},"#
          + #""uri":"https://A.org"},"images":6,"method":"descriptor","name":"A","nearDuplicate":3,"threshold":"0.90"},"#
      ))
    #expect(signed.claims.references.map(\.name) == ["A", "B"])
    #expect(try verify(signed.bundle).status == .verified)
    #expect(try Fixture().signed().claims.references.isEmpty)
  }

  @Test func `a pack at hand has to be the one that is named`() throws {
    let same = try verify(signed.bundle, [NamedDigest(name: "A", sha256: Fixture.digest("A"))])
    #expect(same.status == .verified && same.notes.contains("pack 'A' is the one that 'A' among the references names"))
    let other = try verify(signed.bundle, [NamedDigest(name: "A", sha256: Fixture.digest("other"))])
    #expect(other.status == .mismatch)
    #expect(other.problems[0].message.hasPrefix("pack 'A' has SHA-256 \(Fixture.digest("other")), and the certificate"))
    let unknown = try verify(signed.bundle, [NamedDigest(name: "C", sha256: Fixture.digest("C"))])
    #expect(unknown.problems.map(\.message) == ["the certificate does not name pack 'C' as a reference"])
  }

  @Test(arguments: [
    (#""name":"A","nearDuplicate""#, #""name":"B","nearDuplicate""#, "the references are not in the order"),
    (#""name":"A","nearDuplicate""#, #""name":"C","nearDuplicate""#, "the references are not in the order"),
    (
      #""exactBytes":11,"exactPixels":2"#, #""exactBytes":32,"exactPixels":2"#,
      "more pairs are claimed with reference 'A'"
    ),
    (
      #""exactBytes":11,"exactPixels":2"#, #""exactBytes":9007199254740991,"exactPixels":9007199254740991"#,
      "more pairs are claimed with reference 'A'"
    ),
  ])
  func `claims that contradict one another are found out`(text: String, other: String, problem: String) throws {
    let verification = try verify(Fixture.lie(signed, text, other))
    #expect(verification.status == .mismatch)
    #expect(verification.problems.first?.message.hasPrefix(problem) == true)
  }

  @Test(arguments: [
    (#""name":"A","nearDuplicate":3"#, #""name":"A","nearDuplicate":-3"#),
    (#""name":"A","nearDuplicate":3"#, #""name":"A","nearDuplicate":"3""#),
    (#""fingerprints":{"digest":{"sha256":"#, #""fingerprints":{"digest":{"md5":"#),
    (#""fingerprints":{"digest":{"sha256":"#, #""fingerprints":{"digest":{"md5":"0","sha256":"#),
  ])
  func `a reference of another form is malformed`(text: String, other: String) throws {
    #expect(try verify(Fixture.lie(signed, text, other)).status == .malformed)
  }
}
