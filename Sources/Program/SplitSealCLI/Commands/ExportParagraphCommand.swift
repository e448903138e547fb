internal import SplitSealCertifying
internal import SplitSealKeys
internal import ArgumentParser
internal import SplitSealCertificate

/// `splitseal export paragraph`.
struct ExportParagraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paragraph",
    abstract: "Write a paragraph about a certificate, for a paper.",
    discussion: """
      First checks the signature, the statement, and records.jsonl beside the certificate; the paragraph states only what \
      passed. It mentions hidden records. The images are not read; use verify to check them.
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
    let given = try publicKey.map { path throws(CertificateError) in try VerificationKey.load(from: path) }
    let verifier = CertificateVerifier(trust: .nobody(keyBeside: try given ?? files.readPublicKey()))
    let (verification, _) = verifier.verifyStatement(certificate: bytes, records: try readRecords(of: files))
    let paragraph = try CertificateParagraph(of: bytes, verified: verification)
    try Output(path: output).write(paragraph.text(latex ? .latex : .markdown))
  }

  /// The records beside the certificate; `nil` if there are none, for example because they are hidden.
  private func readRecords(of files: CertificateFiles) throws(CertificateError) -> [UInt8]? {
    do { return try files.readRecords() } catch {
      guard error.code == .notFound else { throw error }
      return nil
    }
  }
}
