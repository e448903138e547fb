internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealCertificate
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealReport

/// `splitseal certify`.
struct CertifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certify",
    abstract: "Audit splits and write a signed certificate beside the data.",
    discussion: """
      Writes .splitseal/ in the dataset's root: records.jsonl, splitseal.sigstore.json, splitseal.pub and \
      splitseal.report.json. The certificate says what was found, good or bad, and the exit status is that of scan. \
      SOURCE_DATE_EPOCH sets its time.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var policies: PolicyOptions
  @OptionGroup var waiving: WaiverOptions
  @OptionGroup var audit: AuditOptions
  @OptionGroup var probing: ProbeFlags
  @OptionGroup var referring: ReferenceOptions
  @OptionGroup var hiding: HiddenOptions
  @OptionGroup var caching: CacheOptions

  @Option(help: ArgumentHelp("Private key to sign with (see keygen).", valueName: "file"), completion: .file())
  var key: String

  @OptionGroup var passphrase: PassphraseOptions

  @Option(help: ArgumentHelp("Name of the dataset (default: its folder's).", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("Version of the dataset.", valueName: "version"))
  var datasetVersion: String?

  @Flag(help: "Write dataset.sig as well, a signature over every file of the root that model_signing verifies.")
  var oms = false

  @Option(
    help: ArgumentHelp("Certificate of the version whose place this one takes.", valueName: "file"), completion: .file()
  )
  var supersedes: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder to write to (default: .splitseal in the root).", valueName: "folder"),
    completion: .directory)
  var output: String?

  func validate() throws {
    guard !oms || !hiding.hidden else {
      throw ValidationError("--oms signs the digest of every file, which --hidden is to hide: give one of the two")
    }
  }

  func run() async throws {
    let loaded = try passphrase.load(key)
    if oms { try ModelSignature.check(loaded.key.verificationKey) }
    if loaded.isReadableByOthers {
      Console.note("splitseal: warning: \(printable(key)) can be read by others: chmod 600 it")
    }
    let createdAt = try Clock.unixSeconds()
    let superseded = try supersedes.map { try SupersededCertificate.id(of: $0) }
    var configuration = try AuditConfiguration(input, policies, waiving, audit)
    // A link could lead to other bytes tomorrow: what is signed is what lies there.
    configuration.allowsLinks = false
    configuration.namesInputsFromRoot = true
    configuration.storePath = caching.path
    configuration.trustsStamps = false
    configuration.references = referring.reference
    configuration.apply(probing, probesByDefault: true)
    let root = try configuration.root()
    let files = output.map { CertificateFiles(folder: $0) } ?? CertificateFiles(root: root)
    try files.checkFolder()
    let salting = try hiding.salting(publishing: files)
    let result = try await AuditRun.result(of: configuration, isQuiet: input.quiet)
    // The probe may have raised the threshold.
    configuration.match = result.input.matchOptions
    let context = ReportContext(configuration, depth: result.input.matches.depth, isVerbose: audit.verbose)
    let report = Array(JSONReport(result, context: context).text.utf8)
    var certification = Certification(
      datasetName: name, datasetVersion: datasetVersion, createdAt: createdAt, toolVersion: SplitSealCommand.version)
    certification.supersedes = superseded
    (certification.salting, certification.hidesClasses) = (salting, hiding.hideClasses)
    if oms {
      certification.folder = try ModelSigning.digest(of: result.input.manifest.root, leavingOut: [files.folder])
    }
    let model = try certification.folder.map { try ModelSignature(of: $0, with: loaded.key) }
    try Task.checkCancellation()
    let signed = try certification.certificate(
      of: result, report: report, detectors: MethodDescription(result.input).detectors, signedWith: loaded.key)
    try Task.checkCancellation()
    // Without an interruption between them: a certificate needs its own records beside it.
    try Interruption.finishing {
      try files.write(signed, report: report)
      try model?.write(to: files.modelSignature)
      if salting != nil { try hiding.finish(signed, report: report) }
    }
    if !input.quiet {
      let style = Console.style
      var verified = ["splitseal", "verify"] + input.arguments
      verified += policies.arguments
      if output != nil { verified.append(files.certificate) }
      verified += hiding.arguments + ["--fingerprint", "\(signed.publicKey.fingerprint)"]
      try Output.standard.write(TextReport(result, context: context, style: style).text)
      try Output.standard.write(
        """

        \(style.bold("Certificate"))
          file         \(printable(files.certificate))
          id           \(signed.id)
          signed by    \(signed.publicKey.fingerprint)
          says         \(result.verdict.rawValue)
          to verify    \(ReproducingCommand.quoted(verified))

        """)
    }
    throw ExitCode(result.verdict)
  }
}
