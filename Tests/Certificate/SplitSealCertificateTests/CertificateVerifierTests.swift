import SplitSealRules
@testable import SplitSealKeys
import Crypto
import SplitSealAudit
import SplitSealFingerprint
import SplitSealManifest
import Testing

@testable import SplitSealCertificate
import SplitSealPolicy

/// What a stranger can do to a certificate, and what comes of it.
@Suite struct CertificateVerifierTests {
  private func status(_ certificate: [UInt8], records: [UInt8]? = nil) throws -> CertificateVerification.Status {
    try Fixture.verify(certificate, records: records ?? Fixture().signed().records).status
  }

  @Test func `an untouched certificate of untouched files verifies`() throws {
    let signed = try Fixture().signed()
    let verification = try Fixture.verify(signed.bundle, records: signed.records, state: Fixture().state)
    #expect(verification.status == .verified)
    #expect(verification.status.rawValue == 0)
    #expect(verification.problems.isEmpty)
    #expect(verification.notes.isEmpty)
    #expect(verification.isTrusted && verification.checkedRecords && verification.checkedFiles)
    #expect(verification.signer?.description == MinimalVector.p256Fingerprint)
    #expect(verification.certificateID == signed.id)
    #expect(verification.claims?.datasetName == "tiny-pets")
    #expect(verification.claims?.createdAt == "2026-11-23T08:00:00Z")
    #expect(verification.claims?.imageCount == 6)
    #expect(verification.claims?.verdict == .pass)
  }

  @Test func `the envelope alone verifies as the bundle does`() throws {
    let signed = try Fixture().signed()
    #expect(try status(Envelope(parsing: signed.bundle).envelopeBytes, records: signed.records) == .verified)
  }

  @Test func `two signatures over one payload are one certificate`() throws {
    let first = try Fixture().signed()
    let second = try Fixture().signed()
    #expect(first.bundle != second.bundle)
    #expect(first.id == second.id)
  }

  @Test func `no changed byte of the payload or the signature verifies`() throws {
    let envelope = try Envelope(parsing: try Fixture().signed().bundle)
    let key = try #require(Fixture.key).verificationKey
    for index in envelope.payload.indices {
      var payload = envelope.payload
      payload[index] ^= 1
      let changed = Envelope(payload: payload, signature: envelope.signature, keyID: nil, hint: nil)
      #expect(!changed.isSigned(by: key))
    }
    for index in envelope.signature.indices {
      var signature = envelope.signature
      signature[index] ^= 1
      let changed = Envelope(payload: envelope.payload, signature: signature, keyID: nil, hint: nil)
      #expect(!changed.isSigned(by: key))
    }
  }

  @Test func `no changed byte of the file verifies, but for the hints about the key`() throws {
    let signed = try Fixture().signed()
    let text = String(decoding: signed.bundle, as: UTF8.self)
    let hints = text.ranges(of: MinimalVector.p256Fingerprint).map {
      text.utf8.distance(
        from: text.startIndex, to: $0.lowerBound)..<text.utf8.distance(
          from: text.startIndex, to: $0.upperBound)
    }
    #expect(hints.count == 2)
    let last = signed.bundle.count - 1
    for index in signed.bundle.indices where !hints.contains(where: { $0.contains(index) }) && index != last {
      var changed = signed.bundle
      changed[index] ^= index.isMultiple(of: 2) ? 1 : 0x80
      let verification = try Fixture.verify(changed, records: signed.records)
      #expect(verification.status == .malformed || verification.status == .mismatch, "byte \(index)")
    }
  }

  @Test func `a signature over anything but the encoding of type and payload does not verify`() throws {
    let key = try #require(Fixture.key)
    let signed = try Fixture().signed()
    let payload = try Envelope(parsing: signed.bundle).payload
    let type = Envelope.payloadType
    let others: [[UInt8]] = [
      payload, Array(Base64.encode(payload).utf8), Array("DSSEV1 28 \(type) \(payload.count) ".utf8) + payload,
      Envelope.preAuthenticationEncoding(payloadType: "application/json", payload: payload),
      Envelope.preAuthenticationEncoding(payloadType: type, payload: payload) + [UInt8(ascii: "\n")],
    ]
    for other in others {
      let envelope = Envelope(
        payload: payload, signature: try key.signature(for: other), keyID: nil, hint: MinimalVector.p256Fingerprint)
      #expect(try status(envelope.bundleBytes, records: signed.records) == .mismatch)
    }
  }

