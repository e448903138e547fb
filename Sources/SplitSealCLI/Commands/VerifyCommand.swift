internal import ArgumentParser
internal import SplitSeal
internal import SplitSealCertificate
internal import SplitSealFingerprint
internal import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealReport

/// `splitseal verify`.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a certificate against the files it speaks of.",
    discussion: """
      Give the inputs as they were given to certify; a last argument that ends in .sigstore.json or .dsse.json is the \
      certificate (default: .splitseal/splitseal.sigstore.json in the dataset's root). Checks the signature, the records \
      and every file, and names what differs.

      Exit status: 0 verified and trusted, 1 does not match, 2 could not run, 3 valid but the signer is not trusted, \
      4 malformed or unsupported.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var policies: PolicyOptions

  @OptionGroup var trust: TrustOptions
  @OptionGroup var timestamps: TimestampOptions

  @Flag(help: "Mention images that were added since, instead of failing.")
  var allowExtra = false

  @Option(
    help: ArgumentHelp("Write the outcome as JSON; - is standard output.", valueName: "file"), completion: .file())
  var json: String?

  @OptionGroup var review: ReviewOptions

  func validate() throws {
    guard input.inputs.count > 1 || !Self.isCertificate(input.inputs[0]) else {
      throw ValidationError("give the dataset's manifest or folder before the certificate")
    }
  }

  func run() async throws {
    let reviewer = try review.reviewer()
    var input = input
    let named = input.inputs.last.flatMap { Self.isCertificate($0) ? $0 : nil }
    if named != nil { input.inputs.removeLast() }
    var configuration = try AuditConfiguration(input, policies)
    configuration.allowsLinks = false
    configuration.namesInputsFromRoot = true
    let line = ProgressLine(isQuiet: input.quiet)
    let pipeline = AuditPipeline(configuration) { line.update($0) }
    let manifest = try pipeline.readManifest()

    let files = named.map { CertificateFiles(certificate: $0) } ?? CertificateFiles(root: manifest.root)
    // Before the files are read: a certificate that is not there should not take an hour to miss.
    let certificate = try files.readCertificate()
    let records = try readRecords(of: files)
    var verifier = CertificateVerifier(trust: try trust.trust { try files.readPublicKey() })
    verifier.revoked = try trust.revokedKeys()
    verifier.timestamps = try await timestamps.check(of: certificate)
    verifier.allowsExtraFiles = allowExtra

    let contents = try await Interruption.cancelling {
      defer { line.clear() }
      return try await pipeline.contents(of: manifest)
    }
    let dataset = DatasetState(manifest: manifest, contents: contents)
    let verification = verifier.verify(certificate: certificate, records: records, dataset: dataset)
    try review.write(verification, allowsExtraFiles: allowExtra, signedBy: reviewer)
    let report = VerificationReport(verification, imageCount: manifest.samples.count)
    if let json { try Output(path: json).write(report.json.prettyText) }
    if !input.quiet, json != "-" {
      try Output.standard.write(report.text(style: TextStyle(isColored: Console.isColored)))
    }
    throw ExitCode(verification.status.rawValue)
  }

  static func isCertificate(_ argument: String) -> Bool {
    argument.hasSuffix(".sigstore.json") || argument.hasSuffix(".dsse.json")
  }

  /// The records beside the certificate; `nil` when there are none, so that they are rebuilt from the files.
  private func readRecords(of files: CertificateFiles) throws(CertificateError) -> [UInt8]? {
    do { return try files.readRecords() } catch {
      guard error.code == .notFound else { throw error }
      return nil
    }
  }
}
