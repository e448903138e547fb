internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealShard

/// `splitseal match`.
struct MatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Match and audit what hash wrote: the other stages of scan.",
    discussion: """
      SHARD is a file, - for standard input, a pattern of files in quotes, or SPLIT= and any of these, which says that all \
      of its records are of that split. With --root the outcome is that of scan; without it no pixels are compared, \
      and descriptors alone decide. Exit status: that of scan.
      """)

  @Argument(help: ArgumentHelp("What hash wrote, or SPLIT= and that.", valueName: "shard"), completion: .file())
  var shards: [String]

  @Option(
    help: ArgumentHelp("Folder in which the images are now, to compare pixels (default: none).", valueName: "folder"),
    completion: .directory)
  var root: String?

  @OptionGroup var policies: PolicyOptions
  @OptionGroup var waiving: WaiverOptions
  @OptionGroup var audit: AuditOptions
  @OptionGroup var probing: ProbeFlags
  @OptionGroup var claims: ClaimOptions
  @OptionGroup var caching: CacheOptions
  @OptionGroup var reports: ReportOptions
  @OptionGroup var work: WorkOptions

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