  // ECDSA lets anybody turn s into n - s: both signatures are valid, so neither is an identity.
  @Test func `a mirrored signature is the same certificate`() throws {
    let order = Fixture.bytes(hex: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
    let signed = try Fixture().signed()
    let envelope = try Envelope(parsing: signed.bundle)
    var raw = Array(try P256.Signing.ECDSASignature(derRepresentation: envelope.signature).rawRepresentation)
    var borrow = 0
    for index in (0..<32).reversed() {
      let difference = Int(order[index]) - Int(raw[32 + index]) - borrow
      borrow = difference < 0 ? 1 : 0
      raw[32 + index] = UInt8(truncatingIfNeeded: difference)
    }
    let mirrored = Envelope(
      payload: envelope.payload,
      signature: Array(try P256.Signing.ECDSASignature(rawRepresentation: raw).derRepresentation),
      keyID: envelope.keyID, hint: envelope.hint)
    #expect(mirrored.signature != envelope.signature)
    let verification = try Fixture.verify(mirrored.bundleBytes, records: signed.records)
    #expect(verification.status == .verified)
    #expect(verification.certificateID == signed.id)
  }

  @Test func `no shorter file verifies`() throws {
    let signed = try Fixture().signed()
    for length in 0..<(signed.bundle.count - 1) {
      #expect(try Fixture.verify(Array(signed.bundle.prefix(length)), records: signed.records).status == .malformed)
    }
  }

  @Test func `a lying hint changes nothing and is mentioned`() throws {
    let signed = try Fixture().signed()
    let other = SigningKey().verificationKey.fingerprint.description
    let text = String(decoding: signed.bundle, as: UTF8.self)
    let changed = text.replacing(MinimalVector.p256Fingerprint, with: other)
    let verification = try Fixture.verify(Array(changed.utf8), records: signed.records)
    #expect(verification.status == .verified)
    #expect(verification.signer?.description == MinimalVector.p256Fingerprint)
    #expect(verification.notes.count == 2)
    #expect(verification.notes.allSatisfy { $0.contains(other) })
  }

  // MARK: Trust

  private func verify(_ trust: CertificateVerifier.Trust) throws -> CertificateVerification {
    let signed = try Fixture().signed()
    return CertificateVerifier(trust: trust).verify(
      certificate: signed.bundle, records: signed.records, dataset: Fixture().state)
  }

  @Test func `a key that lies beside the certificate is not trusted for lying there`() throws {
    let key = try #require(Fixture.key).verificationKey
    let verification = try verify(.nobody(keyBeside: key))
    #expect(verification.status == .signerNotTrusted)
    #expect(verification.status.rawValue == 3)
    #expect(!verification.isTrusted)
    #expect(verification.problems.map(\.message) == ["the signature is valid, the signer unknown: \(key.fingerprint)"])
  }

  @Test func `a fingerprint makes the key beside the certificate trusted`() throws {
    let key = try #require(Fixture.key).verificationKey
    #expect(try verify(.fingerprint(key.fingerprint, keyBeside: key)).status == .verified)
    let other = SigningKey().verificationKey
    #expect(try verify(.fingerprint(other.fingerprint, keyBeside: key)).status == .signerNotTrusted)
    #expect(try verify(.fingerprint(key.fingerprint, keyBeside: other)).status == .mismatch)
  }

  @Test func `one of several trusted keys is enough, and none is a mismatch`() throws {
    let key = try #require(Fixture.key).verificationKey
    let other = SigningKey().verificationKey
    #expect(try verify(.keys([other, key])).status == .verified)
    let verification = try verify(.keys([other]))
    #expect(verification.status == .mismatch)
    #expect(verification.claims == nil)
    #expect(verification.certificateID == nil)
    #expect(verification.signer == nil)
  }

  @Test func `without a key nothing can be said`() throws {
    #expect(try verify(.nobody(keyBeside: nil)).status == .cannotRun)
    #expect(try verify(.keys([])).status == .cannotRun)
    #expect(CertificateVerification.Status.cannotRun.rawValue == 2)
  }

  @Test func `a mismatch outweighs an unknown signer`() throws {
    var fixture = Fixture()
    fixture.rows[0].content = "changed"
    let signed = try Fixture().signed()
    let verifier = CertificateVerifier(trust: .nobody(keyBeside: try #require(Fixture.key).verificationKey))
    let verification = verifier.verify(certificate: signed.bundle, records: signed.records, dataset: fixture.state)
    #expect(verification.status == .mismatch)
    #expect(!verification.isTrusted)
  }

  // MARK: Statements that another program signed

  @Test(arguments: [
    (
      #""predicateType":"urn:splitseal:split-certificate:v1""#, #""predicateType":"urn:splitseal:split-certificate:v2""#
    ),
    (
      #""predicateType":"urn:splitseal:split-certificate:v1""#,
      #""predicateType":"https://model_signing/signature/v1.0""#
    ),
    (#""predicateType":"urn:splitseal:split-certificate:v1""#, #""predicateType":"https://slsa.dev/provenance/v1""#),
    ("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1"),
    (#""tree":"rfc6962-sha256""#, #""tree":"sha256-list""#), (#""tree":"rfc6962-sha256""#, #""tree":"rfc6962-sha1""#),
    (#""recordFormat":"splitseal-record/1""#, #""recordFormat":"splitseal-record/2""#),
    (#""order":"split-path-utf8""#, #""order":"none""#), (#""mode":"public""#, #""mode":"hidden""#),
    (#""schemaVersion":"1.1""#, #""schemaVersion":"2.0""#), (#""schemaVersion":"1.1""#, #""schemaVersion":"10""#),
    (#""createdAt":"2026-11-23T08:00:00Z""#, #""createdAt":"yesterday""#),
    (#""createdAt":"2026-11-23T08:00:00Z""#, #""createdAt":null"#),
    (#""images":6"#, #""images":6.0"#), (#""images":6"#, #""images":6e0"#), (#""images":6"#, #""images":-6"#),
    (#""images":6"#, #""images":"6""#), (#""images":6"#, #""images":9007199254740993"#),
    (#""images":6"#, #""images":6,"images":7"#), (#""images":6,"#, ""),
    (#""digest":{"sha256":"#, #""digest":{"sha1":"00","sha256":"#),
    (#""digest":{"sha256":"#, #""digest":{"sha512":"#),
    (#""contentRoot":""#, #""contentRoot":"A"#), (#""verdict":"pass""#, #""verdict":"perfect""#),
    (#""verdict":"pass""#, #""verdict":true"#), (#""failOn":"error""#, #""failOn":"never""#),
    ("tiny-pets", #"\ud800"#), (#"{"_type""#, "\u{FEFF}{\"_type\""),
    (#""_type""#, #""x":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]],"_type""#),
  ])
  func `a statement that this version does not understand is malformed or unsupported`(
    text: String, other: String
  ) throws {
    let signed = try Fixture().signed()
    let verification = try Fixture.verify(Fixture.lie(signed, text, other), records: signed.records)
    #expect(verification.status == .malformed)
    #expect(verification.status.rawValue == 4)
    #expect(verification.claims == nil)
  }

  @Test func `a valid signature over something else is malformed`() throws {
    let key = try #require(Fixture.key)
    for payload in [MinimalVector.payload, "{}", "[]", "hello world", "{}\n{}", ""] where !payload.isEmpty {
      let envelope = try Envelope(signing: Array(payload.utf8), with: key)
      #expect(try status(envelope.bundleBytes) == .malformed)
    }
  }

  @Test func `members that are not known are ignored`() throws {
    let signed = try Fixture().signed()
    let more = try Fixture.lie(signed, #""schemaVersion":"1.1""#, #""later":{"a":[true,null]},"schemaVersion":"1.7""#)
    #expect(try status(more, records: signed.records) == .verified)
  }

  @Test(arguments: [
    (#""images":6"#, #""images":7"#, "counts do not add up"),
    (#""bytes":126"#, #""bytes":127"#, "bytes do not add up"),
    (#""listed":6"#, #""listed":7"#, "claimed listed"),
    (#""checked":5"#, #""checked":6"#, "unreadable samples"),
    (#""unreadable":1"#, #""unreadable":9007199254740991"#, "unreadable samples"),
    (#""groups":2"#, #""groups":3"#, "2 groups"),
    (#""groups":2,"#, "", "2 groups"),
    (#"{"count":2,"label":"cat"}"#, #"{"count":3,"label":"cat"}"#, "the classes are not"),
    (#"{"count":2,"label":"cat"}"#, #"{"count":2,"label":"cow"}"#, "the classes are not"),
    (#""exactBytes":1"#, #""exactBytes":0"#, "1 pairs of equal files"),
    (#""sharedGroups":1"#, #""sharedGroups":0"#, "share 1 groups"),
    (#"{"a":"test","b":"train","#, #"{"a":"train","b":"test","#, "overlaps are not"),
    (#""name":"val""#, #""name":"validation""#, "have splits"),
    (#""fields":["group","#, #""fields":["#, "other members"),
    (#""error":0"#, #""error":1"#, "do not add up"),
    (#""verdict":"pass""#, #""verdict":"fail""#, "the verdict is fail"),
    (#""verdictWithoutWaivers":"pass""#, #""verdictWithoutWaivers":"fail""#, "the verdict is fail"),
    (#""limits":"#, #""waivers":[{"rule":"group-leak"}],"limits":"#, "the waivers are not"),
    (#""name":"records.jsonl"},{"#, #""name":"other.jsonl"},{"#, "'records.jsonl' is not among"),
    (#""name":"metadata.csv"}]"#, #""name":"other.csv"}]"#, "'other.csv' is not among"),
    (#""name":"metadata.csv"}]}"#, #""name":"records.jsonl"}]}"#, "two subjects"),
  ])
  func `claims that contradict themselves or the records are told`(text: String, other: String, told: String) throws {
    let signed = try Fixture().signed()
    let lie = try Fixture.lie(signed, text, other)
    let verification = try Fixture.verify(lie, records: signed.records)
    #expect(verification.status == .mismatch)
    #expect(verification.problems.contains { $0.message.contains(told) }, "\(verification.problems.map(\.message))")
  }

  @Test func `a verdict must follow from the findings and the waivers`() throws {
    var fixture = Fixture()
    fixture.findings = [Finding(rule: .exactDuplicate, severity: .error, message: "a", splits: [0], items: ["a"])]
    fixture.verdict = .fail
    let signed = try fixture.signed()
    func told(_ changes: [(String, String)]) throws -> CertificateVerification {
      var text = String(decoding: try Envelope(parsing: signed.bundle).payload, as: UTF8.self)
      for (from, to) in changes {
        try #require(text.contains(from))
        text = text.replacing(from, with: to)
      }
      return try Fixture.verify(
        Envelope(signing: Array(text.utf8), with: #require(Fixture.key)).bundleBytes, records: signed.records)
    }
    let pass = (#""verdict":"fail""#, #""verdict":"pass""#)
    let waived = (#""waived":0"#, #""waived":1"#)
    let waiver = (#""tool":"#, #""waivers":[{"rule":"exact-duplicate"}],"tool":"#)
    #expect(try told([]).status == .verified)
    #expect(try told([pass]).status == .mismatch)
    #expect(try told([(#""verdict":"fail""#, #""verdict":"inconclusive""#)]).status == .mismatch)
    #expect(try told([pass, waived]).status == .mismatch, "waived, and no waiver is there")
    #expect(try told([pass, waived, waiver]).status == .verified)
    #expect(try told([waived, waiver]).status == .mismatch, "waived, and fails all the same")
    #expect(try told([(#""waived":0"#, #""waived":2"#)]).status == .mismatch)
  }

  @Test func `a statement that cannot hold is not signed`() throws {
    var fixture = Fixture()
    fixture.findings = [Finding(rule: .exactDuplicate, severity: .error, message: "a", splits: [0], items: ["a"])]
    let error = #expect(throws: CertificateError.self) { try fixture.signed() }
    #expect(error?.code == .selfCheckFailed)
  }

  // MARK: Records

  @Test func `the records of another dataset do not fit`() throws {
    var fixture = Fixture()
    fixture.rows[0].label = "dog"
    let verification = try Fixture.verify(Fixture().signed().bundle, records: fixture.records.serialized)
    #expect(verification.status == .mismatch)
    let messages = verification.problems.map(\.message)
    #expect(messages.contains { $0.contains("'records.jsonl' has SHA-256") })
    #expect(messages.contains { $0.contains("split 'train'") && $0.contains("their names, labels or groups are not") })
    #expect(!messages.contains { $0.contains("contentRoot") })
    #expect(!messages.contains { $0.contains("split 'val'") })
  }

  @Test func `records that break their format are told with the line`() throws {
    let signed = try Fixture().signed()
    let verification = try Fixture.verify(signed.bundle, records: signed.records + Array("{}\n".utf8))
    #expect(verification.status == .mismatch)
    #expect(verification.problems.first?.message.hasPrefix("'records.jsonl', line 7") == true)
    #expect(try Fixture.verify(signed.bundle, records: []).status == .mismatch)
  }

  @Test func `without records the files take their place, and without either nothing is verified`() throws {
    let signed = try Fixture().signed()
    #expect(try Fixture.verify(signed.bundle, records: nil, state: Fixture().state).status == .verified)
    var fixture = Fixture()
    fixture.rows[0].content = "changed"
    #expect(try Fixture.verify(signed.bundle, records: nil, state: fixture.state).status == .mismatch)
    fixture.rows[0].content = nil
    #expect(try Fixture.verify(signed.bundle, records: nil, state: fixture.state).status == .mismatch)
    #expect(try Fixture.verify(signed.bundle, records: nil).status == .cannotRun)
  }
}
