internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealRepair
internal import SplitSealReport

/// What is read, what counts as a match, and where new manifests go: what `repair` and `split` have in common.
struct RewritingOptions: ParsableArguments {
  @OptionGroup var input: InputOptions
  @OptionGroup var policies: PolicyOptions
  @OptionGroup var matching: MatchFlags
  @OptionGroup var caching: CacheOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Folder to write to.", valueName: "folder"), completion: .directory)
  var output: String

  @Flag(help: "Replace files in the folder; an input is never replaced.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "How far the share of a class in a split, or the size of a new split, may be off: 0.005 is half a point.",
      valueName: "share"))
  var tolerance: Double = RepairOptions().tolerance

  func validate() throws {
    guard (0...1).contains(tolerance) else { throw ValidationError("--tolerance must be 0 to 1") }
  }

  /// Whether nothing but errors is printed.
  var quiet: Bool { input.quiet }

  /// The folder that the new manifests are written to.
  var folder: OutputFolder { OutputFolder(path: output, replaces: force) }

  /// The configuration that the flags and the policy beside the data describe.
  func configuration() throws -> AuditConfiguration {
    var configuration = try AuditConfiguration(input, policies)
    configuration.apply(matching)
    configuration.storePath = try caching.path
    return configuration
  }

  /// What else there is to say of a search and of what was written.
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
  ///   - root: The root that their paths start from.
  ///   - threshold: The reporting threshold that was in force.
  ///   - more: Other arguments that the check needs.
  /// - Returns: The command line, quoted for a shell.
  func checkingCommand(
    _ files: [RepairedFile], root: String, threshold: Double, more: [String] = []
  ) -> String {
    var arguments = ["splitseal", "scan"]
    for file in files {
      let path = folder.path(file.name)
      // What stands before '=' would be taken for a split.
      let safe = path.contains("=") && !path.hasPrefix("/") && !path.hasPrefix("./") ? "./" + path : path
      arguments.append(file.splitName.map { "\($0)=\(path)" } ?? safe)
    }
    arguments += ["--root", input.root ?? root] + input.flagArguments + policies.arguments + more
    arguments += matching.arguments(threshold: threshold)
    return ReproducingCommand.quoted(arguments)
  }
}
