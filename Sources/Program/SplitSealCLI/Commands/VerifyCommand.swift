internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealCertificate
internal import SplitSealFingerprint
internal import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealReport
internal import SplitSealShard

/// `splitseal verify`.
struct VerifyCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a certificate against the files it speaks of.",
    discussion: """
      Give the inputs as they were given to certify; a last argument that ends in .sigstore.json or .dsse.json is the \
      certificate (default: .splitseal/splitseal.sigstore.json in the dataset's root). Checks the signature, the records \
      and every file, and names what differs; --signature-only and --sample check less, --audit runs the audit again. With \
      --signature-only the certificate alone will do.

      Exit status: 0 verified and trusted, 1 does not match, 2 could not run, 3 valid but the signer is not trusted, \
      4 malformed or unsupported.
      """)

  static let commonOptions = [
    "--public-key", "--fingerprint", "--trusted", "--signature-only", "--sample", "--audit", "--allow-extra", "--root", "--json", "--verbose",
  ]

  @OptionGroup var input: InputOptions
  @OptionGroup var policies: PolicyOptions
  @OptionGroup var depth: VerifyDepth

  @OptionGroup var trust: TrustOptions
  @OptionGroup var timestamps: TimestampOptions
  @OptionGroup var review: ReviewOptions

  @Option(
    help: ArgumentHelp("Secret that the records of a hidden certificate were hidden with.", valueName: "file"),
    completion: .file())
  var saltKey: String?

  @Option(
    help: ArgumentHelp("Pack that the certificate must name among its references. Repeatable.", valueName: "pack"),
    completion: .file())
  var reference: [String] = []

  @Flag(help: "Mention images that were added since, instead of failing.")
  var allowExtra = false

  @Option(
    help: ArgumentHelp("Write the outcome as JSON; - is standard output.", valueName: "file"), completion: .file())
  var json: String?

  @OptionGroup var audit: AuditOptions

  func run() async throws {
    let reviewer = try review.reviewer()
    var input = input
    let named = input.inputs.last.flatMap { Self.isCertificate($0) ? $0 : nil }
    if named != nil { input.inputs.removeLast() }
    let manifest = depth.signatureOnly || input.inputs.isEmpty ? nil : try readManifest(input)
    let root = try manifest?.root ?? (input.inputs.isEmpty ? "." : AuditConfiguration(input).root())
    let files = named.map { CertificateFiles(certificate: $0) } ?? CertificateFiles(root: root)
    // Before the files are read: a certificate that is not there should not take an hour to miss.
    let certificate = try files.readCertificate()
    let records = try readRecords(of: files, certificate)
    var verifier = try trust.verifier(of: files)
    verifier.timestamps = try await timestamps.check(of: certificate)
    verifier.allowsExtraFiles = allowExtra
    verifier.report = try files.reportDigest()
    verifier.saltKey = try saltKey.map { try HiddenOptions.load($0) }
    verifier.references = try reference.map {
      let pack = try FingerprintPack(reading: $0)
      return NamedDigest(name: pack.info.name, sha256: pack.sha256)
    }
    let evidence = Evidence(certificate: certificate, records: records, input: input, manifest: manifest)
    var (verification, imageCount) = try await verification(of: evidence, by: verifier)
    if let newer = depth.newer {
      verifier.checkSuperseded(by: try CertificateFiles(certificate: newer).readCertificate(), &verification)
    }
    if let reason = policyFault(input) {
      verification.note("the policy beside the data was left alone, as it cannot be used: \(reason)")
    }
    // What is no image by its name is not signed: whoever looks should know of it.
    if let ignored = manifest?.ignoredSentence { verification.note("not taken for images, and not signed: \(ignored)") }
    try review.write(verification, allowsExtraFiles: allowExtra, signedBy: reviewer)
    let report = VerificationReport(
      verification, imageCount: imageCount, depth: manifest == nil ? VerifyDepth.statementWord : depth.word,
      isVerbose: audit.verbose)
    if let json { try Output(path: json).write(report.json.prettyText) }
    if !input.quiet, json != "-" {
      try Output.standard.write(report.text(style: Console.style))
    }
    throw ExitCode(verification.status.rawValue)
  }

  static func isCertificate(_ argument: String) -> Bool {
    argument.hasSuffix(".sigstore.json") || argument.hasSuffix(".dsse.json")
  }

  /// The records beside the certificate; `nil` when there are none, so that they are rebuilt from the files.
  ///
  /// No more is read than the certificate's images can have.
  private func readRecords(of files: CertificateFiles, _ certificate: [UInt8]) throws(CertificateError) -> [UInt8]? {
    guard let limit = RecordLimits.byteCount(claimedBy: certificate) else { return nil }
    do { return try files.readRecords(limit: limit) } catch {
      switch error.code {
      case .notFound: return nil
      case .tooLarge:
        throw CertificateError(
          .tooLarge, "the file is larger than the records of all images that the certificate claims",
          hint: "these are not the records that were signed: get them from where the certificate came from",
          file: files.records)
      default: throw error
      }
    }
  }
}
