internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealFingerprint
internal import SplitSealManifest

/// `splitseal prove`.
struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Prove that an image is in a certificate, or in none of its splits.",
    discussion: """
      IMAGE is a path as it stands in the records, or a file, which is found by its bytes; with --absent a file, or a \
      SHA-256 as 64 digits. Needs records.jsonl beside the certificate, or of a hidden certificate --private-folder and \
      --salt-key; whoever checks the proof with verify-proof needs the \
      certificate alone. Writes one line of JSON a proof.

      Exit status: 0 proven, 1 it is not so, 2 could not run.
      """)

  @Argument(help: ArgumentHelp("Path in the records, or file.", valueName: "image"), completion: .file())
  var images: [String]

  @Option(
    help: ArgumentHelp("The certificate (default: .splitseal/splitseal.sigstore.json).", valueName: "file"),
    completion: .file())
  var certificate: String?

  @Flag(help: "Prove that no file with the image's bytes is in the splits.")
  var absent = false

  @Option(help: ArgumentHelp("Split that is spoken of (default: every one). Repeatable.", valueName: "name"))
  var split: [String] = []

  @Option(
    help: ArgumentHelp("Folder in which certify left the records of a hidden certificate.", valueName: "folder"),
    completion: .directory)
  var privateFolder: String?

  @Option(help: ArgumentHelp("Secret that these records were hidden with.", valueName: "file"), completion: .file())
  var saltKey: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("File to write to (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  func run() throws {
    let files = certificate.map { CertificateFiles(certificate: $0) } ?? CertificateFiles(root: ".")
    var verifier = CertificateVerifier(trust: .nobody(keyBeside: try files.readPublicKey()))
    verifier.saltKey = try saltKey.map { try HiddenOptions.load($0) }
    let recordFiles = privateFolder.map { CertificateFiles(folder: $0) } ?? files
    let (verification, records) = verifier.verifyStatement(
      certificate: try files.readCertificate(), records: try recordFiles.readRecords())
    guard verification.claims != nil, let records else {
      let problem = verification.problems.first { $0.subject != .signer }
      throw CommandError("\(files.certificate): \(problem?.message ?? "the certificate cannot be used")")
    }
    var prover = try RecordProver(verification, records: records)
    var proofs: [MembershipProof] = []
    var isProven = true
    for image in images {
      let made = absent ? try absence(of: image, &prover) : try inclusion(of: image, &prover)
      if made.isEmpty { isProven = false }
      proofs += made
    }
    guard isProven else { throw ExitCode.findings }
    let text = proofs.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    try Output(path: output ?? "-").write(text)
  }

  private func inclusion(of image: String, _ prover: inout RecordProver) throws -> [MembershipProof] {
    var indices = prover.indices(ofPath: image)
    if indices.isEmpty {
      do {
        indices = prover.indices(ofContent: try FileContent.digest(of: image).sha256)
      } catch {
        guard error.code == .notFound else { throw error }
        throw CommandError(
          "'\(printable(image))' is neither a path in the records nor a file",
          hint: "records name images by their paths below the dataset's root")
      }
    }
    indices.removeAll { index in !isSpokenOf(prover.record(at: index).split) }
    if indices.isEmpty {
      Console.error("'\(image)' is in no record\(split.isEmpty ? "" : " of the splits given")")
      Console.hint("--absent proves that")
    }
    return indices.map { .inclusion(prover.inclusion(ofRecordAt: $0)) }
  }

  private func absence(of image: String, _ prover: inout RecordProver) throws -> [MembershipProof] {
    let sha256 = try Digest256(written: image) ?? FileContent.digest(of: image).sha256
    if let proof = try prover.absence(of: sha256, from: split.isEmpty ? nil : split) { return [.absence(proof)] }
    let found = prover.indices(ofContent: sha256).map { prover.record(at: $0) }.filter { isSpokenOf($0.split) }
    for record in found.prefix(3) { Console.error("'\(image)' is in split '\(record.split)' as '\(record.path)'") }
    return []
  }

  private func isSpokenOf(_ name: String) -> Bool {
    split.isEmpty || split.contains { $0.utf8.elementsEqual(name.utf8) }
  }
}
