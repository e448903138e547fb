public import SplitSealKeys
internal import SplitSealBase
internal import SplitSealJSON
internal import SwiftASN1

extension Envelope {
  /// Most timestamps of one bundle.
  static let maximumTimestampCount = 16

  /// The request that asks a timestamp authority to stamp the signature: a TimeStampReq with SHA-256, for a token that
  /// brings the authority's certificate along.
  ///
  /// There is no nonce: a signature is stamped once, and equal certificates give equal requests.
  ///
  /// - Throws: `CertificateError` with code `badTimestamp` when it cannot be written.
  /// - Source: RFC 3161, section 2.4.1.
  public var timestampRequest: [UInt8] {
    get throws(CertificateError) {
      var coder = DER.Serializer()
      do {
        try coder.appendConstructedNode(identifier: .sequence) { coder in
          try coder.serialize(1)
          try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.appendConstructedNode(identifier: .sequence) { coder in
              try coder.serialize(TimestampHash.sha256.identifier)
              try coder.serialize(ASN1Null())
            }
            try coder.serialize(ASN1OctetString(contentBytes: TimestampHash.sha256(signature)[...]))
          }
          try coder.serialize(true)
        }
      } catch {
        throw CertificateError(.badTimestamp, "the request cannot be written: \(error)")
      }
      return coder.serializedBytes
    }
  }

  /// Attaches a timestamp to a bundle; the rest of the bundle stays as it is.
  ///
  /// - Parameters:
  ///   - response: A TimeStampResp, or the token by itself.
  ///   - bundle: The certificate's bytes.
  /// - Returns: The bundle with the timestamp, and what the timestamp says. Nobody vouches for its authority yet.
  /// - Throws: `CertificateError`: `malformed` or `unsupported` for the bundle; `badTimestamp` for a token that is not
  ///   of this signature, is damaged, or is there already.
  public static func attaching(
    timestamp response: [UInt8], to bundle: [UInt8]
  ) throws(CertificateError) -> (bundle: [UInt8], timestamp: Timestamp) {
    let envelope = try Envelope(parsing: bundle)
    let timestamp: Timestamp
    do throws(TimestampFault) {
      let token = try TimestampToken(parsing: response)
      let leaf = try token.checkedSigner(over: envelope.signature)
      timestamp = token.timestamp(by: leaf)
    } catch {
      throw CertificateError(.badTimestamp, "the timestamp cannot be attached: \(error.reason)")
    }
    let new = try Self.wrapped(response)
    guard !envelope.timestamps.contains(new) else {
      throw CertificateError(.badTimestamp, "this timestamp is attached already")
    }
    guard envelope.timestamps.count < maximumTimestampCount else {
      throw CertificateError(.badTimestamp, "there are \(maximumTimestampCount) timestamps already")
    }
    var limits = JSONLimits()
    limits.maximumByteCount = maximumByteCount
    limits.maximumStringByteCount = maximumByteCount
    guard let document = try? JSONParser.parse(bundle, limits: limits), document["dsseEnvelope"] != nil,
      let material = document["verificationMaterial"]
    else {
      throw CertificateError(
        .unsupported, "a bare envelope has no place for a timestamp", hint: "attach it to the .sigstore.json file")
    }
    let timestamps = (envelope.timestamps + [new]).map { bytes in
      JSONValue.object(["signedTimestamp": .string(Base64.encode(bytes))])
    }
    let data = JSONValue.object(["rfc3161Timestamps": .array(timestamps)])
    let changed = document.replacing(
      "verificationMaterial", with: material.replacing("timestampVerificationData", with: data))
    let bytes = changed.canonicalBytes + [UInt8(ascii: "\n")]
    guard try Envelope(parsing: bytes).timestamps == envelope.timestamps + [new] else {
      throw CertificateError(.selfCheckFailed, "the certificate with the timestamp cannot be read")
    }
    return (bytes, timestamp)
  }

  /// The TimeStampResp that a bundle holds; a token by itself gets a response that says "granted" around it.
  ///
  /// - Source: sigstore/protobuf-specs, `RFC3161SignedTimestamp`; RFC 3161, section 2.4.2.
  private static func wrapped(_ response: [UInt8]) throws(CertificateError) -> [UInt8] {
    do {
      let node = try BER.parse(response)
      var reader = try DERReader(node)
      guard try reader.next().identifier == .objectIdentifier else { return response }
      var coder = DER.Serializer()
      try coder.appendConstructedNode(identifier: .sequence) { coder in
        try coder.appendConstructedNode(identifier: .sequence) { coder in try coder.serialize(0) }
        coder.serializeRawBytes(response)
      }
      return coder.serializedBytes
    } catch {
      throw CertificateError(.badTimestamp, "the timestamp cannot be read")
    }
  }

  /// Reads the timestamps of a bundle's verification material.
  static func timestamps(_ data: JSONValue?) throws(CertificateError) -> [[UInt8]] {
    guard let data else { return [] }
    try check(data, "the timestamp data", required: [], optional: ["rfc3161Timestamps"])
    guard let list = data["rfc3161Timestamps"] else { return [] }
    guard let elements = list.array, elements.count <= maximumTimestampCount else {
      throw CertificateError(.malformed, "'rfc3161Timestamps' is not an array of at most \(maximumTimestampCount)")
    }
    var timestamps: [[UInt8]] = []
    for element in elements {
      try check(element, "a timestamp", required: ["signedTimestamp"], optional: [])
      timestamps.append(try base64(element["signedTimestamp"], "signedTimestamp"))
    }
    return timestamps
  }
}

extension JSONValue {
  /// The object with another value under a key, which may be new.
  fileprivate func replacing(_ key: String, with value: JSONValue) -> JSONValue {
    guard let members else { return self }
    var kept = members.filter { !$0.key.hasSameBytes(as: key) }
    kept.append(JSONMember(key, value))
    return .object(kept)
  }
}
