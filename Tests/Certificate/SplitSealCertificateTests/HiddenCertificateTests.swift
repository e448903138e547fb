@testable import SplitSealKeys
import SplitSealRules
@testable import SplitSealCertifying
import SplitSealBase
import SplitSealAudit
import SplitSealFingerprint
import SplitSealJSON
import SplitSealPolicy
import Testing

@testable import SplitSealCertificate

/// Certificates that commit to records and do not publish them.
@Suite struct HiddenCertificateTests {
  private let fixture: Fixture
  private let signed: SignedCertificate

  init() throws {
    var fixture = Fixture()
    let waiver = Waiver(finding: "", rule: nil, reason: "ann is a phantom", by: "ann@example.org")
    fixture.findings = [
      Finding(rule: .groupLeak, severity: .error, message: "bob", splits: [0], items: ["bob", "test", "train"])
    ]
    fixture.statuses = [.waived(waiver)]
    fixture.verdictWithoutWaivers = .fail
    self.fixture = fixture
    signed = try fixture.hidden()
  }

  private func payload(_ signed: SignedCertificate) throws -> String {
    String(decoding: try Envelope(parsing: signed.bundle).payload, as: UTF8.self)
  }

  private func verify(
    _ bundle: [UInt8]? = nil, records: [UInt8]? = nil, state: DatasetState? = nil, key: SaltKey? = nil
  ) throws -> CertificateVerification {
    var verifier = CertificateVerifier(trust: .keys([try #require(Fixture.key).verificationKey]))
    verifier.saltKey = key
    return verifier.verify(certificate: bundle ?? signed.bundle, records: records, dataset: state)
  }

  @Test func `nothing of a record, a manifest, a group, a report or a waiver's reason stands in the statement`() throws
  {
    let payload = try payload(signed)
    for row in fixture.rows {
      let digest = Fixture.digest(row.content ?? "").description
      for name in [row.path, row.group, digest].compactMap(\.self) { #expect(!payload.contains(name)) }
      #expect(!payload.contains("\"\(row.label ?? "")\""))
    }
    for word in [
      "metadata.csv", "phantom", "ann@", "\"groups\"", "sharedGroups", "\"classes\"", "\"report\"", "\"inputs\"",
      "\"reason\"", "\"by\"", fixture.findings[0].id.description, Fixture.digest("report").description,
    ] { #expect(!payload.contains(word), "the statement holds \(word)") }
    #expect(payload.contains(#""mode":"hidden""#))
    #expect(payload.contains(#""saltId":"6465666768696a6b6c6d6e6f70717273""#))
    #expect(signed.claims.mode.isHidden && signed.claims.subjects.map(\.name) == ["records.jsonl"])
  }

  @Test func `no leaf, root or digest is one that a guess at the records gives`() throws {
    let open = try fixture.records
    let guesses = try RecordSummary(open)
    let payload = try payload(signed)
    for split in guesses.splits {
      #expect(!payload.contains(split.recordRoot.description) && !payload.contains(split.contentRoot.description))
    }
    #expect(!payload.contains(guesses.recordsDigest.description))
    // What an inclusion proof would tell of a neighbour: the hash of its line. The guess knows all but the salt.
    func leaves(_ set: RecordSet) -> Set<Digest256> {
      Set(
        set.records.map { record in
          var line: [UInt8] = []
          record.appendLine(to: &line)
          return Fixture.digest(bytes: [0] + line)
        })
    }
    #expect(leaves(open).isDisjoint(with: leaves(try RecordSet(parsing: signed.records))))
  }

  @Test func `with the salt key and the files everything is checked`() throws {
    let key = RecordSaltingTests.key(0)
    for records in [nil, signed.records] {
      let verification = try verify(records: records, state: fixture.state, key: key)
      #expect(verification.status == .verified && verification.problems.isEmpty)
      #expect(verification.checkedFiles && verification.checkedRecords == (records != nil))
    }
  }

  @Test func `without the salt key the signature and the statement are checked, and it says so`() throws {
    let verification = try verify()
    #expect(verification.status == .verified)
    #expect(!verification.checkedRecords && !verification.checkedFiles)
    #expect(verification.notes.first?.hasPrefix("the records are hidden: without the salt key") == true)
    let withFiles = try verify(state: fixture.state)
    #expect(withFiles.status == .cannotRun)
    #expect(
      withFiles.problems.map(\.message) == [
        "the records are hidden: to check them, or the files, give the salt key with --salt-key"
      ])
  }

  @Test func `a wrong salt key is named before anything else is compared`() throws {
    let verification = try verify(state: fixture.state, key: RecordSaltingTests.key(1))
    #expect(verification.status == .mismatch)
    #expect(
      verification.problems.map(\.message) == [
        "the salt key is not the one that the records were hidden with"
      ])
  }

  @Test func `files that changed are told by whoever has the salt key`() throws {
    var other = fixture
    other.rows[0].label = "dog"
    let verification = try verify(state: other.state, key: RecordSaltingTests.key(0))
    #expect(verification.status == .mismatch)
    #expect(
      verification.problems.contains {
        $0.message.hasPrefix(
          "split 'train': the images are those that were signed, their names, labels or groups are not")
      })
    let named = try verify(records: signed.records, state: other.state, key: RecordSaltingTests.key(0))
    #expect(
      named.problems.map(\.message) == [
        "'cat/one.png' in split 'train' was labelled 'cat', and is labelled 'dog'"
      ])
    var changed = fixture
    changed.rows[1].content = "something else"
    #expect(try verify(state: changed.state, key: RecordSaltingTests.key(0)).status == .mismatch)
  }

  @Test func `a record with another salt is refused`() throws {
    let salt = RecordSaltingTests.salting.salt(split: "test", path: "cat/three.png").description
    let forged = String(decoding: signed.records, as: UTF8.self)
      .replacing(salt, with: String(repeating: "0", count: 32))
    let verification = try verify(records: Array(forged.utf8), key: RecordSaltingTests.key(0))
    #expect(verification.status == .mismatch)
    #expect(
      verification.problems.contains {
        $0.message == "'cat/three.png' in split 'test' has another salt than the key gives"
      })
  }

