internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealRepair
internal import SplitSealReport

/// The options of `repair` and `split`: what to read, what counts as a match, and where to write new manifests.
struct RewritingOptions: ParsableArguments {
  @OptionGroup var input: InputOptions
  @OptionGroup(title: HelpSection.policy) var policies: PolicyOptions
  @OptionGroup(title: HelpSection.detection) var matching: MatchFlags
  @OptionGroup(title: HelpSection.speed) var caching: CacheOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Folder to write to.", valueName: "folder"), completion: .directory)
  var output: String

  @Flag(help: "Replace files that are in the folder; an input is never replaced.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "How far the share of a class in a split, or the size of a new split, may be from its target: 0.005 means half a"
        + " percentage point.",
      valueName: "share"))
  var tolerance: Double = RepairOptions().tolerance

  func validate() throws {
    guard (0...1).contains(tolerance) else { throw ValidationError("--tolerance must be 0 to 1") }
  }

  /// Whether only errors are printed.
  var quiet: Bool { input.quiet }

  /// The folder that the new manifests are written to.
  var folder: OutputFolder { OutputFolder(path: output, replaces: force) }

  /// The configuration from the flags and the policy beside the data.
  func configuration() throws -> AuditConfiguration {
    var configuration = try AuditConfiguration(input, policies)
    configuration.apply(matching)
    configuration.storePath = try caching.path
    return configuration
  }

  /// Notes about the search and the files that were written.
  ///
  /// - Parameters:
  ///   - unreadableCount: Images that could not be read.
  ///   - names: The files that were written.
  /// - Returns: One sentence each.
  func notes(unreadableCount: Int, names: [String]) -> [String] {
    var notes: [String] = []
    if unreadableCount > 0 {
      notes.append(
        "\(grouped(unreadableCount)) \(unreadableCount == 1 ? "image" : "images") could not be read:"
          + " only bytes, paths and groups were compared")
    }
    return notes + ["written: \(names.map { printable(folder.path($0)) }.joined(separator: ", "))"]
  }

  /// The command that checks new manifests.
  ///
  /// - Parameters:
  ///   - files: The manifests.
  ///   - root: The folder that their paths start from.
  ///   - threshold: The lowest score of a match in the search.
  ///   - more: Other arguments that the check needs.
  /// - Returns: The command line, quoted for a shell.
  func checkingCommand(
    _ files: [RepairedFile], root: String, threshold: Double, more: [String] = []
  ) -> String {
    var arguments = ["splitseal", "scan"]
    for file in files {
      let path = folder.path(file.name)
      // The part before '=' would be read as a split.
      let safe = path.contains("=") && !path.hasPrefix("/") && !path.hasPrefix("./") ? "./" + path : path
      arguments.append(file.splitName.map { "\($0)=\(path)" } ?? safe)
    }
    arguments += ["--root", input.root ?? root] + input.reading.flagArguments + policies.arguments + more
    arguments += matching.arguments(threshold: threshold)
    return ReproducingCommand.quoted(arguments)
  }
}
