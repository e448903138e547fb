internal import SplitSealKeys
internal import SplitSealBase
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
      IMAGE is a path from the records, or a file, which is looked up by its bytes. With --absent it is a file, or a SHA-256 \
      as 64 digits. This needs records.jsonl beside the certificate; for a certificate with hidden records it needs \
      --private-folder and --salt-key. To check a proof with verify-proof, only the certificate is needed. Each proof is \
      written as one line of JSON.

      Exit status: 0 proven, 1 not true, 2 could not run.
      """)

  @Argument(help: ArgumentHelp("Path in the records, or a file.", valueName: "image"), completion: .file())
  var images: [String]

  @Option(
    help: ArgumentHelp("The certificate (default: .splitseal/splitseal.sigstore.json).", valueName: "file"),
    completion: .file())
  var certificate: String?

  @Flag(help: "Prove that no file with these bytes is in the splits.")
  var absent = false

  @Option(help: ArgumentHelp("Split to prove it for (default: all). Repeatable.", valueName: "name"))
  var split: [String] = []

  @Option(
    help: ArgumentHelp(
      "Folder in which certify put the records of a certificate with hidden records.", valueName: "folder"),
    completion: .directory)
  var privateFolder: String?

  @Option(help: ArgumentHelp("Secret key that these records were hidden with.", valueName: "file"), completion: .file())
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
          hint: "the records give the path of each image below the dataset's root")
      }
    }
    indices.removeAll { index in !isAbout(prover.record(at: index).split) }
    if indices.isEmpty {
      Console.error("'\(image)' is not in the records\(split.isEmpty ? "" : " of these splits")")
      Console.hint("use --absent to prove that it is not there")
    }
    return indices.map { .inclusion(prover.inclusion(ofRecordAt: $0)) }
  }

  private func absence(of image: String, _ prover: inout RecordProver) throws -> [MembershipProof] {
    let sha256 = try Digest256(written: image) ?? FileContent.digest(of: image).sha256
    if let proof = try prover.absence(of: sha256, from: split.isEmpty ? nil : split) { return [.absence(proof)] }
    let found = prover.indices(ofContent: sha256).map { prover.record(at: $0) }.filter { isAbout($0.split) }
    for record in found.prefix(3) { Console.error("'\(image)' is in split '\(record.split)' as '\(record.path)'") }
    return []
  }

  private func isAbout(_ name: String) -> Bool {
    split.isEmpty || split.contains { $0.hasSameBytes(as: name) }
  }
}
