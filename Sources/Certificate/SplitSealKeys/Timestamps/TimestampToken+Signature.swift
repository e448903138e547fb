internal import Crypto
internal import SwiftASN1
package import X509

extension TimestampToken {
  private static let contentType: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 3]
  private static let messageDigest: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 4]
  private static let signingCertificate: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 2, 12]
  private static let signingCertificateV2: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 2, 47]

  /// Checks that the token stamps these bytes and that its signature is that of the certificate it names.
  ///
  /// Whether that certificate is trusted is another question.
  ///
  /// - Parameter message: What was stamped: the bytes of a signature.
  /// - Returns: The authority's certificate.
  /// - Throws: ``TimestampFault`` that says what does not hold.
  package func checkedSigner(over message: [UInt8]) throws(TimestampFault) -> Certificate {
    guard imprint.digest == imprint.hash(message) else {
      throw TimestampFault(reason: "it is a timestamp of something else, not of this signature")
    }
    return try checkedSigner()
  }

  /// Checks that the token's signature is that of the certificate it names, whatever it stamps.
  ///
  /// - Returns: The authority's certificate.
  /// - Throws: ``TimestampFault`` that says what does not hold.
  func checkedSigner() throws(TimestampFault) -> Certificate {
    let type = signer.attribute(Self.contentType).flatMap { try? ASN1ObjectIdentifier(derEncoded: $0) }
    guard type == Self.timestampInfo else {
      throw TimestampFault(reason: "its signature does not say that it is over a timestamp")
    }
    let digest = signer.attribute(Self.messageDigest).flatMap { try? ASN1OctetString(derEncoded: $0) }
    guard let digest, digest.bytes.elementsEqual(signer.hash(content)) else {
      throw TimestampFault(reason: "it was changed after it was signed")
    }
    let named = certificates.first { signer.isNamed($0.certificate) && isSigningCertificate($0.der) }
    guard let certificate = named?.certificate else {
      throw TimestampFault(reason: "the certificate of its authority is not in it")
    }
    guard let algorithm = signer.hash.signatureAlgorithm(signer.signatureAlgorithm) else {
      throw TimestampFault(reason: "its signature algorithm is not supported (\(signer.signatureAlgorithm))")
    }
    guard
      certificate.publicKey.isValidSignature(
        signer.signature, for: signer.attributeBytes, signatureAlgorithm: algorithm)
    else { throw TimestampFault(reason: "its signature is not that of its authority") }
    return certificate
  }

  /// Whether the signature covers the digest of this certificate, so that no other with the same key and name will do.
  ///
  /// - Source: RFC 2634, section 5.4; RFC 5035, section 4; RFC 5816.
  private func isSigningCertificate(_ der: [UInt8]) -> Bool {
    if let attribute = signer.attribute(Self.signingCertificateV2) {
      guard var identifier = try? Self.firstIdentifier(attribute) else { return false }
      var hash = TimestampHash.sha256
      if let algorithm = identifier.next(ifTagged: .sequence) {
        guard let reader = try? DERReader(algorithm), let named = try? TimestampHash(reader) else { return false }
        hash = named
      }
      return (try? identifier.octets()) == hash(der)
    }
    guard let attribute = signer.attribute(Self.signingCertificate),
      var identifier = try? Self.firstIdentifier(attribute)
    else { return false }
    return (try? identifier.octets()) == Array(Insecure.SHA1.hash(data: der))
  }

  /// The first ESSCertID of a SigningCertificate: the signer's.
  private static func firstIdentifier(_ attribute: ASN1Node) throws(DERReader.Fault) -> DERReader {
    var value = try DERReader(attribute)
    var identifiers = try value.open()
    return try identifiers.open()
  }
}
