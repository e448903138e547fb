@testable import SplitSealKeys
import Foundation
import Testing

@testable import SplitSealCertificate

/// Timestamps of a throw-away authority that openssl plays.
@Suite(.enabled(if: Tool.exist("openssl", "date", "grep", "sed"), "needs openssl")) struct TimestampTests {
  private let folder = Tool.Folder()
  private let envelope: Envelope

  /// Makes a root and an authority; `$EXT` and `$DAYS` are those of the authority's certificate.
  private static let makeAuthority = """
    root() {
      openssl req -x509 -newkey $1 -nodes -keyout $2.key -out $2.pem -subj "/CN=Test root $2" -days 3650 \
        -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign 2>/dev/null
    }
    authority() { # algorithm, root, name, extensions, days
      openssl req -newkey $1 -nodes -keyout $3.key -out $3.csr -subj "/O=Tests/CN=Test authority" 2>/dev/null
      printf "$4\\n" > $3.ext
      openssl x509 -req -in $3.csr -CA $2.pem -CAkey $2.key -CAcreateserial -out $3.pem -days $5 -extfile $3.ext 2>/dev/null
    }
    stamp() { # name, signer's digest, digest of the certificate's identifier, query, response
      cat > ts.cnf <<C
    [tsa]
    default_tsa = t
    [t]
    serial = ./serial
    default_policy = 1.2.3.4.1
    digests = sha256, sha384, sha512
    signer_digest = $2
    ess_cert_id_alg = $3
    C
      openssl ts -reply -config ts.cnf -queryfile $4 -signer $1.pem -inkey $1.key -out $5 2>/dev/null
    }
    stamping=extendedKeyUsage=critical,timeStamping

    """.replacing("\n    ", with: "\n")

  init() throws {
    envelope = try Envelope(signing: Array(MinimalVector.payload.utf8), with: #require(Fixture.key))
    try folder.write("sig", envelope.signature)
    try folder.write("q", envelope.timestampRequest)
  }

  private func prepare(_ script: String) throws {
    let outcome = try folder.run(Self.makeAuthority + script)
    try #require(outcome.status == 0, "\(outcome.output)")
  }

  /// Attaches without looking, as a stranger could.
  private func bearing(_ tokens: [UInt8]...) -> Envelope {
    Envelope(
      payload: envelope.payload, signature: envelope.signature, keyID: envelope.keyID, hint: envelope.hint,
      timestamps: tokens)
  }

  private func check(_ token: [UInt8], root: String = "ca.pem") async throws -> TimestampCheck {
    await TimestampCheck(of: bearing(token), roots: try TimestampRoots.load(from: folder.path(root)))
  }

  @Test(arguments: [("sha256", "-sha256")]) func `the request is openssl's, byte by byte`(name: String, flag: String)
    throws
  {
    try #require(
      try folder.run("openssl ts -query -data sig \(flag) -cert -no_nonce -out expected 2>/dev/null").status == 0)
    #expect(try folder.bytes("expected") == envelope.timestampRequest)
  }

  @Test(arguments: [
    ("rsa:2048", "sha256", "sha256"), ("rsa:2048", "sha512", "sha1"),
    ("ec -pkeyopt ec_paramgen_curve:P-256", "sha256", "sha256"),
    ("ec -pkeyopt ec_paramgen_curve:P-384", "sha384", "sha512"),
  ])
  func `a timestamp of a trusted authority holds, and says openssl's time`(
    algorithm: String, digest: String, identifier: String
  ) async throws {
    try prepare(
      "root '\(algorithm)' ca; authority '\(algorithm)' ca tsa \"$stamping\" 30; stamp tsa \(digest) \(identifier) q r")
    let time = try folder.run(
      "date -u -d \"$(openssl ts -reply -in r -text 2>/dev/null | sed -n 's/^Time stamp: //p')\" +%s")
    let timestamp = try #require(try await check(folder.bytes("r")).timestamp)
    #expect("\(timestamp.unixSeconds)\n" == time.output)
    #expect(timestamp.authority == "CN=Test authority,O=Tests")
  }

  @Test func `an attached timestamp stays in the bundle, where openssl verifies it`() async throws {
    try prepare(
      """
      root rsa:2048 ca; authority rsa:2048 ca tsa "$stamping" 30; stamp tsa sha256 sha256 q r
      openssl ts -reply -in r -token_out -out token 2>/dev/null
      """)
    let bundle = envelope.bundleBytes
    for name in ["r", "token"] {
      let attached = try Envelope.attaching(timestamp: folder.bytes(name), to: bundle)
      let parsed = try Envelope(parsing: attached.bundle)
      #expect(parsed.payload == envelope.payload && parsed.signature == envelope.signature)
      #expect(parsed.timestamps.count == 1)
      try folder.write("stored", parsed.timestamps[0])
      let verified = try folder.run("openssl ts -verify -data sig -in stored -CAfile ca.pem 2>&1")
      #expect(verified.output.contains("Verification: OK"), "\(verified.output)")
      #expect(try await check(parsed.timestamps[0]).timestamp == attached.timestamp)
      #expect(throws: CertificateError.self) {
        try Envelope.attaching(timestamp: folder.bytes(name), to: attached.bundle)
      }
    }
    let bare = #expect(throws: CertificateError.self) {
      try Envelope.attaching(timestamp: folder.bytes("r"), to: envelope.envelopeBytes)
    }
    #expect(bare?.message == "a bare envelope has no place for a timestamp")
  }

  @Test func `a timestamp of another signature is not attached, and does not count when it is`() async throws {
    let other = try Envelope(signing: Array(MinimalVector.payload.utf8), with: #require(Fixture.key))
    try folder.write("q", other.timestampRequest)
    try prepare("root rsa:2048 ca; authority rsa:2048 ca tsa \"$stamping\" 30; stamp tsa sha256 sha256 q r")
    let error = #expect(throws: CertificateError.self) {
      try Envelope.attaching(timestamp: folder.bytes("r"), to: envelope.bundleBytes)
    }
    #expect(
      error?.message == "the timestamp cannot be attached: it is a timestamp of something else, not of this signature")
    let check = try await check(folder.bytes("r"))
    #expect(check.timestamp == nil)
    #expect(check.faults == [TimestampFault(reason: "it is a timestamp of something else, not of this signature")])
  }

  @Test func `a timestamp with any bit changed does not count, or says the same`() async throws {
    let ec = "ec -pkeyopt ec_paramgen_curve:P-256"
    try prepare("root '\(ec)' ca; authority '\(ec)' ca tsa \"$stamping\" 30; stamp tsa sha256 sha256 q r")
    let token = try folder.bytes("r")
    let good = try #require(try await check(token).timestamp)
    var refusedCount = 0
    for index in token.indices {
      var changed = token
      changed[index] ^= 1 << UInt8(index % 8)
      let timestamp = try await check(changed).timestamp
      #expect(timestamp == nil || timestamp == good, "byte \(index)")
      if timestamp == nil { refusedCount += 1 }
    }
    // What is not signed says nothing: the status, the names of algorithms, the order of the certificates.
    #expect(refusedCount > token.count * 9 / 10)
    for count in stride(from: 0, to: token.count, by: 7) {
      #expect(try await check(Array(token.prefix(count))).timestamp == nil)
    }
  }

  @Test(arguments: [
    ("root rsa:2048 other", "other.pem", "$stamping", 30, "no given root vouches for its authority"),
    ("true", "ca.pem", "$stamping", -1, "the certificate of its authority was not valid at that time"),
  ])
  func `an authority that no root vouches for is not trusted`(
    script: String, root: String, extensions: String, days: Int, reason: String
  ) async throws {
    try prepare(
      "root rsa:2048 ca; authority rsa:2048 ca tsa \"\(extensions)\" \(days); stamp tsa sha256 sha256 q r; \(script)")
    let check = try await check(folder.bytes("r"), root: root)
    #expect(check.timestamp == nil)
    #expect(check.faults.first?.isUntrusted == true)
    #expect(check.faults.first?.reason.hasPrefix(reason) == true, "\(check.faults)")
  }

  /// Signs the content of a timestamp with a certificate that no timestamp command would take.
  @Test(arguments: [
    ("extendedKeyUsage=timeStamping", "-cades", "its certificate is not for timestamps alone"),
    ("extendedKeyUsage=critical,timeStamping,codeSigning", "-cades", "its certificate is not for timestamps alone"),
    ("extendedKeyUsage=critical,codeSigning", "-cades", "its certificate is not for timestamps alone"),
    ("keyUsage=critical,digitalSignature", "-cades", "its certificate is not for timestamps alone"),
    (
      "keyUsage=critical,keyAgreement\\nextendedKeyUsage=critical,timeStamping", "-cades",
      "its certificate is not for signatures"
    ),
    ("extendedKeyUsage=critical,timeStamping", "", "the certificate of its authority is not in it"),
    ("extendedKeyUsage=critical,timeStamping", "-cades -nocerts", "the certificate of its authority is not in it"),
    ("extendedKeyUsage=critical,timeStamping", "-noattr", "does not cover the attributes"),
    (
      "extendedKeyUsage=critical,timeStamping", "-cades -keyopt rsa_padding_mode:pss",
      "its signature algorithm is not supported"
    ),
    ("extendedKeyUsage=critical,timeStamping", "-cades", ""),
  ])
  func `a certificate that is not for timestamps makes none`(
    extensions: String, flags: String, reason: String
  ) async throws {
    try prepare(
      """
      root rsa:2048 ca; authority rsa:2048 ca odd '\(extensions)' 30
      authority rsa:2048 ca tsa "$stamping" 30; stamp tsa sha256 sha256 q r
      openssl ts -reply -in r -token_out -out token 2>/dev/null
      openssl cms -verify -noverify -inform DER -in token -out content 2>/dev/null
      openssl cms -sign -binary -nodetach -outform DER -econtent_type 1.2.840.113549.1.9.16.1.4 -in content \
        -signer odd.pem -inkey odd.key -md sha256 -out made \(flags) 2>&1
      """)
    let check = try await check(folder.bytes("made"))
    #expect((check.timestamp != nil) == reason.isEmpty)
    #expect(reason.isEmpty || check.faults.first?.reason.contains(reason) == true, "\(check.faults)")
  }

  @Test func `an answer without a timestamp, and what is none at all, are refused`() throws {
    // RFC 3161, section 2.4.2: a response with the status 2 (rejection) and nothing else.
    #expect(throws: TimestampFault(reason: "the authority gave no timestamp (status 2)")) {
      try TimestampToken(parsing: [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02])
    }
    for bytes in [[], [0x30], [0x30, 0x00], Array("text".utf8), [0x30, 0x80, 0x00, 0x00]] as [[UInt8]] {
      #expect(throws: TimestampFault.self) { try TimestampToken(parsing: bytes) }
    }
    #expect(throws: TimestampFault.self) { try TimestampToken(parsing: [UInt8](repeating: 0x30, count: 300_000)) }
  }

  @Test func `a key that has expired since counts by a trusted timestamp only`() async throws {
    try prepare("root rsa:2048 ca; authority rsa:2048 ca tsa \"$stamping\" 30; stamp tsa sha256 sha256 q r")
    let key = try #require(Fixture.key).verificationKey
    let line = "ann@example.org valid-before=\"20900101Z\" \(key.openSSHLine)\n"
    let list = try AllowedSigners(parsing: Array(line.utf8))
    let later = try #require(SignerTime.unixSeconds("21000101Z"))
    var verifier = CertificateVerifier(trust: .signers(list, identity: "ann@example.org", now: later, keyBeside: nil))
    let bundle = try Envelope.attaching(timestamp: folder.bytes("r"), to: envelope.bundleBytes).bundle
    let stamped = try Envelope(parsing: bundle)

    let unchecked = verifier.verify(certificate: bundle, records: nil, dataset: nil)
    #expect(!unchecked.isTrusted)
    #expect(unchecked.timestamp == nil)
    #expect(unchecked.notes == ["a timestamp is attached and was not checked: give --timestamp-roots"])
    #expect(unchecked.problems.first?.message.hasPrefix("the key has expired") == true)

    verifier.timestamps = await TimestampCheck(of: stamped, roots: try TimestampRoots.load(from: folder.path("ca.pem")))
    let checked = verifier.verify(certificate: bundle, records: nil, dataset: nil)
    #expect(checked.isTrusted)
    #expect(checked.identity == "ann@example.org")
    #expect(checked.timestamp?.authority == "CN=Test authority,O=Tests")

    // Revoked is revoked, whenever it was signed.
    verifier.revoked = try RevokedKeys(parsing: Array("\(key.fingerprint)\n".utf8), file: "list")
    let revoked = verifier.verify(certificate: bundle, records: nil, dataset: nil)
    #expect(!revoked.isTrusted && revoked.identity == nil)
    #expect(revoked.problems.first?.message == "the key \(key.fingerprint) is revoked ('list', line 1)")

    // Whoever asks for a timestamp is told that it is gone.
    verifier.timestamps = await TimestampCheck(
      of: envelope, roots: try TimestampRoots.load(from: folder.path("ca.pem")))
    let stripped = verifier.verify(certificate: envelope.bundleBytes, records: nil, dataset: nil)
    #expect(stripped.problems.first?.message == "there is none, and one was asked for")
  }

  @Test(arguments: [
    #"{"rfc3161Timestamps":{}}"#, #"{"rfc3161Timestamps":[1]}"#, #"{"rfc3161Timestamps":[{"signedTimestamp":""}]}"#,
    #"{"rfc3161Timestamps":[{}]}"#, #"{"other":[]}"#, #"{"rfc3161Timestamps":[{"signedTimestamp":"AA==","x":1}]}"#,
  ])
  func `timestamp data of another form makes the bundle malformed`(data: String) {
    let text = String(decoding: envelope.bundleBytes, as: UTF8.self)
      .replacing("\"tlogEntries\":[]", with: "\"timestampVerificationData\":\(data),\"tlogEntries\":[]")
    let error = #expect(throws: CertificateError.self) { try Envelope(parsing: Array(text.utf8)) }
    #expect(error?.code == .malformed)
  }

  @Test(arguments: ["", "text", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
  func `roots that are none are refused`(text: String) {
    let error = #expect(throws: CertificateError.self) { try TimestampRoots(pem: Array(text.utf8), file: "f") }
    #expect(error?.code == .badTimestamp)
    #expect(error?.file == "f")
  }
}
