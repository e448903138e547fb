internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealRepair
internal import SplitSealReport

/// `splitseal repair`.
struct RepairCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Write manifests in which no match and no group is in two splits.",
    discussion: """
      Drops as few images as possible, or moves them with --move, and keeps the share of every class. Writes to the \
      folder new manifests and repair.csv, which says why for each row; never touches an image. \
      Exit status: 0 repaired or nothing to repair, 2 could not run, 3 not possible within what is allowed.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var matching: MatchFlags
  @OptionGroup var caching: CacheOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Folder to write to.", valueName: "folder"), completion: .directory)
  var output: String

  @Flag(help: "Replace files in the folder; an input is never replaced.")
  var force = false

  @Flag(help: "Move images to other splits; drop none.")
  var move = false

  @Option(
    help: ArgumentHelp("Drop from these splits alone: a split's name, or train, val or test.", valueName: "split"))
  var dropFrom: String?

  @Option(
    help: ArgumentHelp("How far the share of a class in a split may move: 0.005 is half a point.", valueName: "share"))
  var tolerance: Double = RepairOptions().tolerance

  func validate() throws {
    if move, dropFrom != nil { throw ValidationError("give --move or --drop-from, not both") }
    guard (0...1).contains(tolerance) else { throw ValidationError("--tolerance must be 0 to 1") }
  }

  func run() async throws {
    var configuration = AuditConfiguration(input)
    configuration.apply(matching)
    configuration.storePath = caching.path
    let folder = OutputFolder(path: output, replaces: force)
    try folder.check([AuditPipeline.patchName])
    var options = RepairOptions()
    options.tolerance = tolerance
    let (moves, dropFrom) = (move, dropFrom)
    let outcome = try await AuditRun.run(configuration, isQuiet: input.quiet) { [options] pipeline in
      try await pipeline.repair(moves: moves, options: options) { try Self.splits(named: dropFrom, of: $0) }
    }
    guard outcome.unresolvedCount == 0 else {
      Console.error(
        "after \(outcome.searchCount) searches \(grouped(outcome.unresolvedCount)) matches are still found in what is left"
      )
      Console.hint("nothing was written; a higher --threshold leaves chance matches out")
      throw ExitCode.inconclusive
    }
    let isWritten = outcome.plan.remaining.isEmpty
    if isWritten {
      try folder.write(outcome.files, [(AuditPipeline.patchName, RepairPatch(outcome.plan).text)])
    }
    if !input.quiet {
      let command =
        isWritten
        ? CheckingCommand.text(
          outcome.files, in: folder, root: input.root ?? outcome.root, input, matching, threshold: outcome.threshold)
        : nil
      let text = RepairText(
        outcome.plan, moves: move, notes: isWritten ? notes(outcome, folder) : [], command: command,
        style: TextStyle(isColored: Console.isColored))
      try Output.standard.write(text.text)
    }
    if !outcome.plan.isComplete { throw ExitCode.inconclusive }
  }

  private func notes(_ outcome: RepairOutcome, _ folder: OutputFolder) -> [String] {
    var notes = [
      "what is left was searched: no match at \(scoreText(outcome.threshold)) or above and no shared group between splits"
        + " (\(outcome.searchCount) \(outcome.searchCount == 1 ? "search" : "searches"))"
    ]
    if outcome.unreadableCount > 0 {
      let count = outcome.unreadableCount
      notes.append(
        "\(grouped(count)) \(count == 1 ? "image" : "images") could not be read: only bytes, paths and groups were compared"
      )
    }
    let names = outcome.files.map(\.name) + [AuditPipeline.patchName]
    notes.append("written: \(names.map { printable(folder.path($0)) }.joined(separator: ", "))")
    return notes
  }

  /// The splits that a name stands for: the split of that name, else those of that role.
  private static func splits(named name: String?, of manifest: Manifest) throws(Trouble) -> [Int]? {
    guard let name else { return nil }
    let splits = manifest.splits
    if let split = splits.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) { return [split] }
    let role = SplitRole(splitName: name)
    let ofRole = splits.indices.filter { splits[$0].role == role }
    guard role != nil, !ofRole.isEmpty else {
      let names = splits.prefix(10).map { printable($0.name) }.joined(separator: ", ")
      throw Trouble("--drop-from \(printable(name)): there is no such split", hint: "there are \(names)")
    }
    return ofRole
  }
}
