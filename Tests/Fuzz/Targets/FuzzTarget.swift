import SplitSealKeys
internal import SplitSealCertificate

/// A reader of what strangers write, to be fed with any bytes.
///
/// Each target traps when something is accepted that must not be; refusing is always right.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// The file of a certificate.
  case bundle
  /// The statement that a signature covers.
  case payload
  /// The lines of `records.jsonl`.
  case records
  /// A list of signers, and one of revoked keys.
  case signers
  /// Key files: PEM, PKCS#8, SEC 1, OpenSSH.
  case keys
  /// The answer of a timestamp authority, and roots.
  case timestamp
  /// The blocks of a shard: kind (1 byte), length (2) and payload of each, the frame is made around them.
  case shard
  /// The blocks of a pack, likewise.
  case pack
  /// `splitseal.yml`.
  case policy
  /// `waivers.yml`.
  case waivers
  /// `decisions.jsonl`.
  case decisions
  /// A Croissant file.
  case croissant
  /// A table: the first byte says whether it is CSV, TSV, JSON Lines or JSON.
  case manifest
  /// An image, from its first bytes to its fingerprint.
  case image

  /// Reads the bytes.
  public func read(_ bytes: [UInt8]) {
    switch self {
    case .bundle: Self.readBundle(bytes)
    case .payload: Self.readPayload(bytes)
    case .records: Self.readRecords(bytes)
    case .signers: Self.readSigners(bytes)
    case .keys: Self.readKeys(bytes)
    case .timestamp: Self.readTimestamp(bytes)
    case .shard: Self.readShard(bytes)
    case .pack: Self.readPack(bytes)
    case .policy: Self.readPolicy(bytes)
    case .waivers: Self.readWaivers(bytes)
    case .decisions: Self.readDecisions(bytes)
    case .croissant: Self.readManifest(bytes, name: "croissant.json")
    case .manifest:
      let names = ["m.csv", "m.tsv", "m.jsonl", "m.json"]
      Self.readManifest(Array(bytes.dropFirst()), name: names[Int(bytes.first ?? 0) % names.count])
    case .image: Self.readImage(bytes)
    }
  }

  /// What was accepted is written and read again, and is the same.
  private static func readBundle(_ bytes: [UInt8]) {
    guard let envelope = try? Envelope(parsing: bytes) else { return }
    let bare = try? Envelope(parsing: envelope.envelopeBytes)
    precondition(bare?.payload == envelope.payload && bare?.signature == envelope.signature, "an envelope changed")
    let verification = CertificateVerifier(trust: .keys([key])).verify(certificate: bytes, records: nil, dataset: nil)
    precondition(verification.status != .verified, "a certificate without records or files was verified")
  }

  /// A statement that is accepted is held against itself; it says the same when it is read again.
  private static func readPayload(_ bytes: [UInt8]) {
    guard let claims = try? CertificateClaims(payload: bytes) else { return }
    _ = claims.contradictions
    precondition((try? CertificateClaims(payload: bytes)) == claims, "a statement changed")
  }

  /// Records that are accepted are written as the same bytes.
  private static func readRecords(_ bytes: [UInt8]) {
    guard let records = try? RecordSet(parsing: bytes) else { return }
    precondition(records.serialized == bytes, "records were accepted in a second form")
    _ = try? RecordSummary(records)
  }

  /// No key that is not in a list is allowed by it.
  private static func readSigners(_ bytes: [UInt8]) {
    if let signers = try? AllowedSigners(parsing: bytes, file: "f") {
      for identity in ["ann@example.org", nil] {
        let decision = signers.decision(on: key, identity: identity, at: 1_800_000_000)
        if case .allowed = decision { precondition(signers.keys.contains(key), "a key was allowed that is not listed") }
      }
      for entry in signers.entries { _ = signers.state(of: entry, at: 0) }
    }
    _ = (try? RevokedKeys(parsing: bytes, file: "f"))?.place(of: key.fingerprint)
  }

  /// A key that is accepted is written and read again, and is the same.
  ///
  /// No passphrase is given: what ten million rounds take is not what is looked for.
  private static func readKeys(_ bytes: [UInt8]) {
    if let key = try? VerificationKey(parsing: bytes) {
      precondition((try? VerificationKey(parsing: Array(key.pem.utf8))) == key, "a public key changed")
      precondition((try? VerificationKey(parsing: Array(key.openSSHLine.utf8))) == key, "a line changed")
    }
    var texts = [bytes]
    // The formats below the base64, which nothing random would ever spell.
    for label in ["PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"] {
      texts.append(pemText(label: label, bytes: bytes))
    }
    for text in texts {
      guard let key = try? SigningKey(pem: text) else { continue }
      let again = try? SigningKey(pem: Array(key.pem.utf8))
      precondition(again?.verificationKey == key.verificationKey, "a private key changed")
    }
    _ = try? VerificationKey(parsing: pemText(label: "PUBLIC KEY", bytes: bytes))
  }

  /// Nothing is attached to a signature that it was not made for.
  private static func readTimestamp(_ bytes: [UInt8]) {
    precondition(
      (try? Envelope.attaching(timestamp: bytes, to: unrelatedBundle)) == nil, "a timestamp of nothing was attached")
    readTimestampWithoutImprint(bytes)
    _ = try? TimestampRoots(pem: pemText(label: "CERTIFICATE", bytes: bytes))
  }

  /// A key that everybody has: RFC 8032, section 7.1, test 1.
  private static let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"

  private static let key: VerificationKey = {
    guard let key = try? VerificationKey(parsing: Array(line.utf8)) else { fatalError("the key cannot be read") }
    return key
  }()

  /// A bundle whose signature is four bytes of nothing.
  private static let unrelatedBundle =
    Array(
      #"{"dsseEnvelope":{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AAAAAA=="}]},"#
        .utf8)
    + Array(
      #""mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{}}}"#.utf8)
}
