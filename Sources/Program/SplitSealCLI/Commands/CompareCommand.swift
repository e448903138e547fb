internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealReport

/// `splitseal compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Find what two datasets have in common.",
    discussion: """
      Give two inputs: each is a manifest or folder, as for scan, a pack of fingerprints (see pack), or what hash wrote (a \
      pattern in quotes for several files). Each split of the one is compared with each of the other, and nothing within \
      either. Where one is a pack or a shard no pixels are compared, and descriptors alone decide.

      Exit status: 0 no match, 1 matches, 2 could not run, 3 no match, but not every image could be compared.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var caching: CacheOptions

  @Option(
    help: ArgumentHelp("Report pairs that score this or more, 0 to 1 (default: 0.5).", valueName: "score"))
  var threshold: Double?

  @Option(
    help: ArgumentHelp("How near-duplicates are found: alignment or pdq (default: alignment).", valueName: "method"))
  var method: MatchMethod?

  @Option(
    help: ArgumentHelp("Write the outcome as JSON; - is standard output.", valueName: "file"), completion: .file())
  var json: String?

  @Option(
    help: ArgumentHelp("Write the matched pairs as CSV; - is standard output.", valueName: "file"), completion: .file())
  var pairs: String?

  func validate() throws {
    guard input.inputs.count == 2 else { throw ValidationError("give two inputs to compare") }
    if let threshold, !(0...1).contains(threshold) { throw ValidationError("--threshold must be 0 to 1") }
    guard json != "-" || pairs != "-" else { throw ValidationError("only one output can go to standard output") }
  }

  func run() async throws {
    var configuration = AuditConfiguration(input)
    configuration.storePath = try caching.path
    if let method { configuration.match.method = method }
    if let threshold {
      (configuration.match.reportingThreshold, configuration.match.listingThreshold) = (threshold, threshold)
    }
    let (first, second) = (input.inputs[0], input.inputs[1])
    let comparison = try await AuditRun.run(configuration, isQuiet: input.quiet) {
      try await $0.compare(first, second)
    }
    let report = ComparisonReport(
      comparison, context: ReportContext(configuration, depth: nil, isVerbose: false),
      style: Console.style)
    if let json { try Output(path: json).write(report.json.prettyText) }
    if let pairs { try Output(path: pairs).write(report.pairs) }
    if !input.quiet, json != "-", pairs != "-" { try Output.standard.write(report.text) }
    throw comparison.pairCount > 0 ? ExitCode.findings : comparison.gaps.isEmpty ? ExitCode.success : .inconclusive
  }
}
