public import SplitSealKeys
public import SplitSealBase
internal import Crypto
internal import SplitSealJSON

/// A signed payload: a DSSE envelope with one signature, by itself or in a Sigstore bundle.
///
/// - Source: secure-systems-lab/dsse, envelope.md and protocol.md 1.0.0; sigstore/protobuf-specs, bundle v0.3.
public struct Envelope: Hashable, Sendable {
  /// The only payload type there is here: an in-toto statement.
  public static let payloadType = "application/vnd.in-toto+json"
  /// The media type of the bundle.
  public static let bundleMediaType = "application/vnd.dev.sigstore.bundle.v0.3+json"
  /// Bytes of the largest certificate file.
  public static let maximumByteCount = 8 << 20

  /// The bytes that were signed, exactly as they were signed: never parsed and written again.
  public let payload: [UInt8]
  /// The signature over ``preAuthenticationEncoding``.
  public let signature: [UInt8]
  /// What the envelope says about the key.
  ///
  /// Anybody can write anything here: a hint, never a reason to trust.
  public let keyID: String?
  /// What the bundle says about the key, a hint as well; `nil` without a bundle.
  public let hint: String?
  /// Timestamps of the signature as they are attached, each a TimeStampResp of RFC 3161: unverified.
  public let timestamps: [[UInt8]]

  /// Signs a payload.
  ///
  /// - Throws: `CertificateError` with code `selfCheckFailed` when the signature does not verify.
  public init(signing payload: [UInt8], with key: SigningKey) throws(CertificateError) {
    let signed = Envelope.preAuthenticationEncoding(payloadType: Envelope.payloadType, payload: payload)
    self.init(
      payload: payload, signature: try key.signature(for: signed),
      keyID: key.verificationKey.fingerprint.description, hint: key.verificationKey.fingerprint.description)
  }

  package init(payload: [UInt8], signature: [UInt8], keyID: String?, hint: String?, timestamps: [[UInt8]] = []) {
    self.payload = payload
    self.signature = signature
    self.keyID = keyID
    self.hint = hint
    self.timestamps = timestamps
  }

  /// SHA-256 of the payload: the certificate's identity.
  ///
  /// The file and the signature have many valid forms, the payload has one.
  public var certificateID: Digest256 { Digest256(SHA256.hash(data: payload)) }

  /// Whether the signature is `key`'s.
  public func isSigned(by key: VerificationKey) -> Bool {
    key.isValidSignature(signature, for: preAuthenticationEncoding)
  }

  /// The bytes that the signature covers.
  public var preAuthenticationEncoding: [UInt8] {
    Envelope.preAuthenticationEncoding(payloadType: Envelope.payloadType, payload: payload)
  }

  /// The bytes that DSSE signs: `DSSEv1`, then the length and the bytes of the type and of the payload, each after one
  /// space.
  ///
  /// - Source: secure-systems-lab/dsse, protocol.md 1.0.0, "Signature Definition".
  public static func preAuthenticationEncoding(payloadType: String, payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
  }

  /// The file: a Sigstore bundle, one RFC 8785 line with a final line feed.
  public var bundleBytes: [UInt8] {
    JSONValue.object([
      "mediaType": .string(Envelope.bundleMediaType),
      "verificationMaterial": .object([
        "publicKey": .object(["hint": (hint ?? keyID).map(JSONValue.string)]), "tlogEntries": .array([]),
      ]),
      "dsseEnvelope": json,
    ]).canonicalBytes + [UInt8(ascii: "\n")]
  }

  /// The envelope without the bundle, one RFC 8785 line with a final line feed.
  public var envelopeBytes: [UInt8] { json.canonicalBytes + [UInt8(ascii: "\n")] }

  private var json: JSONValue {
    .object([
      "payload": .string(Base64.encode(payload)), "payloadType": .string(Envelope.payloadType),
      "signatures": .array([
        .object(["keyid": keyID.map(JSONValue.string), "sig": .string(Base64.encode(signature))])
      ]),
    ])
  }
}
