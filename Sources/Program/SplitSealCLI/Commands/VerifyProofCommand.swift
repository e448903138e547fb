internal import SplitSealBase
internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealFingerprint
internal import SplitSealJSON
internal import SplitSealReport

/// `splitseal verify-proof`.
struct VerifyProofCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify-proof",
    abstract: "Check a proof about an image against a certificate, without the records.",
    discussion: """
      PROOF is a file that prove wrote, with one proof on each line. If you give IMAGE, its bytes are checked too.

      Exit status, the worst of all proofs: 0 valid and the signer is trusted, 1 not valid, 2 could not run, 3 valid but \
      the signer is not trusted, 4 malformed or unsupported.
      """)

  @Argument(help: ArgumentHelp("File with proofs.", valueName: "proof"), completion: .file())
  var proof: String

  @Argument(help: ArgumentHelp("The certificate.", valueName: "certificate"), completion: .file())
  var certificate: String

  @Argument(help: ArgumentHelp("The image that the proof is about.", valueName: "image"), completion: .file())
  var image: String?

  @OptionGroup var trust: TrustOptions

  @Option(
    help: ArgumentHelp("Write the result as JSON Lines; - means standard output.", valueName: "file"),
    completion: .file()
  )
  var json: String?

  @Flag(name: [.short, .long], help: "Print only errors.")
  var quiet = false

  func run() throws {
    let files = CertificateFiles(certificate: certificate)
    let bytes = try files.readCertificate()
    let verifier = try trust.verifier(of: files)
    let content = try image.map { try FileContent.digest(of: $0) }
    var reports: [ProofReport] = []
    for document in try FileContent.proofs(in: proof) {
      let (verification, membership) = verifier.verify(proof: document, certificate: bytes, content: content)
      reports.append(ProofReport(verification, membership, hasImage: content != nil))
    }
    if let json { try Output(path: json).write(reports.map { $0.json.compactText + "\n" }.joined()) }
    if !quiet, json != "-" {
      let style = Console.style
      try Output.standard.write(reports.map { $0.text(style: style) }.joined(separator: "\n"))
    }
    throw ExitCode(Self.worst(reports.map(\.verification.status)).rawValue)
  }

  private static func worst(_ statuses: [CertificateVerification.Status]) -> CertificateVerification.Status {
    let order: [CertificateVerification.Status] = [.malformed, .cannotRun, .mismatch, .signerNotTrusted]
    return order.first { statuses.contains($0) } ?? .verified
  }
}
