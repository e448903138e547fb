internal import Crypto
internal import CryptoExtras
internal import SwiftASN1

extension SigningKey {
  /// Reads a PKCS#8 PrivateKeyInfo.
  ///
  /// Attributes and a public key behind the private one are not read.
  ///
  /// - Throws: ``CertificateError`` with code `badKey`, which names a key of another kind.
  /// - Source: RFC 5958, section 2; RFC 8410, section 7.
  init(pkcs8 der: [UInt8], file: String?) throws(CertificateError) {
    guard let parts = try? Self.parts(ofPKCS8: der) else {
      throw CertificateError(.badKey, "the private key is damaged", hint: Self.makingHint, file: file)
    }
    let (algorithm, octets) = parts
    guard algorithm.isP256 || algorithm.isEd25519 else {
      throw CertificateError(
        .badKey, "\(algorithm.kind) signs no certificates", hint: Self.makingHint, file: file)
    }
    let storage: Storage?
    if algorithm.isEd25519 {
      // RFC 8410: the seed is an OCTET STRING within the OCTET STRING.
      let seed = (try? DERReader.node(octets)).flatMap { try? ASN1OctetString(derEncoded: $0) }
      storage = seed.flatMap { try? Curve25519.Signing.PrivateKey(rawRepresentation: $0.bytes) }.map { .ed25519($0) }
    } else {
      storage = Self.scalar(ofSEC1: octets).flatMap { try? P256.Signing.PrivateKey(rawRepresentation: $0) }
        .map { .p256($0) }
    }
    guard let storage else {
      throw CertificateError(.badKey, "the private key is damaged", hint: Self.makingHint, file: file)
    }
    self.init(storage)
  }

  /// Reads a SEC 1 ECPrivateKey.
  ///
  /// - Throws: ``CertificateError`` with code `badKey`, which names another curve.
  /// - Source: RFC 5915, section 3.
  init(sec1 der: [UInt8], file: String?) throws(CertificateError) {
    if let curve = Self.curve(ofSEC1: der), curve != AlgorithmName.p256 {
      let kind = AlgorithmName.keyKind(AlgorithmName.ecPublicKey, curve: curve)
      throw CertificateError(.badKey, "\(kind) signs no certificates", hint: Self.makingHint, file: file)
    }
    guard let scalar = Self.scalar(ofSEC1: der), let key = try? P256.Signing.PrivateKey(rawRepresentation: scalar)
    else {
      throw CertificateError(.badKey, "the private key is damaged", hint: Self.makingHint, file: file)
    }
    self.init(.p256(key))
  }

  /// The key as a PKCS#8 PrivateKeyInfo: secret.
  var pkcs8: [UInt8] {
    switch storage {
    case .p256(let key): Array(key.pkcs8DERRepresentation)
    case .ed25519(let key): Array(key.pkcs8DERRepresentation)
    }
  }

  static let makingHint = "make one with: splitseal keygen -o NAME"

  private static func parts(
    ofPKCS8 der: [UInt8]
  ) throws(DERReader.Fault) -> (KeyAlgorithmIdentifier, key: [UInt8]) {
    var reader = try DERReader(der: der)
    guard (0...1).contains(try reader.integer()) else { throw DERReader.Fault() }
    return (try KeyAlgorithmIdentifier(reader.open()), try reader.octets())
  }

  /// The private scalar, 32 bytes; the public key behind it is not read but computed.
  private static func scalar(ofSEC1 der: [UInt8]) -> [UInt8]? {
    guard var reader = try? DERReader(der: der), (try? reader.integer()) == 1, let scalar = try? reader.octets(),
      scalar.count <= 32
    else { return nil }
    return [UInt8](repeating: 0, count: 32 - scalar.count) + scalar
  }

  private static func curve(ofSEC1 der: [UInt8]) -> ASN1ObjectIdentifier? {
    guard var reader = try? DERReader(der: der), (try? reader.next()) != nil, (try? reader.next()) != nil,
      let parameters = reader.next(ifTagged: ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)),
      var inner = try? DERReader(parameters, parameters.identifier)
    else { return nil }
    return try? inner.objectIdentifier()
  }
}
