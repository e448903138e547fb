internal import SwiftASN1
internal import X509

/// The SignerInfo of a timestamp.
///
/// - Source: RFC 5652, section 5.3.
struct TimestampSigner: Sendable {
  /// How the signer's certificate is named.
  enum Identifier: Hashable, Sendable {
    case issuer(DistinguishedName, serialNumber: [UInt8])
    case key([UInt8])
  }

  let identifier: Identifier
  let hash: TimestampHash
  /// The signed attributes by type, with the values of each.
  let attributes: [(type: ASN1ObjectIdentifier, values: [ASN1Node])]
  /// The attributes as they are hashed: with the tag of a SET.
  let attributeBytes: [UInt8]
  let signatureAlgorithm: ASN1ObjectIdentifier
  let signature: [UInt8]

  init(_ reader: DERReader) throws {
    var reader = reader
    _ = try reader.integer()
    if let key = reader.next(ifTagged: TimestampToken.tag(0)) {
      guard case .primitive(let bytes) = key.content else { throw DERReader.Fault() }
      identifier = .key(Array(bytes))
    } else {
      var name = try reader.open()
      let issuer = try DistinguishedName(derEncoded: name.next())
      guard case .primitive(let serial) = try name.next().content else { throw DERReader.Fault() }
      identifier = .issuer(issuer, serialNumber: Array(serial))
    }
    hash = try TimestampHash(reader.open())
    guard let signed = reader.next(ifTagged: TimestampToken.tag(0)) else {
      throw TimestampFault(reason: "its signature does not cover the attributes that name its content and signer")
    }
    // RFC 5652, section 5.4: hashed is the DER of a SET OF, not the tag that stands in the message.
    attributeBytes = [0x31] + signed.encodedBytes.dropFirst()
    var set = try DERReader(signed, signed.identifier)
    var attributes: [(ASN1ObjectIdentifier, [ASN1Node])] = []
    while let node = set.nextIfPresent() {
      var attribute = try DERReader(node)
      let type = try attribute.objectIdentifier()
      var values = try attribute.open(.set)
      var nodes: [ASN1Node] = []
      while let value = values.nextIfPresent() { nodes.append(value) }
      attributes.append((type, nodes))
    }
    self.attributes = attributes
    var algorithm = try reader.open()
    signatureAlgorithm = try algorithm.objectIdentifier()
    signature = try Array(ASN1OctetString(berEncoded: reader.next()).bytes)
  }

  /// The value of an attribute that must stand there once, with one value.
  func attribute(_ type: ASN1ObjectIdentifier) -> ASN1Node? {
    let found = attributes.filter { $0.type == type }
    return found.count == 1 && found[0].values.count == 1 ? found[0].values[0] : nil
  }

  /// Whether a certificate is the one that is named.
  func isNamed(_ certificate: Certificate) -> Bool {
    switch identifier {
    case .issuer(let issuer, let serialNumber):
      certificate.issuer == issuer && certificate.serialNumber.bytes.elementsEqual(serialNumber.drop { $0 == 0 })
        || certificate.issuer == issuer && certificate.serialNumber.bytes.elementsEqual(serialNumber)
    case .key(let identifier):
      (try? certificate.extensions.subjectKeyIdentifier)?.keyIdentifier.elementsEqual(identifier) == true
    }
  }
}
