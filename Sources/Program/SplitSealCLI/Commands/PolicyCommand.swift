internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealPolicy

/// `splitseal policy`.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Write, show and check policies: severities, thresholds and what is declared.",
    discussion: "A policy is \(PolicyFile.name) beside the data, or what --policy names.",
    subcommands: [Init.self, Show.self, Check.self])

  /// `splitseal policy init`.
  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init", abstract: "Write a policy with every setting at its default, and what each means.")

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("The file; one that is there is left alone (default: standard output).", valueName: "file"),
      completion: .file())
    var output = "-"

    func run() throws {
      let output = Output(path: output)
      guard output.isStandardOutput || !SmallFile.exists(output.path) else {
        throw CommandError("cannot write \(output.path): it is there already", hint: "take another name, or remove it")
      }
      try output.write(
        "# Policy of SplitSeal: what an audit finds worth an error. Whatever is left out has the value given here.\n"
          + Policy().yaml { _, meaning in meaning })
    }
  }

  /// `splitseal policy show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print the policy that a scan of the inputs would go by, and where each value is from.")

    @Argument(help: ArgumentHelp("Inputs as scan takes them.", valueName: "input"), completion: .file())
    var inputs: [String] = []

    @Option(help: ArgumentHelp("Folder of the dataset, as scan takes it.", valueName: "folder"), completion: .directory)
    var root: String?

    @OptionGroup var policies: PolicyOptions
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
      commandName: "check", abstract: "Say whether policies can be used, and every fault if not.",
      discussion: "Exit status: 0 all can be used, 2 one cannot.")

    @Argument(help: ArgumentHelp("The policies.", valueName: "file"), completion: .file())
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
