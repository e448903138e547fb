internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit

/// `splitseal scan`.
struct ScanCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Check splits for leaks, label conflicts and class ratios.",
    discussion:
      "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 could not run, 3 too little could be checked.")

  static let commonOptions = [
    "--root", "--label-column", "--group-column", "--policy", "--fail-on", "--html", "--json", "--pairs", "--jobs",
    "--verbose",
  ]

  @OptionGroup var input: InputOptions
  @OptionGroup(title: HelpSection.policy) var policies: PolicyOptions
  @OptionGroup(title: HelpSection.waivers) var waiving: WaiverOptions
  @OptionGroup var audit: AuditOptions
  @OptionGroup(title: HelpSection.detection) var probing: ProbeFlags
  @OptionGroup(title: HelpSection.detection) var referring: ReferenceOptions
  @OptionGroup(title: HelpSection.model) var claims: ClaimOptions
  @OptionGroup(title: HelpSection.speed) var caching: CacheOptions
  @OptionGroup(title: HelpSection.reports) var reports: ReportOptions

  func validate() throws {
    if probing.probeSeed != nil, !probing.isProbing(byDefault: false) {
      throw ValidationError("--probe-seed needs --probe")
    }
  }

  func run() async throws {
    var configuration = try AuditConfiguration(input, policies, waiving, audit)
    configuration.references = referring.reference
    configuration.apply(probing, probesByDefault: false)
    try configuration.apply(reports)
    try configuration.apply(claims)
    configuration.storePath = try caching.path
    let result = try await AuditRun.result(of: configuration, isQuiet: input.quiet)
    try await reports.write(result, configuration, isQuiet: input.quiet, isVerbose: audit.verbose)
    throw ExitCode(result.verdict)
  }
}

/// Stages of an audit with their progress on the terminal.
enum AuditRun {
  static func result(of configuration: AuditConfiguration, isQuiet: Bool) async throws -> AuditResult {
    try await run(configuration, isQuiet: isQuiet) { try await $0.run() }
  }

  static func run<Result: Sendable>(
    _ configuration: AuditConfiguration, isQuiet: Bool,
    _ stages: @escaping @Sendable (AuditPipeline) async throws -> Result
  ) async throws -> Result {
    let line = ProgressLine(isQuiet: isQuiet)
    defer { line.clear() }
    let pipeline = AuditPipeline(configuration) {
      line.update($0)
    } warn: {
      line.clear()
      Console.note("splitseal: warning: \($0)")
    }
    let result = try await stages(pipeline)
    try Task.checkCancellation()
    return result
  }
}
