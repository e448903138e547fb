internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealReport

/// `splitseal compare`.
struct CompareCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Find images that two datasets have in common.",
    discussion: """
      Give two inputs. Each is a manifest or folder, as for scan; a fingerprint pack (see 'splitseal pack'); or a shard that \
      hash wrote (put a pattern for several files in quotes). Each split of one input is compared with each split of the \
      other, but not with the splits of its own input. If one input is a pack or a shard, no pixels are compared: the \
      descriptors decide.

      Exit status: 0 no match, 1 matches, 2 could not run, 3 no match, but not every image could be compared.
      """)

  static let commonOptions = ["--threshold", "--method", "--json", "--pairs", "--root", "--jobs", "--quiet"]

  @OptionGroup var input: InputOptions
  @OptionGroup(title: HelpSection.speed) var caching: CacheOptions

  @Option(
    help: ArgumentHelp("Lowest score of a pair to report, 0 to 1 (default: 0.5).", valueName: "score"))
  var threshold: Double?

  @Option(
    help: ArgumentHelp(
      "How to find near-duplicates: 'alignment' compares pixels, 'pdq' perceptual hashes (default: alignment).",
      valueName: "method"))
  var method: MatchMethod?

  @Option(
    help: ArgumentHelp("Write the result as JSON; - means standard output.", valueName: "file"), completion: .file())
  var json: String?

  @Option(
    help: ArgumentHelp("Write the matched pairs as CSV; - means standard output.", valueName: "file"),
    completion: .file())
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
