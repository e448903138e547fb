internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealRepair
internal import SplitSealReport

/// `splitseal split`.
struct SplitCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Divide a dataset into splits that share no match and no group.",
    discussion: """
      INPUT is a manifest without a split column, or a folder LABEL/image. Each class gets the same share in every split, as \
      far as the images that must stay together allow. The output folder gets a manifest with a split column. Images are \
      never touched.

      Exit status: 0 done, 2 could not run, 3 a size or the share of a class is off by more than --tolerance.
      """)

  static let commonOptions = [
    "--ratio", "--output", "--force", "--seed", "--tolerance", "--root", "--label-column", "--group-column", "--policy",
    "--quiet",
  ]

  @OptionGroup var rewriting: RewritingOptions

  @Option(
    help: ArgumentHelp("Splits and their sizes, for example train=0.8,val=0.1,test=0.1.", valueName: "split=part,..."))
  var ratio: String

  @Option(help: ArgumentHelp("Seed that decides which images go into which split.", valueName: "number"))
  var seed: UInt64 = 1

  func validate() throws {
    _ = try shares()
    if let named = rewriting.input.inputs.first(where: { parseInputArgument($0).split != nil }) {
      throw ValidationError(
        "\(named) names a split, but split needs inputs without one; write ./FILE if the file name contains '='")
    }
  }

  func run() async throws {
    var configuration = try rewriting.configuration()
    configuration.inputs = rewriting.input.inputs.map { "\(AuditPipeline.unsplitName)=\($0)" }
    configuration.manifest.roles[AuditPipeline.unsplitName] = .other
    let (shares, seed, tolerance) = (try shares(), seed, rewriting.tolerance)
    let outcome: SplitOutcome
    do {
      outcome = try await AuditRun.run(configuration, isQuiet: rewriting.quiet) { pipeline in
        try await pipeline.split(into: shares, seed: seed, tolerance: tolerance)
      }
    } catch let error as ManifestError where error.code == .conflictingSplit {
      throw CommandError(
        "\(error.file):\(error.line ?? 1): the manifest already has splits",
        hint: "use 'splitseal repair', or remove the column")
    }
    try rewriting.folder.write(outcome.files, [])
    if !rewriting.quiet {
      let command = rewriting.checkingCommand(outcome.files, root: outcome.root, threshold: outcome.threshold)
      let text = SplitText(
        outcome.assignment, notes: notes(outcome), command: command,
        style: Console.style)
      try Output.standard.write(text.text)
    }
    if !outcome.assignment.unmetSplits.isEmpty || outcome.remainingCount > 0 { throw ExitCode.inconclusive }
  }

  private func notes(_ outcome: SplitOutcome) -> [String] {
    let search =
      outcome.remainingCount == 0
      ? "the new splits were searched: no match at \(scoreText(outcome.threshold)) or above and no shared group between"
        + " them (\(outcome.searchCount) searches)"
      : "stopped after \(outcome.searchCount) searches: \(grouped(outcome.remainingCount)) pairs of copies are left"
    return [search] + rewriting.notes(unreadableCount: outcome.unreadableCount, names: outcome.files.map(\.name))
  }

  private func shares() throws -> [SplitShare] {
    let roles = rewriting.input.reading.manifestOptions.roles
    let shares = try ratio.split(separator: ",", omittingEmptySubsequences: false).map { text in
      guard let separator = text.lastIndex(of: "="), separator > text.startIndex,
        let part = Double(text[text.index(after: separator)...]), part > 0, part.isFinite
      else { throw ValidationError("--ratio \(ratio): expected SPLIT=PART,SPLIT=PART with numbers above 0") }
      let name = String(text[..<separator])
      guard let role = roles[name] ?? SplitRole(splitName: name) else {
        throw ValidationError(
          "--ratio \(ratio): the role of '\(name)' is not known: give it with --role '\(name)=ROLE'")
      }
      return SplitShare(split: Split(name: name, role: role), part: part)
    }
    guard shares.count >= 2 else { throw ValidationError("--ratio \(ratio): expected at least two splits") }
    for (index, share) in shares.enumerated()
    where shares[..<index].contains(where: { $0.split.name.hasSameBytes(as: share.split.name) }) {
      throw ValidationError("--ratio \(ratio): '\(share.split.name)' is given twice")
    }
    return shares
  }
}
