public import SplitSealKeys
internal import SplitSealBase
internal import SplitSealJSON

extension Envelope {
  /// Reads a Sigstore bundle or a bare DSSE envelope.
  ///
  /// Nothing is verified.
  ///
  /// Refused: members that are not in the format, anything but one signature, another payload type, base64 that has a
  /// second form, and what `JSONParser` refuses.
  ///
  /// - Throws: `CertificateError`: `malformed`, or `unsupported` for another media type, payload type or way to name
  ///   the signer.
  public init(parsing bytes: [UInt8]) throws(CertificateError) {
    var limits = JSONLimits()
    limits.maximumByteCount = Envelope.maximumByteCount
    limits.maximumStringByteCount = Envelope.maximumByteCount
    limits.allowsDecimals = false
    let document: JSONValue
    do { document = try JSONParser.parse(bytes, limits: limits) } catch {
      throw CertificateError(.malformed, "not a certificate: \(error)")
    }
    guard document["dsseEnvelope"] != nil || document["mediaType"] != nil else {
      try self.init(envelope: document, hint: nil, timestamps: [])
      return
    }
    try Self.check(
      document, "the bundle", required: ["mediaType", "dsseEnvelope", "verificationMaterial"], optional: [])
    let mediaType = document["mediaType"]?.string
    guard let mediaType, mediaType.hasSameBytes(as: Envelope.bundleMediaType) else {
      throw CertificateError(
        .unsupported, "the bundle's media type is \(mediaType?.quoted ?? "missing"), not \(Envelope.bundleMediaType)")
    }
    guard let envelope = document["dsseEnvelope"] else {
      throw CertificateError(.malformed, "the bundle has no 'dsseEnvelope'")
    }
    let material = document["verificationMaterial"] ?? .null
    let hint = try Self.hint(material)
    let timestamps = try Self.timestamps(material["timestampVerificationData"])
    try self.init(envelope: envelope, hint: hint, timestamps: timestamps)
  }

  private init(envelope: JSONValue, hint: String?, timestamps: [[UInt8]]) throws(CertificateError) {
    try Self.check(envelope, "the envelope", required: ["payload", "payloadType", "signatures"], optional: [])
    guard let type = envelope["payloadType"]?.string, type.hasSameBytes(as: Envelope.payloadType) else {
      throw CertificateError(
        .unsupported,
        "the payload type is \(envelope["payloadType"]?.string?.quoted ?? "missing"), not \(Envelope.payloadType)")
    }
    guard let signatures = envelope["signatures"]?.array, let signature = signatures.first, signatures.count == 1 else {
      throw CertificateError(.malformed, "the envelope does not have exactly one signature")
    }
    try Self.check(signature, "the signature", required: ["sig"], optional: ["keyid"])
    var keyID: String?
    if let member = signature["keyid"] {
      guard let text = member.string else { throw CertificateError(.malformed, "'keyid' is not a string") }
      keyID = text
    }
    self.init(
      payload: try Self.base64(envelope["payload"], "payload"), signature: try Self.base64(signature["sig"], "sig"),
      keyID: keyID, hint: hint, timestamps: timestamps)
  }

  static func base64(_ value: JSONValue?, _ name: String) throws(CertificateError) -> [UInt8] {
    guard let text = value?.string, let bytes = Base64.decode(text), !bytes.isEmpty else {
      throw CertificateError(.malformed, "'\(name)' is not base64 in its one form")
    }
    return bytes
  }

  /// The hint about the key.
  ///
  /// Log entries may be there; this version draws nothing from them.
  private static func hint(_ material: JSONValue) throws(CertificateError) -> String? {
    guard material["publicKey"] != nil else {
      throw CertificateError(.unsupported, "the bundle does not name a public key: other signers are not supported")
    }
    try check(
      material, "the verification material", required: ["publicKey"],
      optional: ["tlogEntries", "timestampVerificationData"])
    if let entries = material["tlogEntries"], entries.array == nil {
      throw CertificateError(.malformed, "'tlogEntries' is not an array")
    }
    let key = material["publicKey"] ?? .null
    try check(key, "the public key", required: [], optional: ["hint"])
    guard let hint = key["hint"] else { return nil }
    guard let text = hint.string else { throw CertificateError(.malformed, "'hint' is not a string") }
    return text
  }

  static func check(
    _ value: JSONValue, _ name: String, required: [String], optional: [String]
  ) throws(CertificateError) {
    guard let members = value.members else { throw CertificateError(.malformed, "\(name) is not an object") }
    for key in required where value[key] == nil { throw CertificateError(.malformed, "\(name) has no '\(key)'") }
    for member in members where !(required + optional).contains(where: { $0.hasSameBytes(as: member.key) }) {
      throw CertificateError(.malformed, "\(name) has an unknown member \(member.key.quoted)")
    }
  }
}
