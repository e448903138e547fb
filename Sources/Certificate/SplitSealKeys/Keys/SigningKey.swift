internal import Crypto

/// A private key that signs certificates: ECDSA P-256 with SHA-256, or pure Ed25519.
public struct SigningKey: Sendable {
  enum Storage: Sendable {
    case p256(P256.Signing.PrivateKey)
    case ed25519(Curve25519.Signing.PrivateKey)
  }

  let storage: Storage

  init(_ storage: Storage) { self.storage = storage }

  /// Generates a key from the system's random numbers.
  ///
  /// - Parameter algorithm: What it signs with; more programs read signatures by P-256.
  public init(_ algorithm: VerificationKey.Algorithm = .ecdsaP256SHA256) {
    switch algorithm {
    case .ecdsaP256SHA256: storage = .p256(P256.Signing.PrivateKey())
    case .ed25519: storage = .ed25519(Curve25519.Signing.PrivateKey())
    }
  }

  /// The public half.
  public var verificationKey: VerificationKey {
    switch storage {
    case .p256(let key): VerificationKey(key.publicKey)
    case .ed25519(let key): VerificationKey(key.publicKey)
    }
  }

  /// Signs a message: ECDSA with SHA-256 in DER, or 64 bytes of Ed25519.
  ///
  /// Two signatures over one message may differ.
  ///
  /// - Throws: ``CertificateError`` with code `selfCheckFailed` when the signature that came out does not verify.
  public func signature(for message: [UInt8]) throws(CertificateError) -> [UInt8] {
    let signature: [UInt8]? =
      switch storage {
      case .p256(let key): (try? key.signature(for: message)).map { Array($0.derRepresentation) }
      case .ed25519(let key): (try? key.signature(for: message)).map { Array($0) }
      }
    guard let signature, verificationKey.isValidSignature(signature, for: message) else {
      throw CertificateError(.selfCheckFailed, "the signature that was just made does not verify")
    }
    return signature
  }
}
