public import SplitSealKeys
public import SplitSealBase
internal import SplitSealManifest

/// The files of a certificate, in the folder `.splitseal` of the dataset.
///
/// The folder's name starts with a dot so that loaders that guess a dataset's layout from its files leave it alone.
public struct CertificateFiles: Hashable, Sendable {
  /// Path of the folder.
  public let folder: String
  private var certificateName = "splitseal.sigstore.json"
  /// Whether the dataset brings the folder along, and nobody named it.
  private var isOfDataset = false

  /// The files of the dataset whose root is given.
  public init(root: String) {
    folder = root.hasSuffix("/") ? "\(root).splitseal" : "\(root)/.splitseal"
    isOfDataset = true
  }

  /// The files in a folder of any name.
  public init(folder: String) { self.folder = folder }

  /// The files beside a certificate that may have a name of its own.
  public init(certificate path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/")
    certificateName = String(parts.last ?? "")
  }

  /// Name of the file that holds the full report.
  public static var reportName: String { StatementNames.report }

  /// Path of `records.jsonl`.
  public var records: String { "\(folder)/\(StatementNames.records)" }
  /// Path of the certificate.
  public var certificate: String { "\(folder)/\(certificateName)" }
  /// Path of the signer's public key.
  public var publicKey: String { "\(folder)/splitseal.pub" }
  /// Path of the full report.
  public var report: String { "\(folder)/\(StatementNames.report)" }
  /// Path of the model signature, where there is one.
  public var modelSignature: String { "\(folder)/\(StatementNames.modelSignature)" }

  /// Path of the file that keeps git from changing line ends in the folder.
  public var gitAttributes: String { "\(folder)/.gitattributes" }

  /// Writes all files, each of them at once, the certificate last: a run that is cut short leaves no new certificate
  /// beside old records.
  ///
  /// - Parameters:
  ///   - signed: What to write.
  ///   - report: Bytes of the report that the certificate names; `nil` when it names none.
  ///
  /// Of a certificate that hides its records neither records nor report are written.
  /// - Throws: `CertificateError`: `inputOutput` with the file; `revealing` where a hidden certificate would lie beside
  ///   files that say what it hides.
  public func write(_ signed: SignedCertificate, report: [UInt8]?) throws(CertificateError) {
    try makeFolder()
    try FileBytes.replace(gitAttributes, Array(Self.gitAttributesText.utf8), mode: 0o644)
    if signed.claims.mode.isHidden {
      try checkRevealsNothing()
    } else {
      try FileBytes.replace(records, signed.records, mode: 0o644)
      if let report { try FileBytes.replace(self.report, report, mode: 0o644) }
    }
    try FileBytes.replace(publicKey, Array(signed.publicKey.pem.utf8), mode: 0o644)
    try FileBytes.replace(certificate, signed.bundle, mode: 0o644)
  }

  private static let gitAttributesText = """
    # A certificate commits to bytes: git must not change line ends here, whatever core.autocrlf says.
    * -text

    """

  /// Makes the folder unless it is there.
  ///
  /// - Throws: `CertificateError` with code `inputOutput`, also for a link.
  public func makeFolder() throws(CertificateError) {
    try checkFolder()
    try FileBytes.makeFolder(folder)
  }

  /// Refuses a folder that is a link and came with the dataset: files anywhere would be replaced.
  ///
  /// - Throws: `CertificateError` with code `inputOutput`.
  public func checkFolder() throws(CertificateError) {
    guard isOfDataset, SmallFile.isLink(folder) else { return }
    throw CertificateError(
      .inputOutput, "it is a link, which could lead anywhere",
      hint: "put a folder in its place, or name another one with -o", file: folder)
  }

  /// SHA-256 of the report; `nil` when there is none.
  ///
  /// - Throws: `CertificateError`: `inputOutput`, `tooLarge`.
  public func reportDigest() throws(CertificateError) -> Digest256? {
    do { return try FileContent.digest(of: report).sha256 } catch {
      guard error.code == .notFound else { throw error }
      return nil
    }
  }

  /// Replaces the certificate at once, after something was attached to it.
  ///
  /// - Throws: `CertificateError` with code `inputOutput`.
  public func replaceCertificate(_ bundle: [UInt8]) throws(CertificateError) {
    try FileBytes.replace(certificate, bundle, mode: 0o644)
  }

  /// Reads the certificate, at most ``Envelope/maximumByteCount`` bytes of it.
  ///
  /// - Throws: `CertificateError`: `notFound`, `inputOutput`, `tooLarge`.
  public func readCertificate() throws(CertificateError) -> [UInt8] {
    let missingHint = "name the certificate after the inputs, or make one with: splitseal certify"
    return try FileBytes.read(certificate, limit: Envelope.maximumByteCount, missingHint: missingHint).bytes
  }

  /// Reads the records.
  ///
  /// - Parameter limit: Bytes that may be read.
  /// - Returns: The bytes of `records.jsonl`.
  /// - Throws: `CertificateError`: `notFound`, `inputOutput`, `tooLarge`.
  public func readRecords(limit: Int = 8 << 30) throws(CertificateError) -> [UInt8] {
    try FileBytes.read(records, limit: limit).bytes
  }

  /// Reads the public key that lies beside the certificate; `nil` when there is none.
  ///
  /// Lying there is no reason to trust it.
  ///
  /// - Throws: `CertificateError`: `inputOutput`, `tooLarge`, `badKey`.
  public func readPublicKey() throws(CertificateError) -> VerificationKey? {
    do { return try VerificationKey.load(from: publicKey) } catch {
      guard error.code == .notFound else { throw error }
      return nil
    }
  }
}
