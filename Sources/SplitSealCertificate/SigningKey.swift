internal import Crypto

/// A private key that signs certificates: ECDSA P-256 with SHA-256.
public struct SigningKey: Sendable {
  private let key: P256.Signing.PrivateKey

  /// Generates a key from the system's random numbers.
  public init() { key = P256.Signing.PrivateKey() }

  /// Reads an unencrypted private key: PKCS#8 (`PRIVATE KEY`) or SEC 1 (`EC PRIVATE KEY`), in PEM.
  ///
  /// - Throws: ``CertificateError`` with code `badKey`; its hint says how to convert what is not supported.
  public init(pem bytes: [UInt8], file: String? = nil) throws(CertificateError) {
    let blocks = PEM.blocks(of: bytes).filter { $0.label.hasSuffix("PRIVATE KEY") }
    guard let block = blocks.first, blocks.count == 1 else {
      throw CertificateError(
        .badKey, "there is not exactly one private key in PEM", hint: "make one with: splitseal keygen -o NAME",
        file: file)
    }
    switch block.label {
    case "PRIVATE KEY", "EC PRIVATE KEY": break
    case "OPENSSH PRIVATE KEY":
      throw CertificateError(
        .badKey, "the key is in OpenSSH's own format", hint: "convert a copy with: ssh-keygen -p -m PKCS8 -f COPY",
        file: file)
    case "ENCRYPTED PRIVATE KEY":
      throw CertificateError(
        .badKey, "the key is encrypted", hint: "decrypt a copy with: openssl pkcs8 -in KEY -out COPY", file: file)
    default:
      throw CertificateError(.badKey, "a \(block.label.quoted) is not a key that signs certificates", file: file)
    }
    guard let key = try? P256.Signing.PrivateKey(pemRepresentation: block.text) else {
      throw CertificateError(
        .badKey, "the private key is not a valid ECDSA P-256 key", hint: "make one with: splitseal keygen -o NAME",
        file: file)
    }
    self.key = key
  }

  /// The public half.
  public var verificationKey: VerificationKey { VerificationKey(key.publicKey) }

  /// The key as PKCS#8 in PEM, with a final newline: secret.
  public var pem: String { PEM(label: "PRIVATE KEY", bytes: Array(key.derRepresentation)).text }

  /// Signs a message: ECDSA with SHA-256, in DER.
  ///
  /// Two signatures over one message differ.
  ///
  /// - Throws: ``CertificateError`` with code `selfCheckFailed` when the signature that came out does not verify.
  public func signature(for message: [UInt8]) throws(CertificateError) -> [UInt8] {
    guard let signature = try? key.signature(for: message),
      verificationKey.isValidSignature(Array(signature.derRepresentation), for: message)
    else { throw CertificateError(.selfCheckFailed, "the signature that was just made does not verify") }
    return Array(signature.derRepresentation)
  }
}
