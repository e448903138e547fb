internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealMatch
internal import SplitSealReport

/// `splitseal scan`.
struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Audit splits: leaks, label conflicts, class ratios.",
    discussion:
      "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 could not run, 3 too little could be checked.")

  @OptionGroup var input: InputOptions
  @OptionGroup var audit: AuditOptions
  @OptionGroup var probing: ProbeFlags
  @OptionGroup var caching: CacheOptions

  @Option(help: ArgumentHelp("Write the report as JSON; - is standard output.", valueName: "file"), completion: .file())
  var json: String?

  @Option(
    help: ArgumentHelp("Write the matched pairs as CSV; - is standard output.", valueName: "file"), completion: .file())
  var pairs: String?

  @Option(
    help: ArgumentHelp(
      "Pairs that --pairs lists: those that score this or more, 0 to 1 (default: the reporting threshold).",
      valueName: "score"))
  var minScore: Double?

  @Option(
    help: ArgumentHelp(
      "Write the digests and hashes of every image as JSON Lines; - is standard output.", valueName: "file"),
    completion: .file())
  var fingerprints: String?

  func validate() throws {
    if let minScore, !(0...1).contains(minScore) { throw ValidationError("--min-score must be 0 to 1") }
    if probing.probeSeed != nil, !probing.isProbing(byDefault: false) {
      throw ValidationError("--probe-seed needs --probe")
    }
    guard [json, pairs, fingerprints].count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("only one output can go to standard output")
    }
  }

  func run() async throws {
    var configuration = try AuditConfiguration(input, audit)
    configuration.apply(probing, probesByDefault: false)
    let reportingThreshold = configuration.match.reportingThreshold
    configuration.includesPDQ = fingerprints != nil
    configuration.storePath = caching.path
    configuration.match.listingThreshold = min(minScore ?? reportingThreshold, reportingThreshold)
    let result = try await AuditRun.result(of: configuration, isQuiet: input.quiet)
    // The probe may have raised the threshold.
    configuration.match = result.input.matchOptions
    let leastScore = minScore ?? configuration.match.reportingThreshold
    let context = ReportContext(configuration)
    if let json { try Output(path: json).write(JSONReport(result, context: context).text) }
    if let pairs { try Output(path: pairs).write(PairList(result, leastScore: leastScore).text) }
    if let fingerprints {
      var text = ""
      FingerprintList(result).forEachLine { text += $0 }
      try Output(path: fingerprints).write(text)
    }
    if !input.quiet, ![json, pairs, fingerprints].contains("-") {
      let style = TextStyle(isColored: Console.isColored)
      try Output.standard.write(TextReport(result, context: context, style: style).text)
    }
    throw ExitCode(result.verdict)
  }
}

/// An audit with its progress on the terminal and Ctrl-C wired to it.
enum AuditRun {
  static func result(of configuration: AuditConfiguration, isQuiet: Bool) async throws -> AuditResult {
    let line = ProgressLine(isQuiet: isQuiet)
    defer { line.clear() }
    return try await Interruption.cancelling {
      try await AuditPipeline(configuration) {
        line.update($0)
      } warn: {
        line.clear()
        Console.note("splitseal: warning: \($0)")
      }.run()
    }
  }
}
