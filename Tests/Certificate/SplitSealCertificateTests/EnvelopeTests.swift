import SplitSealBase
@testable import SplitSealKeys
import SplitSealFingerprint
import Testing

@testable import SplitSealCertificate

/// The vectors' keys are public: RFC 8032, section 7.1, test 1, and RFC 6979, appendix A.2.5.
enum MinimalVector {
  static let payload =
    #"{"_type":"https://in-toto.io/Statement/v1","predicate":{},"#
    + #""predicateType":"urn:splitseal:split-certificate:v1","subject":[{"digest":{"sha256":"#
    + #""e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},"name":"empty"}]}"#
  static let p256PEM = """
    -----BEGIN PUBLIC KEY-----
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYP7UuiVanTHJYet0xjVtaMBJuJI7
    Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQ==
    -----END PUBLIC KEY-----

    """
  static let p256Fingerprint = "SHA256:hfuNWmjIYvsBGZ6dpCLTTAEa5LxbZABRHHVoynAxFlo"
  static let p256Signature =
    "MEUCIQCk/QDVlqx2YMIf6wo5FjEdCaMTi4rf+lx0F8OyXOBN+AIgEZw00jy56XsGOBWi/00W0uunqlMWW+izn1NzDbp65eA="
  static let ed25519PEM = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
    -----END PUBLIC KEY-----

