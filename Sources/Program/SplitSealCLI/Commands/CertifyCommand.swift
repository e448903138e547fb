internal import SplitSealRules
internal import SplitSealKeys
internal import SplitSealCertifying
internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealCertificate
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealReport

/// `splitseal certify`.
struct CertifyCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "certify",
    abstract: "Audit the splits and write a signed certificate beside the data.",
    discussion: """
      Creates the folder .splitseal in the dataset's root, with records.jsonl, splitseal.sigstore.json, splitseal.pub and \
      splitseal.report.json. The certificate states what was found, good or bad. SOURCE_DATE_EPOCH sets its time.

      Exit status: 0 nothing at or above --fail-on, 1 findings, 2 could not run, 3 too little could be checked.
      """)

  static let commonOptions = [
    "--key", "--output", "--root", "--label-column", "--group-column", "--policy", "--fail-on", "--jobs", "--quiet",
    "--verbose",
  ]

  @OptionGroup var input: InputOptions
  @OptionGroup(title: HelpSection.policy) var policies: PolicyOptions
  @OptionGroup(title: HelpSection.waivers) var waiving: WaiverOptions
  @OptionGroup var audit: AuditOptions
  @OptionGroup(title: HelpSection.detection) var probing: ProbeFlags
  @OptionGroup(title: HelpSection.detection) var referring: ReferenceOptions
  @OptionGroup(title: HelpSection.hidden) var hiding: HiddenOptions
  @OptionGroup(title: HelpSection.speed) var caching: CacheOptions

  @Option(
    help: ArgumentHelp("Private key to sign with (see 'splitseal keygen').", valueName: "file"), completion: .file())
  var key: String

  @OptionGroup(title: HelpSection.certificate) var passphrase: PassphraseOptions
  @OptionGroup(title: HelpSection.certificate) var contents: CertificateOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder to write to (default: .splitseal in the dataset's root).", valueName: "folder"),
    completion: .directory)
  var output: String?

  func validate() throws {
    guard !contents.oms || !hiding.hidden else {
      throw ValidationError(
        "--oms publishes the digest of every file, which --hidden must not reveal: give only one of them")
    }
  }

  func run() async throws {
    let loaded = try passphrase.load(key)
    if contents.oms { try ModelSignature.check(loaded.key.verificationKey) }
    if loaded.isReadableByOthers {
      Console.note("splitseal: warning: \(printable(key)) can be read by other users: run chmod 600 on it")
    }
    let createdAt = try Clock.unixSeconds()
    let superseded = try contents.supersedes.map { try SupersededCertificate.id(of: $0) }
    var configuration = try AuditConfiguration(input, policies, waiving, audit)
    // A link may lead to other bytes tomorrow, so only real files are signed.
    configuration.allowsLinks = false
    configuration.namesInputsFromRoot = true
    configuration.storePath = try caching.path
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
      datasetName: contents.name, datasetVersion: contents.datasetVersion, createdAt: createdAt,
      toolVersion: SplitSealCommand.version)
    certification.supersedes = superseded
    (certification.salting, certification.hidesClasses) = (salting, hiding.hideClasses)
    if contents.oms {
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

/// What a certificate says of its dataset, and what is written besides it.
struct CertificateOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Name of the dataset (default: the name of its folder).", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("Version of the dataset.", valueName: "version"))
  var datasetVersion: String?

  @Flag(help: "Also write dataset.sig, a signature over every file below the root that model_signing can verify.")
  var oms = false

  @Option(
    help: ArgumentHelp("Certificate of the earlier version that this one replaces.", valueName: "file"),
    completion: .file())
  var supersedes: String?
}
