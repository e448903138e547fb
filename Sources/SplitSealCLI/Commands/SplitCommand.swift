internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealRepair
internal import SplitSealReport

/// `splitseal split`.
struct SplitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Put a dataset without splits into splits that share no match and no group.",
    discussion: """
      INPUT is a manifest without a split column, or a folder LABEL/image. Every class has the same share in each split, \
      as far as what has to stay together allows. Writes to the folder a manifest with a split column; never touches an \
      image. Exit status: 0 split as asked, 2 could not run, 3 sizes or class shares are off by more than --tolerance.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var matching: MatchFlags
  @OptionGroup var caching: CacheOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Folder to write to.", valueName: "folder"), completion: .directory)
  var output: String

  @Flag(help: "Replace files in the folder; an input is never replaced.")
  var force = false

  @Option(help: ArgumentHelp("The splits and their parts: train=0.8,val=0.1,test=0.1.", valueName: "split=part,..."))
  var ratio: String

  @Option(help: ArgumentHelp("Seed that decides which images of a class go where.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "How far the size of a split and the share of a class may be off: 0.005 is half a point.", valueName: "share"))
  var tolerance: Double = RepairOptions().tolerance

  func validate() throws {
    guard (0...1).contains(tolerance) else { throw ValidationError("--tolerance must be 0 to 1") }
    _ = try shares()
    if let named = input.inputs.first(where: { partedAtSplit($0).split != nil }) {
      throw ValidationError("\(named) names a split; give what has none, and a file with '=' in its name as ./FILE")
    }
  }

  func run() async throws {
    var configuration = AuditConfiguration(input)
    configuration.apply(matching)
    configuration.storePath = caching.path
    configuration.inputs = input.inputs.map { "\(AuditPipeline.unsplitName)=\($0)" }
    configuration.manifest.roles[AuditPipeline.unsplitName] = .other
    let folder = OutputFolder(path: output, replaces: force)
    let (shares, seed, tolerance) = (try shares(), seed, tolerance)
    let outcome: SplitOutcome
    do {
      outcome = try await AuditRun.run(configuration, isQuiet: input.quiet) { pipeline in
        try await pipeline.split(into: shares, seed: seed, tolerance: tolerance)
      }
    } catch let error as ManifestError where error.code == .conflictingSplit {
      throw Trouble(
        "\(error.file):\(error.line ?? 1): the manifest has splits already",
        hint: "give it to splitseal repair, or take the column out")
    }
    try folder.write(outcome.files, [])
    if !input.quiet {
      let command = CheckingCommand.text(
        outcome.files, in: folder, root: input.root ?? outcome.root, input, matching, threshold: outcome.threshold)
      let text = SplitText(
        outcome.assignment, notes: notes(outcome, folder), command: command,
        style: TextStyle(isColored: Console.isColored))
      try Output.standard.write(text.text)
    }
    if !outcome.assignment.unmetSplits.isEmpty || outcome.remainingCount > 0 { throw ExitCode.inconclusive }
  }

  private func notes(_ outcome: SplitOutcome, _ folder: OutputFolder) -> [String] {
    var notes = [
      outcome.remainingCount == 0
        ? "the new splits were searched: no match at \(scoreText(outcome.threshold)) or above and no shared group between"
          + " them (\(outcome.searchCount) searches)"
        : "given up after \(outcome.searchCount) searches: \(grouped(outcome.remainingCount)) pairs of copies are left"
    ]
    if outcome.unreadableCount > 0 {
      let count = outcome.unreadableCount
      notes.append(
        "\(grouped(count)) \(count == 1 ? "image" : "images") could not be read: only bytes, paths and groups were compared"
      )
    }
    notes.append("written: \(outcome.files.map { printable(folder.path($0.name)) }.joined(separator: ", "))")
    return notes
  }

  private func shares() throws -> [SplitShare] {
    let roles = input.manifestOptions.roles
    let shares = try ratio.split(separator: ",", omittingEmptySubsequences: false).map { text in
      guard let separator = text.lastIndex(of: "="), separator > text.startIndex,
        let part = Double(text[text.index(after: separator)...]), part > 0, part.isFinite
      else { throw ValidationError("--ratio \(ratio): expected SPLIT=PART,SPLIT=PART with parts above 0") }
      let name = String(text[..<separator])
      guard let role = roles[name] ?? SplitRole(splitName: name) else {
        throw ValidationError("--ratio \(ratio): say what '\(name)' is for with --role '\(name)=ROLE'")
      }
      return SplitShare(split: Split(name: name, role: role), part: part)
    }
    guard shares.count >= 2 else { throw ValidationError("--ratio \(ratio): expected two splits or more") }
    for (index, share) in shares.enumerated()
    where shares[..<index].contains(where: { $0.split.name.utf8.elementsEqual(share.split.name.utf8) }) {
      throw ValidationError("--ratio \(ratio): '\(share.split.name)' stands twice")
    }
    return shares
  }
}
