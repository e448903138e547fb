internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealReview

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `splitseal review`.
struct ReviewCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Look at pairs of images in a browser, and decide which show the same picture.",
    discussion: """
      Audits like scan, then serves a page that only this machine can reach and prints its address, which works once. Every \
      decision is saved at once. Press Ctrl-C to end.

      Exit status: 0 ended, or nothing to look at; 2 could not run.
      """)

  static let commonOptions = [
    "--min-score", "--by", "--decisions", "--port", "--open", "--root", "--policy", "--threshold", "--jobs", "--quiet",
  ]

  @OptionGroup var input: InputOptions
  @OptionGroup(title: HelpSection.policy) var policies: PolicyOptions
  @OptionGroup(title: HelpSection.detection) var matching: MatchFlags
  @OptionGroup(title: HelpSection.speed) var caching: CacheOptions

  @Option(help: ArgumentHelp("Lowest score of the pairs to look at, 0 to 1.", valueName: "score"))
  var minScore = 0.1

  @Option(help: ArgumentHelp("Name of the person who decides (default: your user name).", valueName: "name"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "File for the decisions (default: \(DecisionList.name) in the dataset's root).", valueName: "file"),
    completion: .file())
  var decisions: String?

  @Option(help: ArgumentHelp("Port of 127.0.0.1 to serve on; 0 means any free port.", valueName: "number"))
  var port = 0

  @Flag(
    inversion: .prefixedNo, help: "Open the page in a browser (default: yes, if there is a terminal and a display).")
  var open: Bool?

  func validate() throws {
    guard (0...1).contains(minScore) else { throw ValidationError("--min-score must be 0 to 1") }
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535") }
    if let by, by.isEmpty || by.utf8.count > 200 { throw ValidationError("--by must be a name of 1 to 200 bytes") }
    if decisions == "" { throw ValidationError("--decisions: the path is empty") }
  }

  func run() async throws {
    var configuration = try AuditConfiguration(input, policies)
    configuration.apply(matching)
    configuration.match.listingThreshold = min(minScore, configuration.match.reportingThreshold)
    configuration.storePath = try caching.path
    let file = try decisions ?? joined(configuration.root(), DecisionList.name)
    // Before anything that takes long, so that a file that cannot be used is reported at once.
    let log = try DecisionLog(path: file)
    _ = try Clock.unixSeconds()
    let result = try await AuditRun.result(of: configuration, isQuiet: input.quiet)
    let session = ReviewSession(
      result.input, leastScore: minScore, log: log, file: decisions ?? DecisionList.name,
      reviewer: by ?? Self.userName, unixSeconds: { (try? Clock.unixSeconds()) ?? 0 })
    try say(session, configuration)
    guard session.candidateCount > 0 else { return }
    let pictures = PagePictures(pictures: try AuditPictures(result, configuration))
    let server = ReviewServer(session, workerCount: configuration.workerCount, pictures: pictures)
    try await serve(server)
    await session.end()
    try await sayWhatWasDecided(session, file)
  }

  /// Serves until Ctrl-C.
  private func serve(_ server: ReviewServer) async throws {
    let opensBrowser = open ?? BrowserLauncher.hasDisplay
    let launcher = BrowserLauncher()
    defer { launcher.forget() }
    do {
      try await Interruption.awaiting { [port] in
        try await server.run(port: port) { address in
          Console.write("\(address)\n", to: 1)
          if opensBrowser, !launcher.open(address) {
            Console.note("splitseal: warning: cannot open a browser: open the address above yourself")
          }
        }
      }
    } catch let error as ReviewServerError {
      throw CommandError(
        "cannot serve on port \(error.port) of 127.0.0.1: \(SystemFault(number: error.number).reason)",
        hint: "leave out --port to use any free port")
    }
  }

  /// Prints how many pairs there are to look at.
  private func say(_ session: ReviewSession, _ configuration: AuditConfiguration) throws {
    guard !input.quiet else { return }
    let (all, reported) = (session.candidateCount, session.reportedCount)
    var lines = [
      all == 0
        ? "Nothing to look at: apart from equal images, no pair between two splits scores \(scoreText(minScore)) or more."
        : "\(grouped(all)) \(all == 1 ? "pair" : "pairs") to look at, \(grouped(session.doubtfulCount)) of them in doubt,"
          + " \(grouped(reported)) \(reported == 1 ? "a finding" : "findings")"
    ]
    if session.equalPairCount > 0 {
      let noun = session.equalPairCount == 1 ? "pair" : "pairs"
      lines.append("\(grouped(session.equalPairCount)) more \(noun) with equal bytes or pixels: not shown")
    }
    if all > 0 {
      lines.append("Decisions are saved to \(printable(decisions ?? DecisionList.name)). Press Ctrl-C to end.")
    }
    try Output.standard.write(lines.joined(separator: "\n") + "\n")
  }

  /// Prints how many decisions were made.
  private func sayWhatWasDecided(_ session: ReviewSession, _ file: String) async throws {
    guard !input.quiet else { return }
    let counts = await session.summary()
    let all = counts.same + counts.different + counts.unsure
    try Output.standard.write(
      all == 0
        ? "\nNothing was decided.\n"
        : "\n\(grouped(all)) \(all == 1 ? "decision" : "decisions") made (\(grouped(counts.same)) same, \(grouped(counts.different)) different,"
          + " \(grouped(counts.unsure)) unsure), saved in \(printable(file))\n")
  }

  /// The name of the system's user.
  private static var userName: String? {
    let name = ProcessInfo.processInfo.userName
    return name.isEmpty || name.utf8.count > 200 ? nil : name
  }
}

/// The pictures of an audited dataset for the page.
private struct PagePictures: ReviewPictures {
  let pictures: AuditPictures

  func jpeg(of sample: Int, longestSide: Int) -> [UInt8]? {
    pictures.preview(of: sample, longestSide: longestSide).flatMap { try? $0.jpeg(quality: 92) }
  }

  func warp(of match: Match) -> PairWarp {
    guard PairWarp.needsPictures(match) else { return PairWarp.find(match) }
    return PairWarp.find(
      match, first: pictures.comparisonPicture(of: match.first), second: pictures.comparisonPicture(of: match.second))
  }
}
