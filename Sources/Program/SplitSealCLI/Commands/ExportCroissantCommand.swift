internal import SplitSealCertifying
internal import SplitSealBase
internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealManifest

/// `splitseal export croissant`.
struct ExportCroissantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "croissant",
    abstract: "Add a link to the certificate to a Croissant file.",
    discussion: """
      Copies a Croissant file and adds a FileObject for the certificate, with its SHA-256, and 'subjectOf'. The certificate \
      does not depend on the Croissant file, so you can create either first. The signature is not checked; use verify for \
      that.
      """)

  @Argument(help: ArgumentHelp("Croissant file.", valueName: "file"), completion: .file())
  var croissant: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("File to write; - means standard output.", valueName: "file"),
    completion: .file())
  var output: String

  @Option(
    help: ArgumentHelp(
      "Certificate (default: .splitseal/splitseal.sigstore.json beside the Croissant file).", valueName: "file"),
    completion: .file())
  var certificate: String?

  @Option(
    help: ArgumentHelp(
      "Path or address at which readers find the certificate (default: its path relative to the output).",
      valueName: "url"))
  var contentUrl: String?

  func run() throws {
    let folder = Self.folder(of: croissant)
    let files = certificate.map { CertificateFiles(certificate: $0) } ?? CertificateFiles(root: folder)
    let bytes = try SmallFile.read(croissant, limit: CroissantPatch.maximumByteCount)
    let signed = try files.readCertificate()
    let patch = try CroissantPatch(of: bytes, file: croissant, pointingTo: signed, at: try url(of: files.certificate))
    try Output(path: output).write(patch.text)
  }

  /// The certificate's path relative to the output's folder.
  private func url(of certificate: String) throws -> String {
    if let contentUrl { return contentUrl }
    let folder = try Manifest.realRoot(output == "-" ? Self.folder(of: croissant) : Self.folder(of: output))
    guard let path = WholeFolder.path(of: certificate, below: folder) else {
      throw CommandError(
        "the certificate is not below the folder of the output",
        hint: "give its address with --content-url, or write the output to a folder above it")
    }
    return path
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