  @Test func `records without salts are refused`() throws {
    let verification = try verify(records: fixture.records.serialized, key: RecordSaltingTests.key(0))
    #expect(verification.status == .mismatch)
    #expect(
      verification.problems.contains { $0.message == "'cat/three.png' in split 'test' has no salt" })
  }

  @Test(arguments: [
    (#","saltId":"6465666768696a6b6c6d6e6f70717273""#, ""), (#""saltId":"64656"#, #""saltId":"6465"#),
    (#""saltCheck":"7b07"#, #""saltCheck":"7B07"#),
  ])
  func `a key that is used again without an id of its own is refused`(text: String, other: String) throws {
    let verification = try verify(Fixture.lie(signed, text, other), key: RecordSaltingTests.key(0))
    #expect(verification.status == .malformed)
  }

  @Test(arguments: ["secret", "Hidden", ""]) func `a mode that is not known is refused`(mode: String) throws {
    let verification = try verify(Fixture.lie(signed, #""mode":"hidden""#, #""mode":"\#(mode)""#))
    #expect(verification.status == .malformed)
    #expect(verification.problems[0].message.hasPrefix("predicate.commitment.mode is '\(mode)'"))
  }

  @Test(arguments: [
    (#""role":"test""#, #""groups":2,"role":"test""#, "numbers of groups"),
    (#""nearDuplicate":4}"#, #""nearDuplicate":4,"sharedGroups":1}"#, "numbers of groups"),
    (#""contentRoot""#, #""classes":[{"count":4,"label":"cat"}],"contentRoot""#, "classes of fewer than 5 images"),
    (#""rule":"group-leak"}]"#, #""reason":"x","rule":"group-leak"}]"#, "reasons of waivers"),
  ])
  func `a hidden certificate that tells what it should hide contradicts itself`(
    text: String, other: String, what: String
  ) throws {
    let verification = try verify(Fixture.lie(signed, text, other))
    #expect(verification.status == .mismatch)
    #expect(
      verification.problems.map(\.message).contains("the records are hidden, and the statement tells \(what)"))
  }

  @Test func `a published certificate has no salts`() throws {
    let open = try fixture.signed()
    let verification = try verify(open.bundle, records: signed.records)
    #expect(verification.status == .mismatch)
  }

  @Test func `two certificates of one dataset have no root in common`() throws {
    let other = try fixture.hidden(id: try #require(SaltID("000102030405060708090a0b0c0d0e0f")))
    #expect(zip(signed.claims.splits, other.claims.splits).allSatisfy { $0.recordRoot != $1.recordRoot })
    #expect(zip(signed.claims.splits, other.claims.splits).allSatisfy { $0.contentRoot != $1.contentRoot })
    #expect(signed.claims.waivers[0].finding != other.claims.waivers[0].finding)
    // The same id gives the same bytes.
    #expect(try payload(fixture.hidden()) == payload(signed))
  }
}

extension Fixture {
  /// The certificate that hides the fixture's records.
  func hidden(id: SaltID = RecordSaltingTests.id) throws -> SignedCertificate {
    let key = try #require(Fixture.key)
    let salting = RecordSalting(key: RecordSaltingTests.key(0), id: id)
    let records = try records.salted(salting)
    var options = options
    options.salting = salting
    return try SignedCertificate(
      signing: CertificateStatement(result, records: records, options: options), records: records, with: key)
  }
}

/// A hidden certificate and proofs of absence.
extension HiddenCertificateTests {
  /// Its content roots are over keyed digests, among which a plain one has no place: a proof of absence would hold of any
  /// file, one in the split as well.
  @Test func `a proof of absence is refused whatever it shows`() throws {
    let key = try #require(Fixture.key)
    let verifier = CertificateVerifier(trust: .keys([key.verificationKey]))
    let plain = try Fixture().signed()
    let (verification, records) = verifier.verifyStatement(certificate: plain.bundle, records: plain.records)
    var prover = try RecordProver(verification, records: try #require(records))
    let proof = try #require(try prover.absence(of: Fixture.digest("nowhere")))
    let id = try Envelope(parsing: signed.bundle).certificateID
    let forged = AbsenceProof(certificateID: id, sha256: proof.sha256, gaps: proof.gaps)
    let (held, _) = verifier.verify(proof: MembershipProof.absence(forged).bytes, certificate: signed.bundle)
    #expect(held.status == .mismatch)
    #expect(
      held.problems.map(\.message) == [
        "the certificate hides its records, and its content roots prove no file to be absent"
      ])
  }
}
