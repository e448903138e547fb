public import SplitSealKeys
internal import SplitSealCertificate
internal import SplitSealBase
internal import Crypto
internal import SplitSealFingerprint
internal import SplitSealJSON

/// A signature over every file of a folder that `model_signing verify key` accepts.
///
/// It says which bytes lie in the folder and nothing of splits or labels: those are the certificate's.
///
/// - Source: OpenSSF Model Signing v1.0 (ossf/model-signing-spec); what its reference implementation 1.1.1 asks for
///   stands in docs/exports.md.
public struct ModelSignature: Sendable {
  /// Usual name of the file.
  public static let fileName = StatementNames.modelSignature
  /// Files from which on the signature is so large that a caller should say so.
  public static let manyFileCount = 50_000

  /// The bytes of the file: a Sigstore bundle.
  public let bundle: [UInt8]

  /// Bytes that a signature over so many files has, roughly: 183 a file with paths of 20 bytes.
  public static func approximateByteCount(fileCount: Int) -> Int { fileCount * 183 }

  /// Signs the digests of a folder's files.
  ///
  /// - Parameters:
  ///   - folder: The files.
  ///   - key: An ECDSA P-256 key: the format has no Ed25519.
  /// - Throws: ``CertificateError``: `badKey` for a key of another kind, `selfCheckFailed`.
  public init(of folder: FolderDigest, with key: SigningKey) throws(CertificateError) {
    let signer = key.verificationKey
    try Self.check(signer)
    let payload = Self.statement(folder).canonicalBytes
    let signed = Envelope.preAuthenticationEncoding(payloadType: Envelope.payloadType, payload: payload)
    // The hint by which model_signing knows the key: SHA-256 of its PEM text, the final newline with it.
    let hint = Digest256(SHA256.hash(data: Array(signer.pem.utf8))).description
    bundle =
      Envelope(payload: payload, signature: try key.signature(for: signed), keyID: hint, hint: hint).bundleBytes
  }

  /// Refuses the key of a signer that the format does not have.
  ///
  /// - Throws: ``CertificateError`` with code `badKey` for anything but ECDSA P-256.
  public static func check(_ signer: VerificationKey) throws(CertificateError) {
    guard signer.algorithm != .ecdsaP256SHA256 else { return }
    throw CertificateError(
      .badKey, "an OMS signature cannot be made with an Ed25519 key: the format has ECDSA keys alone",
      hint: "make a P-256 key with: splitseal keygen -o NAME")
  }

  /// Writes the signature, all of it at once.
  ///
  /// - Throws: ``CertificateError`` with code `inputOutput` or `notFound`.
  public func write(to path: String) throws(CertificateError) { try FileBytes.replace(path, bundle, mode: 0o644) }

  private static func statement(_ folder: FolderDigest) -> JSONValue {
    .object([
      "_type": .string(StatementNames.statementType),
      "predicate": .object([
        "resources": .array(
          folder.resources.map {
            .object([
              "algorithm": .string("sha256"), "digest": .string($0.sha256.description), "name": .string($0.name),
            ])
          }),
        "serialization": .object([
          "allow_symlinks": .bool(false), "hash_type": .string("sha256"),
          "ignore_paths": .array(folder.ignoredPaths.map(JSONValue.string)), "method": .string("files"),
        ]),
      ]),
      "predicateType": .string("https://model_signing/signature/v1.0"),
      "subject": .array([
        .object([
          "digest": .object(["sha256": .string(folder.rootDigest.description)]), "name": .string(folder.name),
        ])
      ]),
    ])
  }
}
