internal import SplitSealKeys
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
    abstract: "Check a certificate against the files of the dataset.",
    discussion: """
      Give the same inputs as to certify. If the last argument ends in .sigstore.json or .dsse.json, it is the certificate \
      (default: .splitseal/splitseal.sigstore.json in the dataset's root). The signature, the records and every file are \
      checked, and every difference is listed. --signature-only and --sample check less, and --audit also runs the audit \
      again. With --signature-only you can give the certificate without inputs.

      Exit status: 0 verified and trusted, 1 does not match, 2 could not run, 3 valid but the signer is not trusted, \
      4 malformed or unsupported.
      """)

  static let commonOptions = [
    "--public-key", "--fingerprint", "--trusted", "--signature-only", "--sample", "--audit", "--allow-extra", "--root",
    "--json", "--verbose",
  ]

  @OptionGroup var input: InputOptions
  @OptionGroup(title: HelpSection.policy) var policies: PolicyOptions
  @OptionGroup(title: HelpSection.depth) var depth: VerifyDepth
  @OptionGroup(title: HelpSection.signers) var trust: TrustOptions
  @OptionGroup(title: HelpSection.signers) var timestamps: TimestampOptions
  @OptionGroup(title: HelpSection.expected) var expected: ExpectedOptions
  @OptionGroup(title: HelpSection.review) var review: ReviewOptions

  @Flag(help: "Report images that were added since in a note, instead of failing.")
  var allowExtra = false

  @Option(
    help: ArgumentHelp("Write the result as JSON; - means standard output.", valueName: "file"), completion: .file())
  var json: String?

  @OptionGroup(title: HelpSection.audit) var audit: AuditOptions

  func run() async throws {
    let reviewer = try review.reviewer()
    var input = input
    let named = input.inputs.last.flatMap { Self.isCertificate($0) ? $0 : nil }
    if named != nil { input.inputs.removeLast() }
    let manifest = depth.signatureOnly || input.inputs.isEmpty ? nil : try readManifest(input)
    let root = try manifest?.root ?? (input.inputs.isEmpty ? "." : AuditConfiguration(input).root())
    let files = named.map { CertificateFiles(certificate: $0) } ?? CertificateFiles(root: root)
    // Before the files are read, so that a missing certificate is reported at once.
    let certificate = try files.readCertificate()
    let records = try readRecords(of: files, certificate)
    var verifier = try trust.verifier(of: files)
    verifier.timestamps = try await timestamps.check(of: certificate)
    verifier.allowsExtraFiles = allowExtra
    verifier.report = try files.reportDigest()
    verifier.saltKey = try expected.saltKey.map { try HiddenOptions.load($0) }
    verifier.references = try expected.reference.map {
      let pack = try FingerprintPack(reading: $0)
      return NamedDigest(name: pack.info.name, sha256: pack.sha256)
    }
    let evidence = Evidence(certificate: certificate, records: records, input: input, manifest: manifest)
    var (verification, imageCount) = try await verification(of: evidence, by: verifier)
    if let newer = depth.newer {
      verifier.checkSuperseded(by: try CertificateFiles(certificate: newer).readCertificate(), &verification)
    }
    if let reason = policyFault(input) {
      verification.note("the policy beside the data was ignored, because it cannot be used: \(reason)")
    }
    // A file without the name of an image is not signed, and people should know that.
    if let ignored = manifest?.ignoredSentence { verification.note("not read as images, and not signed: \(ignored)") }
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

  /// The records beside the certificate; `nil` if there are none, in which case they are computed from the files.
  ///
  /// Reads no more than records of the certificate's images can have.
  private func readRecords(of files: CertificateFiles, _ certificate: [UInt8]) throws(CertificateError) -> [UInt8]? {
    guard let limit = RecordLimits.byteCount(claimedBy: certificate) else { return nil }
    do { return try files.readRecords(limit: limit) } catch {
      switch error.code {
      case .notFound: return nil
      case .tooLarge:
        throw CertificateError(
          .tooLarge, "the file is larger than records of the certificate's images can be",
          hint: "these are not the signed records: get them from where you got the certificate",
          file: files.records)
      default: throw error
      }
    }
  }
}

/// What a certificate must contain or was made with.
struct ExpectedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Secret key that the records of the certificate were hidden with.", valueName: "file"),
    completion: .file())
  var saltKey: String?

  @Option(
    help: ArgumentHelp(
      "Fingerprint pack that the certificate must list among its references. Repeatable.", valueName: "pack"),
    completion: .file())
  var reference: [String] = []
}
