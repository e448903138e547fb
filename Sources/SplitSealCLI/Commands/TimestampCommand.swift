internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealManifest

/// `splitseal timestamp`.
struct TimestampCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timestamp",
    abstract: "Attach to a certificate what a timestamp authority says of its age.",
    discussion: """
      Write a request, send it to an authority of your choice, attach the answer. This program contacts nobody:

      splitseal timestamp CERTIFICATE --request request.tsq
      curl -H 'Content-Type: application/timestamp-query' --data-binary @request.tsq URL -o answer.tsr
      splitseal timestamp CERTIFICATE --timestamp-token answer.tsr

      verify --timestamp-roots FILE.pem checks it.
      """)

  @Argument(
    help: ArgumentHelp("The certificate, a .sigstore.json file.", valueName: "certificate"), completion: .file())
  var certificate: String

  @Option(
    help: ArgumentHelp("Write the request for an authority (RFC 3161); - is standard output.", valueName: "file"),
    completion: .file())
  var request: String?

  @Option(help: ArgumentHelp("Attach an authority's answer.", valueName: "file"), completion: .file())
  var timestampToken: String?

  @OptionGroup var roots: TimestampOptions

  func validate() throws {
    guard (request == nil) != (timestampToken == nil) else {
      throw ValidationError("give --request or --timestamp-token")
    }
    guard request == nil || roots.timestampRoots == nil else {
      throw ValidationError("--timestamp-roots needs --timestamp-token")
    }
  }

  func run() async throws {
    let files = CertificateFiles(certificate: certificate)
    let bundle = try files.readCertificate()
    if let request {
      let bytes = try Envelope(parsing: bundle).timestampRequest
      try Output(path: request).write(bytes)
      return
    }
    guard let timestampToken else { return }
    let attached = try Envelope.attaching(timestamp: TimestampFile.read(timestampToken), to: bundle)
    var state = "not checked: verify --timestamp-roots does"
    if roots.timestampRoots != nil {
      guard let check = try await roots.check(of: attached.bundle), check.timestamp != nil else {
        throw Trouble(
          "\(timestampToken): no given root vouches for the timestamp", hint: "give the roots of its authority")
      }
      state = "trusted"
    }
    try files.replaceCertificate(attached.bundle)
    try Output.standard.write(
      """
      timestamp    \(attached.timestamp.text) by \(printable(attached.timestamp.authority)) (\(state))
      file         \(printable(files.certificate))

      """)
  }
}
