internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealManifest

/// `splitseal timestamp`.
struct TimestampCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timestamp",
    abstract: "Attach to a certificate what a timestamp authority says of its age.",
    discussion: """
      --timestamp-url asks an authority, by way of curl. Without it nobody is contacted: write a request, send it to an \
      authority of your choice, attach the answer:

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

  @Option(
    help: ArgumentHelp(
      "Ask this authority, and attach its answer. It learns a hash of the signature, and your address.",
      valueName: "url"))
  var timestampUrl: String?

  @OptionGroup var roots: TimestampOptions

  func validate() throws {
    guard [request, timestampToken, timestampUrl].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give one of --request, --timestamp-token and --timestamp-url")
    }
    if let timestampUrl, TimestampAuthority(timestampUrl) == nil {
      throw ValidationError("--timestamp-url \(timestampUrl): expected an address that begins with https:// or http://")
    }
    guard request == nil || roots.timestampRoots == nil else {
      throw ValidationError("--timestamp-roots needs --timestamp-token or --timestamp-url")
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
    guard let place = timestampToken ?? timestampUrl else { return }
    let answer =
      try timestampUrl.flatMap { TimestampAuthority($0) }?.answer(to: Envelope(parsing: bundle).timestampRequest)
      ?? TimestampFile.read(place)
    let attached = try Envelope.attaching(timestamp: answer, to: bundle)
    var state = "not checked: verify --timestamp-roots does"
    if roots.timestampRoots != nil {
      guard let check = try await roots.check(of: attached.bundle), check.timestamp != nil else {
        throw CommandError(
          "\(place): no given root vouches for the timestamp", hint: "give the roots of its authority")
      }
      state = "trusted"
    }
    try Task.checkCancellation()
    try Interruption.finishing { try files.replaceCertificate(attached.bundle) }
    try Output.standard.write(
      """
      timestamp    \(attached.timestamp.text) by \(printable(attached.timestamp.authority)) (\(state))
      file         \(printable(files.certificate))

      """)
  }
}
