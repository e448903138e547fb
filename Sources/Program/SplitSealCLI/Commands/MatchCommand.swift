internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealShard

/// `splitseal match`.
struct MatchCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Compare and audit the images in shards that hash wrote.",
    discussion: """
      These are the stages of scan after hash. SHARD is a file, - for standard input, a pattern for files in quotes, or \
      SPLIT= followed by any of these to put all its images into that split. With --root the result is the same as that of \
      scan; without it no pixels are compared, and the descriptors decide.

      Exit status: 0 nothing at or above --fail-on, 1 findings, 2 could not run, 3 too little could be checked.
      """)

  static let commonOptions = [
    "--root", "--policy", "--fail-on", "--threshold", "--html", "--json", "--pairs", "--jobs", "--quiet", "--verbose",
  ]

  @Argument(help: ArgumentHelp("A shard that hash wrote, or SPLIT=SHARD.", valueName: "shard"), completion: .file())
  var shards: [String]

  @Option(
    help: ArgumentHelp("Folder of the images, to compare their pixels (default: none).", valueName: "folder"),
    completion: .directory)
  var root: String?

  @OptionGroup(title: HelpSection.policy) var policies: PolicyOptions
  @OptionGroup(title: HelpSection.waivers) var waiving: WaiverOptions
  @OptionGroup var audit: AuditOptions
  @OptionGroup(title: HelpSection.detection) var probing: ProbeFlags
  @OptionGroup(title: HelpSection.model) var claims: ClaimOptions
  @OptionGroup(title: HelpSection.speed) var caching: CacheOptions
  @OptionGroup(title: HelpSection.reports) var reports: ReportOptions
  @OptionGroup(title: HelpSection.speed) var work: WorkOptions

  func validate() throws {
    let isProbing = probing.isProbing(byDefault: false)
    if probing.probeSeed != nil, !isProbing { throw ValidationError("--probe-seed needs --probe") }
    if isProbing, root == nil {
      throw ValidationError("--probe and --threshold auto need the images: give their folder with --root")
    }
  }

  func run() async throws {
    let sources = try ShardSource.sources(shards)
    var configuration = AuditConfiguration(inputs: [])
    configuration.workerCount = work.workerCount
    let folder = try root.map { try Manifest.realRoot($0) }
    try configuration.apply(policies, root: folder)
    try configuration.apply(audit)
    configuration.waivers = try waiving.list(root: folder)
    configuration.apply(probing, probesByDefault: false)
    try configuration.apply(reports)
    try configuration.apply(claims)
    configuration.storePath = try caching.path
    let root = root
    let result = try await AuditRun.run(configuration, isQuiet: work.quiet) {
      try await $0.run(shards: sources, root: root)
    }
    try await reports.write(
      result, configuration, hasImages: root != nil, isQuiet: work.quiet, isVerbose: audit.verbose)
    throw ExitCode(result.verdict)
  }
}
