internal import SplitSealCertificate
public import SplitSealKeys
internal import SplitSealBase
internal import Crypto
internal import SplitSealFingerprint
internal import SplitSealJSON

/// A Croissant file that points to a certificate: a `FileObject` for it, and `subjectOf`.
///
/// The certificate names no digest of the Croissant file and the Croissant file one of the certificate, so that neither
/// has to be there before the other.
///
/// - Source: docs.mlcommons.org/croissant, specification 1.1, "Dataset-level Information" and "FileObject".
public struct CroissantPatch: Sendable {
  /// Bytes of the largest Croissant file.
  public static let maximumByteCount = 64 << 20

  /// The new text: JSON on many lines, members in the order of the old one.
  public let text: String
  /// SHA-256 of the certificate's payload, 64 hexadecimal digits.
  public let certificateID: String

  /// Adds the certificate to a Croissant file; what an earlier patch added under the same name is replaced.
  ///
  /// - Parameters:
  ///   - croissant: Bytes of the Croissant file.
  ///   - file: Its name, for messages.
  ///   - certificate: Bytes of the certificate. Its form is checked, its signature is not.
  ///   - contentUrl: The certificate's path as seen from the new Croissant file, or its address.
  /// - Throws: ``CertificateError``: `malformed`, `unsupported`, `tooLarge`.
  public init(
    of croissant: [UInt8], file: String, pointingTo certificate: [UInt8], at contentUrl: String
  ) throws(CertificateError) {
    let envelope = try Envelope(parsing: certificate)
    _ = try CertificateClaims(payload: envelope.payload)
    certificateID = envelope.certificateID.description
    var limits = JSONLimits()
    limits.maximumByteCount = Self.maximumByteCount
    limits.maximumDepth = 64
    limits.maximumStringByteCount = 1 << 20
    let document: JSONValue
    do { document = try JSONParser.parse(croissant, limits: limits) } catch {
      throw CertificateError(.malformed, "not a Croissant file: \(error)", file: file)
    }
    guard let members = document.members, document["@context"] != nil, document["@type"] != nil else {
      throw CertificateError(
        .malformed, "not a Croissant file: it is no object with '@context' and '@type'",
        hint: "give the dataset's croissant.json", file: file)
    }
    let entry = Self.fileObject(certificate, id: certificateID, contentUrl: contentUrl)
    text =
      JSONValue.object(
        Self.changed(
          Self.changed(members, "distribution") { Self.list($0, with: entry) }, "subjectOf"
        ) { old in
          let reference = JSONValue.object(["@id": .string(Self.identity)])
          let others = Self.others(old)
          return others.isEmpty ? reference : .array(others + [reference])
        }
      ).prettyText
  }

  /// The identity of the certificate among the files.
  private static let identity = "splitseal.sigstore.json"

  private static func fileObject(_ certificate: [UInt8], id: String, contentUrl: String) -> JSONValue {
    .object([
      "@type": .string("cr:FileObject"), "@id": .string(identity), "name": .string(identity),
      "description": .string(
        "SplitSeal certificate of the dataset's splits, \(StatementNames.predicateType); certificate id \(id)."),
      "contentUrl": .string(contentUrl), "contentSize": .string("\(certificate.count) B"),
      "encodingFormat": .string(Envelope.bundleMediaType),
      "sha256": .string(Digest256(SHA256.hash(data: certificate)).description),
    ])
  }

  /// The elements of a list, or of a single value, without what an earlier patch added.
  private static func others(_ old: JSONValue?) -> [JSONValue] {
    let elements = old.map { $0.array ?? [$0] } ?? []
    return elements.filter { ($0.string ?? $0["@id"]?.string).map { $0.hasSameBytes(as: identity) } != true }
  }

  private static func list(_ old: JSONValue?, with entry: JSONValue) -> JSONValue { .array(others(old) + [entry]) }

  private static func changed(
    _ members: [JSONMember], _ key: String, _ change: (JSONValue?) -> JSONValue
  ) -> [JSONMember] {
    var members = members
    if let index = members.firstIndex(where: { $0.key.hasSameBytes(as: key) }) {
      members[index] = JSONMember(key, change(members[index].value))
    } else {
      members.append(JSONMember(key, change(nil)))
    }
    return members
  }
}
