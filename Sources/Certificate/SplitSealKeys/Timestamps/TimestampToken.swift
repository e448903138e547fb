internal import SplitSealBase
internal import SwiftASN1
package import X509

/// A timestamp as an authority gives it: CMS SignedData around a TSTInfo.
///
/// - Source: RFC 3161, section 2.4.2; RFC 5652, section 5.
package struct TimestampToken: Sendable {
  /// Most bytes of a token: with a chain of RSA certificates it has 8,000.
  static let maximumByteCount = 256 << 10
  /// Most certificates in a token: chains are built from them.
  static let maximumCertificateCount = 16

  static let contentInfo: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 2]
  static let timestampInfo: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 1, 4]

  /// What was signed: the bytes of the TSTInfo.
  let content: [UInt8]
  /// The TSTInfo's hash of what was stamped.
  let imprint: (hash: TimestampHash, digest: [UInt8])
  /// The TSTInfo's time, in whole seconds since 1970.
  let unixSeconds: Int
  /// The certificates that came along, each with its DER.
  let certificates: [(certificate: Certificate, der: [UInt8])]
  /// Who signed, and how.
  let signer: TimestampSigner

  /// Reads a TimeStampResp, or the token by itself.
  ///
  /// Nothing is verified.
  package init(parsing bytes: [UInt8]) throws(TimestampFault) {
    guard bytes.count <= Self.maximumByteCount else {
      throw TimestampFault(reason: "it has more than \(Self.maximumByteCount) bytes")
    }
    do {
      try self.init(contentInfo: try Self.token(bytes))
    } catch let fault as TimestampFault {
      throw fault
    } catch {
      throw TimestampFault(reason: "it is no timestamp of RFC 3161, or a damaged one")
    }
  }

  /// The ContentInfo, out of the response if there is one.
  private static func token(_ bytes: [UInt8]) throws -> ASN1Node {
    // CMS is BER; what is hashed within it is DER.
    let outer = try BER.parse(bytes)
    var reader = try DERReader(outer)
    let first = try reader.next()
    guard first.identifier == .sequence else { return outer }
    var status = try DERReader(first)
    let code = try status.integer()
    guard code == 0 || code == 1 else {
      throw TimestampFault(reason: "the authority gave no timestamp (status \(code))")
    }
    let token = try reader.next()
    try reader.end()
    return token
  }

  private init(contentInfo node: ASN1Node) throws {
    var info = try DERReader(node)
    guard try info.objectIdentifier() == Self.contentInfo else { throw DERReader.Fault() }
    var wrapper = try info.open(Self.tag(0))
    try info.end()
    var signedData = try wrapper.open()
    try wrapper.end()
    guard try signedData.integer() == 3 else { throw DERReader.Fault() }
    _ = try signedData.open(.set)

    var encapsulated = try signedData.open()
    guard try encapsulated.objectIdentifier() == Self.timestampInfo else {
      throw TimestampFault(reason: "what the authority signed is no timestamp")
    }
    var content = try encapsulated.open(Self.tag(0))
    self.content = try Array(ASN1OctetString(berEncoded: try content.next()).bytes)
    try content.end()

    var certificates: [(Certificate, [UInt8])] = []
    if let set = signedData.next(ifTagged: Self.tag(0)) {
      var reader = try DERReader(set, set.identifier)
      while let node = reader.nextIfPresent() {
        guard certificates.count < Self.maximumCertificateCount else {
          throw TimestampFault(reason: "it has more than \(Self.maximumCertificateCount) certificates")
        }
        // Attribute certificates and the like have tags of their own.
        guard node.identifier == .sequence else { continue }
        certificates.append((try Certificate(derEncoded: node), Array(node.encodedBytes)))
      }
    }
    self.certificates = certificates
    _ = signedData.next(ifTagged: Self.tag(1))
    var signers = try signedData.open(.set)
    signer = try TimestampSigner(signers.open())
    guard signers.nextIfPresent() == nil else { throw TimestampFault(reason: "it has more than one signature") }
    try signedData.end()
    (imprint, unixSeconds) = try Self.info(self.content)
  }

  /// What a TSTInfo says; serial number, accuracy, order, nonce and name decide nothing here.
  private static func info(
    _ content: [UInt8]
  ) throws -> (imprint: (hash: TimestampHash, digest: [UInt8]), unixSeconds: Int) {
    var info = try DERReader(der: content)
    guard try info.integer() == 1 else { throw DERReader.Fault() }
    _ = try info.objectIdentifier()
    var imprint = try info.open()
    let hash = try TimestampHash(imprint.open())
    let digest = try imprint.octets()
    _ = try info.next()
    let time = try GeneralizedTime(derEncoded: info.next())
    guard let days = TimeText.days(toYear: time.year, month: time.month, day: time.day) else {
      throw DERReader.Fault()
    }
    return ((hash, digest), days * 86_400 + time.hours * 3_600 + time.minutes * 60 + time.seconds)
  }

  /// What the token says, if its authority is the holder of a certificate.
  package func timestamp(by authority: Certificate) -> Timestamp {
    Timestamp(unixSeconds: unixSeconds, authority: "\(authority.subject)")
  }

  static func tag(_ number: UInt) -> ASN1Identifier {
    ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
  }
}
