public import SplitSealKeys
public import SplitSealCertifying
public import SplitSealBase
internal import Crypto
public import SplitSealAudit
public import SplitSealCertificate
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealPolicy

/// From an audit to a signed certificate: glue between the stages that know nothing of each other.
public struct Certification: Sendable {
  /// Name of the dataset; `nil` takes the name of its folder.
  public var datasetName: String?
  /// Version of the dataset.
  public var datasetVersion: String?
  /// The files of the dataset's folder, where the certificate is to name their digest too.
  public var folder: FolderDigest?
  /// When the certificate is made, in seconds since 1970-01-01T00:00:00Z.
  public var createdAt: Int
  /// Version of this program.
  public var toolVersion: String
  /// The certificate whose place the new one takes; `nil` when there is none.
  public var supersedes: Digest256?

  /// How the records are hidden; `nil` where they are published.
  public var salting: RecordSalting?
  /// Whether a certificate that hides its records names no classes at all.
  public var hidesClasses = false

  /// Prepares a certification.
  public init(datasetName: String? = nil, datasetVersion: String? = nil, createdAt: Int, toolVersion: String) {
    self.datasetName = datasetName
    self.datasetVersion = datasetVersion
    self.createdAt = createdAt
    self.toolVersion = toolVersion
  }

  /// Signs what an audit found.
  ///
  /// - Parameters:
  ///   - result: The audit, whatever its verdict.
  ///   - report: The bytes of the full report that will lie beside the certificate.
  ///   - detectors: What was run.
  ///   - key: The signer's key.
  /// - Returns: The certificate with the records that it commits to; nothing is written.
  /// - Throws: `CertificateError` when a listed file could not be read, or the records cannot be committed to.
  public func certificate(
    of result: AuditResult, report: [UInt8], detectors: [Detector], signedWith key: SigningKey
  ) throws(CertificateError) -> SignedCertificate {
    try Self.checkContents(of: result.input)
    let bare = try RecordSet(manifest: result.input.manifest, contents: result.input.outcomes.map(\.content))
    let records = salting.map { bare.salted($0) } ?? bare
    var options = CertificateOptions(
      datasetName: datasetName ?? Self.folderName(of: result.input.manifest.root), createdAt: createdAt,
      toolVersion: toolVersion,
      environment: .current(imageDecoder: "\(ImageDecoder.identity) with \(ImageDecoder.libraries)"),
      detectors: detectors,
      policyDigest: result.input.policy.digest)
    if result.input.policy != Policy() { options.policyID = "splitseal:own" }
    options.datasetVersion = datasetVersion
    options.modelSignature = folder.map { NamedDigest(name: options.datasetName, sha256: $0.rootDigest) }
    options.supersedes = supersedes
    options.salting = salting
    options.hidesClasses = hidesClasses
    options.report = NamedDigest(
      name: CertificateFiles.reportName, mediaType: "application/json", sha256: Digest256(SHA256.hash(data: report)))
    let statement = try CertificateStatement(result, records: records, options: options)
    return try SignedCertificate(signing: statement, records: records, with: key)
  }

  /// Refuses files without bytes in the audit's words: `RecordSet` knows that they are missing, but not why.
  private static func checkContents(of input: AuditInput) throws(CertificateError) {
    let missing = input.outcomes.indices.filter { input.outcomes[$0].content == nil }
    guard let first = missing.first else { return }
    let path = printable(input.manifest.samples[first].path)
    let reason = input.outcomes[first].fault.map { "\($0)" } ?? "cannot be read"
    throw CertificateError(
      .badRecords,
      "'\(path)' is listed and has no bytes to sign: \(reason)"
        + (missing.count == 1 ? "" : "; \(missing.count - 1) more of \(input.outcomes.count) like it"),
      hint: "restore the file, or take it out of the manifest")
  }

  private static func folderName(of root: String) -> String {
    root.split(separator: "/").last.map(String.init) ?? "dataset"
  }
}
