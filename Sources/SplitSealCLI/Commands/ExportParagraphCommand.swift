internal import ArgumentParser
internal import SplitSealCertificate

/// `splitseal export paragraph`.
struct ExportParagraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paragraph",
    abstract: "Write a paragraph about the certificate for a paper.",
    discussion: """
      Checks the signature, the statement and records.jsonl beside the certificate first, and tells nothing that does not \
      hold. The images are not read: that is what verify does.
      """)

  @Argument(help: ArgumentHelp("Certificate.", valueName: "certificate"), completion: .file())
  var certificate: String

  @Flag(help: "Write LaTeX instead of Markdown.")
  var latex = false

  @Option(
    help: ArgumentHelp("Public key of the signer (default: the one beside the certificate).", valueName: "file"),
    completion: .file())
  var publicKey: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("File to write (default: standard output).", valueName: "file"),
    completion: .file())
  var output = "-"

  func run() throws {
    let files = CertificateFiles(certificate: certificate)
    let bytes = try files.readCertificate()
    let records = try files.readRecords()
    let given = try publicKey.map { path throws(CertificateError) in try VerificationKey.load(from: path) }
    let verifier = CertificateVerifier(trust: .nobody(keyBeside: try given ?? files.readPublicKey()))
    let verification = verifier.verify(certificate: bytes, records: records, dataset: nil)
    let paragraph = try CertificateParagraph(of: bytes, verified: verification)
    try Output(path: output).write(paragraph.text(latex ? .latex : .markdown))
  }
}
