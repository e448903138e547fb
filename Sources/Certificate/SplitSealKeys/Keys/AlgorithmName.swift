internal import SwiftASN1

/// What people call the algorithms of keys, so that a key of the wrong kind is refused by name.
enum AlgorithmName {
  static let ecPublicKey: ASN1ObjectIdentifier = [1, 2, 840, 10_045, 2, 1]
  static let p256: ASN1ObjectIdentifier = [1, 2, 840, 10_045, 3, 1, 7]
  static let ed25519: ASN1ObjectIdentifier = [1, 3, 101, 112]

  /// The kinds that files hold and certificates are never signed with.
  ///
  /// - Source: RFC 8017, appendix A; RFC 5480, section 2.1.1; RFC 8410, section 3; SEC 2, version 2, appendix A.
  private static let kinds: [(ASN1ObjectIdentifier, String)] = [
    ([1, 2, 840, 113_549, 1, 1, 1], "an RSA key"), ([1, 2, 840, 113_549, 1, 1, 10], "an RSA-PSS key"),
    ([1, 2, 840, 10_040, 4, 1], "a DSA key"), ([1, 3, 101, 110], "an X25519 key"), ([1, 3, 101, 111], "an X448 key"),
    (ed25519, "an Ed25519 key"), ([1, 3, 101, 113], "an Ed448 key"), (p256, "an ECDSA P-256 key"),
    ([1, 3, 132, 0, 34], "an ECDSA P-384 key"), ([1, 3, 132, 0, 35], "an ECDSA P-521 key"),
    ([1, 3, 132, 0, 10], "an ECDSA secp256k1 key"), (ecPublicKey, "an elliptic-curve key"),
  ]

  /// What a key is, with its article: `an RSA key`.
  static func keyKind(_ algorithm: ASN1ObjectIdentifier, curve: ASN1ObjectIdentifier?) -> String {
    let identifier = algorithm == ecPublicKey ? curve ?? algorithm : algorithm
    return kinds.first { $0.0 == identifier }?.1 ?? "a key of type \(identifier)"
  }

  /// The name of an OpenSSH key type with its article: `an RSA key`.
  ///
  /// - Source: OpenSSH, PROTOCOL and PROTOCOL.u2f; RFC 4253, section 6.6; RFC 5656, section 6.2.
  static func keyKind(openSSH type: String) -> String? {
    let kinds = [
      "ssh-rsa": "an RSA key", "rsa-sha2-256": "an RSA key", "rsa-sha2-512": "an RSA key", "ssh-dss": "a DSA key",
      "ecdsa-sha2-nistp384": "an ECDSA P-384 key", "ecdsa-sha2-nistp521": "an ECDSA P-521 key",
      "sk-ssh-ed25519@openssh.com": "a key of a security token",
      "sk-ecdsa-sha2-nistp256@openssh.com": "a key of a security token",
    ]
    if let kind = kinds[type] { return kind }
    return type.hasSuffix("-cert-v01@openssh.com") ? "an OpenSSH certificate" : nil
  }
}

/// The AlgorithmIdentifier of a key.
///
/// - Source: RFC 5280, section 4.1.1.2; RFC 5480, section 2.1.1; RFC 8410, section 3.
struct KeyAlgorithmIdentifier {
  let algorithm: ASN1ObjectIdentifier
  let curve: ASN1ObjectIdentifier?

  init(_ reader: DERReader) throws(DERReader.Fault) {
    var reader = reader
    algorithm = try reader.objectIdentifier()
    curve = reader.nextIfPresent().flatMap { try? ASN1ObjectIdentifier(derEncoded: $0) }
  }

  var isP256: Bool { algorithm == AlgorithmName.ecPublicKey && curve == AlgorithmName.p256 }
  var isEd25519: Bool { algorithm == AlgorithmName.ed25519 }
  var kind: String { AlgorithmName.keyKind(algorithm, curve: curve) }
}
