internal import Crypto
internal import CryptoExtras

/// A public key: ECDSA P-256 or Ed25519.
public struct VerificationKey: Sendable {
  /// How a key signs.
  public enum Algorithm: String, Hashable, Sendable, CaseIterable {
    /// ECDSA on P-256 with SHA-256, signatures in DER.
    case ecdsaP256SHA256 = "ecdsa-p256-sha256"
    /// Pure Ed25519.
    case ed25519
  }

  private enum Storage: Sendable {
    case p256(P256.Signing.PublicKey)
    case ed25519(Curve25519.Signing.PublicKey)
  }

  private let storage: Storage

  init(_ key: P256.Signing.PublicKey) { storage = .p256(key) }

  init(_ key: Curve25519.Signing.PublicKey) { storage = .ed25519(key) }

  /// Reads a SubjectPublicKeyInfo in PEM.
  ///
  /// - Throws: ``CertificateError`` with code `badKey` when there is not exactly one such block, or when it holds
  ///   another kind of key.
  public init(pem bytes: [UInt8], file: String? = nil) throws(CertificateError) {
    let blocks = PEM.blocks(of: bytes).filter { $0.label == "PUBLIC KEY" }
    guard let block = blocks.first, blocks.count == 1 else {
      throw CertificateError(
        .badKey, "there is not exactly one 'PUBLIC KEY' block", hint: "give the .pub file that keygen wrote", file: file
      )
    }
    guard let storage = Self.storage(of: block.bytes) else {
      throw CertificateError(
        .badKey, Self.refusal(of: block.bytes), hint: "certificates are signed with ECDSA P-256 or Ed25519", file: file)
    }
    self.storage = storage
  }

  /// The key in a SubjectPublicKeyInfo.
  ///
  /// swift-crypto reads more than one form of the same key, and for P-256 does not look at the algorithm. Only the form
  /// that it writes is taken: one key has one text, and one fingerprint of that text.
  ///
  /// - Source: RFC 5480, section 2; RFC 8410, section 4.
  private static func storage(of der: [UInt8]) -> Storage? {
    if let key = try? P256.Signing.PublicKey(derRepresentation: der), Array(key.derRepresentation) == der {
      return .p256(key)
    }
    if let key = try? Curve25519.Signing.PublicKey(derRepresentation: der), Array(key.derRepresentation) == der {
      return .ed25519(key)
    }
    return nil
  }

  /// Why a SubjectPublicKeyInfo is refused; names its algorithm if it has one.
  private static func refusal(of der: [UInt8]) -> String {
    guard var reader = try? DERReader(der: der), let opened = try? reader.open(),
      let algorithm = try? KeyAlgorithmIdentifier(opened)
    else { return "the 'PUBLIC KEY' block does not hold a public key" }
    guard !algorithm.isP256, !algorithm.isEd25519 else {
      return "the public key is damaged, or not in its standard form"
    }
    return "\(algorithm.kind) signs no certificates"
  }

  /// How the key signs.
  public var algorithm: Algorithm {
    switch storage {
    case .p256: .ecdsaP256SHA256
    case .ed25519: .ed25519
    }
  }

  /// The key as a SubjectPublicKeyInfo in PEM, with a final newline.
  public var pem: String {
    switch storage {
    case .p256(let key): PEM(label: "PUBLIC KEY", bytes: Array(key.derRepresentation)).text
    case .ed25519(let key): PEM(label: "PUBLIC KEY", bytes: Array(key.derRepresentation)).text
    }
  }

  /// The key's OpenSSH fingerprint: people compare it, and `keyid` and `hint` hold it.
  public var fingerprint: KeyFingerprint { KeyFingerprint(wireFormat: openSSHWireFormat) }

  /// A line for OpenSSH's `allowed_signers`, for signatures in the namespace `splitseal`.
  ///
  /// - Parameter identity: Who signs, usually a mail address.
  /// - Returns: One line without a line feed.
  /// - Precondition: `identity` has no white space and no quotation mark.
  /// - Source: ssh-keygen(1), ALLOWED SIGNERS.
  public func allowedSignersLine(identity: String) -> String {
    precondition(!identity.contains { $0.isWhitespace || $0 == "\"" }, "an identity is one word")
    return "\(identity) namespaces=\"splitseal\" \(openSSHLine)"
  }

  /// The key as OpenSSH writes public keys: its type and its base64, without a comment.
  public var openSSHLine: String { "\(openSSHName) \(Base64.encode(openSSHWireFormat))" }

  /// Whether `signature` is this key's over `message`.
  ///
  /// - Parameters:
  ///   - signature: DER for P-256, 64 bytes for Ed25519.
  ///   - message: What was signed.
  /// - Returns: `false` also for bytes that are not a signature.
  public func isValidSignature(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    switch storage {
    case .p256(let key):
      guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
      return key.isValidSignature(signature, for: message)
    case .ed25519(let key):
      return key.isValidSignature(signature, for: message)
    }
  }

  private var openSSHName: String {
    switch storage {
    case .p256: "ecdsa-sha2-nistp256"
    case .ed25519: "ssh-ed25519"
    }
  }

  /// The key as OpenSSH writes it: each field after its length in four bytes, big-endian.
  ///
  /// - Source: RFC 5656, section 3.1; RFC 8709, section 4.
  var openSSHWireFormat: [UInt8] {
    let fields: [[UInt8]] =
      switch storage {
      case .p256(let key): [Array(openSSHName.utf8), Array("nistp256".utf8), [4] + key.rawRepresentation]
      case .ed25519(let key): [Array(openSSHName.utf8), Array(key.rawRepresentation)]
      }
    return OpenSSHReader.join(fields)
  }
}

extension VerificationKey: Hashable {
  /// Whether both are the same key.
  public static func == (a: VerificationKey, b: VerificationKey) -> Bool { a.openSSHWireFormat == b.openSSHWireFormat }

  /// Hashes the key.
  public func hash(into hasher: inout Hasher) { hasher.combine(openSSHWireFormat) }
}
