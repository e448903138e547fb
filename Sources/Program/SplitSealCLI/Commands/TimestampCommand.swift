internal import SplitSealKeys
internal import SplitSealBase
internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealManifest

/// `splitseal timestamp`.
struct TimestampCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timestamp",
    abstract: "Add a trusted timestamp (RFC 3161) to a certificate.",
    discussion: """
      With --timestamp-url, curl gets the timestamp from that authority. Otherwise no server is contacted: write a request, \
      send it to an authority yourself, and add the answer:

      splitseal timestamp CERTIFICATE --request request.tsq
      curl -H 'Content-Type: application/timestamp-query' --data-binary @request.tsq URL -o answer.tsr
      splitseal timestamp CERTIFICATE --timestamp-token answer.tsr

      To check the timestamp, use verify --timestamp-roots FILE.pem.
      """)

  @Argument(
    help: ArgumentHelp("The certificate, a .sigstore.json file.", valueName: "certificate"), completion: .file())
  var certificate: String

  @Option(
    help: ArgumentHelp("Write a request for an authority; - means standard output.", valueName: "file"),
    completion: .file())
  var request: String?

  @Option(
    help: ArgumentHelp("Add the answer of an authority to the certificate.", valueName: "file"), completion: .file())
  var timestampToken: String?

  @Option(
    help: ArgumentHelp(
      "Get a timestamp from this authority and add it. The authority sees a hash of the signature, and your IP address.",
      valueName: "url"))
  var timestampUrl: String?

  @OptionGroup var roots: TimestampOptions

  func validate() throws {
    guard [request, timestampToken, timestampUrl].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give exactly one of --request, --timestamp-token and --timestamp-url")
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
    var state = "not checked; use verify --timestamp-roots"
    if roots.timestampRoots != nil {
      guard let check = try await roots.check(of: attached.bundle), check.timestamp != nil else {
        throw CommandError(
          "\(place): the timestamp is not from an authority in --timestamp-roots",
          hint: "give the certificates of its authority")
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
