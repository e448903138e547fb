internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealPolicy

/// `splitseal policy`.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Create, show and check policies: severities, thresholds and declared ratios.",
    discussion: "A policy is the file \(PolicyFile.name) beside the data, or the file given with --policy.",
    subcommands: [Init.self, Show.self, Check.self])

  /// `splitseal policy init`.
  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init", abstract: "Write a policy with the default and the meaning of every setting.")

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("File to write, which must not exist yet (default: standard output).", valueName: "file"),
      completion: .file())
    var output = "-"

    func run() throws {
      let output = Output(path: output)
      guard output.isStandardOutput || !SmallFile.exists(output.path) else {
        throw CommandError("cannot write \(output.path): it already exists", hint: "choose another name, or remove it")
      }
      try output.write(
        "# Policy of SplitSeal: severities, thresholds and declared ratios. A setting that is left out has the value given here.\n"
          + Policy().yaml { _, meaning in meaning })
    }
  }

  /// `splitseal policy show`.
  struct Show: ParsableCommand, HasCommonOptions {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print the policy that a scan of the inputs would use, and where each value comes from.")

    static let commonOptions = ["--root", "--policy", "--fail-on", "--class-ratio"]

    @Argument(help: ArgumentHelp("Inputs, as for scan.", valueName: "input"), completion: .file())
    var inputs: [String] = []

    @Option(help: ArgumentHelp("Folder of the dataset, as for scan.", valueName: "folder"), completion: .directory)
    var root: String?

    @OptionGroup(title: HelpSection.policy) var policies: PolicyOptions
    @OptionGroup var audit: AuditOptions

    func run() throws {
      var configuration = AuditConfiguration(inputs: inputs)
      configuration.manifest.root = root
      var folder: String?
      if !inputs.isEmpty { folder = try configuration.root() } else if let root { folder = try Manifest.realRoot(root) }
      try configuration.apply(policies, root: folder)
      try configuration.apply(audit)
      let sources = configuration.policySources
      try Output.standard.write(
        "# \(sources.file.map { "from \(printable($0))" } ?? "the default policy")\n"
          + "# sha256 \(configuration.policy.digest)\n" + configuration.policy.yaml(sources))
    }
  }

  /// `splitseal policy check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check policy files, and report every mistake in them.",
      discussion: "Exit status: 0 all can be used, 2 at least one cannot.")

    @Argument(help: ArgumentHelp("Policy files.", valueName: "file"), completion: .file())
    var files: [String]

    func run() throws {
      var problems: [ConfigurationError.Problem] = []
      for path in files {
        let file: PolicyFile
        do throws(ConfigurationError) {
          file = try PolicyFile(path: path)
        } catch {
          problems += error.problems
          continue
        }
        try Output.standard.write("\(printable(path)): ok, sha256 \(file.policy.digest)\n")
      }
      if !problems.isEmpty { throw ConfigurationError(problems) }
    }
  }
}
