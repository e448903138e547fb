internal import SplitSealKeys
internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealReport

/// `splitseal diff`.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what changed between two certified versions of a dataset.",
    discussion: """
      OLD and NEW are certificates. They are enough to show which splits changed. If records.jsonl is beside both, every \
      image that differs is listed, beginning with images that moved from a test or validation split into training.

      Exit status: 0 the same records, 1 different records, 2 could not run, 3 a certificate is not signed by a signer you \
      named.
      """)

  @Argument(help: ArgumentHelp("The earlier certificate.", valueName: "old"), completion: .file())
  var old: String

  @Argument(help: ArgumentHelp("The later certificate.", valueName: "new"), completion: .file())
  var new: String

  @OptionGroup var trust: TrustOptions

  @Option(
    help: ArgumentHelp("Write all differences as JSON; - means standard output.", valueName: "file"),
    completion: .file())
  var json: String?

  @Flag(name: [.short, .long], help: "Print only errors.")
  var quiet = false

  func run() throws {
    let sides = [try side(old), try side(new)]
    let diff = CertificateDiff(
      sides[0].claims, sides[1].claims, oldRecords: sides[0].records, newRecords: sides[1].records)
    let report = DiffReport(diff, old: sides[0], new: sides[1])
    if let json { try Output(path: json).write(report.json.prettyText) }
    if !quiet, json != "-" {
      try Output.standard.write(report.text(style: Console.style))
    }
    if trust.isGiven, !sides.allSatisfy({ $0.verification.isTrusted }) { throw ExitCode.inconclusive }
    throw diff.isSame ? ExitCode.success : ExitCode.findings
  }

  private func side(_ path: String) throws -> DiffReport.Side {
    let files = CertificateFiles(certificate: path)
    let bytes = try files.readCertificate()
    var records: [UInt8]?
    do { records = try files.readRecords() } catch {
      guard error.code == .notFound else { throw error }
    }
    let verifier = try trust.verifier(of: files)
    var (verification, set) = verifier.verifyStatement(certificate: bytes, records: records)
    let claims = try verification.claims ?? unsignedClaims(bytes, path)
    var note = records == nil ? "there is no records.jsonl beside it" : nil
    if set == nil, records != nil, verification.claims == nil {
      (set, note) = (nil, "its records were not used, because its signature is not valid")
    } else if verification.problems.contains(where: { $0.subject == .records }) {
      (set, note) = (nil, "the records beside it are not the ones that were signed")
    }
    return DiffReport.Side(path: path, claims: claims, verification: verification, records: set, note: note)
  }

  /// The content of a certificate whose signature is not valid: it can still be compared, and the report says so.
  private func unsignedClaims(_ bytes: [UInt8], _ path: String) throws(CertificateError) -> CertificateClaims {
    do { return try CertificateClaims(payload: Envelope(parsing: bytes).payload) } catch {
      throw CertificateError(error.code, error.message, hint: error.hint, file: path)
    }
  }
}