    """
  static let ed25519Fingerprint = "SHA256:bbXpuKG6zhzdmnxq256TlqzFBzRl2f6OOg722cYNbU8"
  static let ed25519Signature =
    "TdeBozbCmqpDJiO8n53r2BNLLpbIyH5arZ2x3HCaouOlW0A4p9D1afYYVaeNlpCYzYZFGK/UZK4dHBoCKiX5Cw=="

  static func envelope(
    payload: String = Base64.encode(payload.utf8), type: String = "application/vnd.in-toto+json",
    signature: String = p256Signature, keyID: String? = p256Fingerprint
  ) -> String {
    let keyID = keyID.map { #""keyid":"\#($0)","# } ?? ""
    return #"{"payload":"\#(payload)","payloadType":"\#(type)","signatures":[{\#(keyID)"sig":"\#(signature)"}]}"#
  }
}

@Suite struct EnvelopeTests {
  // secure-systems-lab/dsse, protocol.md 1.0.0.
  @Test func `the bytes to sign are those of the specification's example`() {
    let bytes = Envelope.preAuthenticationEncoding(
      payloadType: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
  }

  @Test(arguments: [
    (MinimalVector.p256PEM, MinimalVector.p256Fingerprint, MinimalVector.p256Signature),
    (MinimalVector.ed25519PEM, MinimalVector.ed25519Fingerprint, MinimalVector.ed25519Signature),
  ])
  func `the minimal vector verifies`(pem: String, fingerprint: String, signature: String) throws {
    let text = MinimalVector.envelope(signature: signature, keyID: fingerprint)
    let envelope = try Envelope(parsing: Array(text.utf8))
    let key = try VerificationKey(pem: Array(pem.utf8))
    #expect(key.fingerprint.description == fingerprint)
    #expect(envelope.payload.count == 227)
    #expect(
      envelope.certificateID.description == "61ae4f40aa86f8933fc4e6fc53b86120d1a6dfbc83dab10eead011a3ad0db7f0")
    #expect(
      Fixture.digest(String(decoding: envelope.preAuthenticationEncoding, as: UTF8.self)).description
        == "5bcb77a2eb7cb45460daaf1a09f8bbb503e4d336b91ada2159286c23fa279072")
    #expect(envelope.isSigned(by: key))
    #expect(String(decoding: envelope.envelopeBytes, as: UTF8.self) == text + "\n")
  }

  @Test func `a bundle says what its envelope says`() throws {
    let bare = try Envelope(parsing: Array(MinimalVector.envelope().utf8))
    let bundle = String(decoding: bare.bundleBytes, as: UTF8.self)
    #expect(
      bundle == #"{"dsseEnvelope":\#(MinimalVector.envelope()),"#
        + #""mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":"#
        + #"{"publicKey":{"hint":"\#(MinimalVector.p256Fingerprint)"},"tlogEntries":[]}}"# + "\n")
    let read = try Envelope(parsing: Array(bundle.utf8))
    #expect(read.payload == bare.payload)
    #expect(read.signature == bare.signature)
    #expect(read.hint == MinimalVector.p256Fingerprint)
  }

  @Test func `an envelope needs no key identifier, and reads the URL-safe alphabet`() throws {
    let text = MinimalVector.envelope(
      signature: MinimalVector.p256Signature.replacing("/", with: "_").replacing("+", with: "-"), keyID: nil)
    let envelope = try Envelope(parsing: Array(text.utf8))
    #expect(envelope.keyID == nil)
    #expect(envelope.isSigned(by: try VerificationKey(pem: Array(MinimalVector.p256PEM.utf8))))
  }

  private static let good = MinimalVector.envelope()
  private static let signature = #"{"keyid":"k","sig":"\#(MinimalVector.p256Signature)"}"#

  private static func signatures(_ list: String) -> String {
    let start = good.firstRange(of: #""signatures":"#)?.upperBound ?? good.endIndex
    return good[..<start] + list + "}"
  }

  private static func bundle(
    mediaType: String = "application/vnd.dev.sigstore.bundle.v0.3+json",
    material: String = #"{"publicKey":{"hint":"x"},"tlogEntries":[]}"#, more: String = ""
  ) -> String {
    #"{"mediaType":"\#(mediaType)","verificationMaterial":\#(material),"dsseEnvelope":\#(good)\#(more)}"#
  }

  @Test(arguments: [
    bundle(), bundle(material: #"{"publicKey":{}}"#),
    bundle(material: #"{"publicKey":{"hint":"x"},"tlogEntries":[],"timestampVerificationData":{}}"#),
  ])
  func `a bundle's optional members may be there`(text: String) throws {
    _ = try Envelope(parsing: Array(text.utf8))
  }

  private static let malformed: [(text: String, why: String)] = [
    (signatures("[]"), "no signature"),
    (signatures("[\(signature),\(signature)]"), "the same signature twice"),
    (signatures(#"[\#(signature),{"keyid":"l","sig":"AAAA"}]"#), "two signatures"),
    (signatures("{}"), "signatures that are no array"), (signatures("[null]"), "a signature that is null"),
    (signatures(#"[{"keyid":"k"}]"#), "a signature without its bytes"),
    (signatures(#"[{"keyid":"k","sig":""}]"#), "an empty signature"),
    (signatures(#"[{"keyid":1,"sig":"AAAA"}]"#), "a keyid that is a number"),
    (signatures(#"[{"keyid":"k","sig":"AAAA","cert":"x"}]"#), "an unknown member of a signature"),
    (String(good.dropLast()) + #","extra":1}"#, "an unknown member of the envelope"),
    (String(good.dropLast()) + #","payload":"AAAA"}"#, "a key twice"),
    ("\u{FEFF}" + good, "a byte order mark"), (good + "{}", "bytes behind the envelope"), (good + "\0", "a NUL behind"),
    (MinimalVector.envelope(payload: ""), "an empty payload"),
    (MinimalVector.envelope(payload: "AAAA AAAA"), "base64 with white space"),
    (MinimalVector.envelope(payload: "AB=="), "base64 with bits left over"),
    (MinimalVector.envelope(payload: "AA"), "base64 without padding"),
    (bundle(more: #","extra":1"#), "an unknown member of the bundle"),
    (bundle(material: #"{"publicKey":{"hint":"x","key":"y"}}"#), "an unknown member of the public key"),
    (bundle(material: #"{"publicKey":{"hint":1}}"#), "a hint that is a number"),
    (bundle(material: #"{"publicKey":{"hint":"x"},"tlogEntries":{}}"#), "log entries that are no array"),
    (bundle(material: #"{"publicKey":{"hint":"x"},"extra":[]}"#), "an unknown member of the material"),
    (#"{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}"#, "a bundle without an envelope"),
    ("[]", "no object"), ("", "nothing"), (String(repeating: "[", count: 100), "deep nesting"),
  ]

  @Test(arguments: malformed)
  func `a malformed file is refused`(text: String, why: String) {
    let error = #expect(throws: CertificateError.self) { try Envelope(parsing: Array(text.utf8)) }
    #expect(error?.code == .malformed, "\(why)")
  }

  @Test(arguments: [
    MinimalVector.envelope(type: "application/json"), MinimalVector.envelope(type: "application/vnd.in-toto+json "),
    MinimalVector.envelope(type: "Application/vnd.in-toto+json"),
    bundle(mediaType: "application/vnd.dev.sigstore.bundle+json;version=0.3"),
    bundle(mediaType: "application/vnd.dev.sigstore.bundle.v0.4+json"),
    bundle(material: #"{"certificate":{"rawBytes":"AAAA"},"tlogEntries":[]}"#),
  ])
  func `another type, version or kind of signer is unsupported`(text: String) {
    let error = #expect(throws: CertificateError.self) { try Envelope(parsing: Array(text.utf8)) }
    #expect(error?.code == .unsupported)
  }

  @Test func `a file of more than 8 MiB is refused`() {
    let text = MinimalVector.envelope(payload: String(repeating: "AAAA", count: 2 << 20))
    let error = #expect(throws: CertificateError.self) { try Envelope(parsing: Array(text.utf8)) }
    #expect(error?.code == .malformed)
  }
}
