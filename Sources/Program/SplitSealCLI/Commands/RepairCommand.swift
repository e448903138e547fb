internal import SplitSealRules
internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealRepair
internal import SplitSealReport

/// `splitseal repair`.
struct RepairCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Write new manifests in which no match and no group is in two splits.",
    discussion: """
      Removes as few images as possible from the manifests, or moves images to other splits with --move, and keeps the \
      share of every class. A split that does not have the declared class ratio is changed to have it. The output folder \
      gets the new manifests, and repair.csv with the reason for every change. Images are never touched.

      Exit status: 0 repaired, or nothing to repair; 2 could not run; 3 not possible within the allowed limits.
      """)

  static let commonOptions = [
    "--output", "--force", "--move", "--drop-from", "--class-ratio", "--tolerance", "--root", "--label-column",
    "--group-column", "--policy",
  ]

  @OptionGroup var rewriting: RewritingOptions
  @OptionGroup(title: HelpSection.balance) var ratio: ClassRatioFlags
  @OptionGroup(title: HelpSection.waivers) var deciding: DecisionOptions

  @Flag(help: "Move images to other splits instead of removing them.")
  var move = false

  @Option(
    help: ArgumentHelp("Remove images only from this split: its name, or train, val or test.", valueName: "split"))
  var dropFrom: String?

  func validate() throws {
    if move, dropFrom != nil { throw ValidationError("give --move or --drop-from, not both") }
  }

  func run() async throws {
    var configuration = try rewriting.configuration()
    try ratio.apply(to: &configuration.policy, &configuration.policySources)
    configuration.decisions = try deciding.list(root: configuration.root())
    let folder = rewriting.folder
    try folder.check([AuditPipeline.patchName])
    let (moves, dropFrom, tolerance, policy) = (move, dropFrom, rewriting.tolerance, configuration.policy)
    let outcome = try await AuditRun.run(configuration, isQuiet: rewriting.quiet) { pipeline in
      try await pipeline.repair(moves: moves) { manifest in
        var options = try RepairOptions(policy, of: manifest)
        options.tolerance = tolerance
        options.droppedSplits = try Self.splits(named: dropFrom, of: manifest)
        return options
      }
    }
    guard outcome.unresolvedCount == 0 else {
      Console.error(
        "after \(outcome.searchCount) searches, the remaining images still have \(grouped(outcome.unresolvedCount)) matches"
      )
      Console.hint("nothing was written; a higher --threshold avoids matches by chance")
      throw ExitCode.inconclusive
    }
    let isWritten = outcome.plan.remaining.isEmpty
    if isWritten {
      try folder.write(outcome.files, [(AuditPipeline.patchName, RepairPatch(outcome.plan).text)])
    }
    if !rewriting.quiet {
      let command =
        isWritten
        ? rewriting.checkingCommand(
          outcome.files, root: outcome.root, threshold: outcome.threshold,
          more: ratio.arguments + deciding.arguments) : nil
      let text = RepairText(
        outcome.plan, moves: move, notes: isWritten ? notes(outcome) : [], command: command,
        style: Console.style)
      try Output.standard.write(text.text)
    }
    if !outcome.plan.isComplete { throw ExitCode.inconclusive }
  }

  private func notes(_ outcome: RepairOutcome) -> [String] {
    let search =
      "the remaining images were searched: no match at \(scoreText(outcome.threshold)) or above and no shared group between splits"
      + " (\(outcome.searchCount) \(outcome.searchCount == 1 ? "search" : "searches"))"
    let names = outcome.files.map(\.name) + [AuditPipeline.patchName]
    return [search] + rewriting.notes(unreadableCount: outcome.unreadableCount, names: names)
  }

  /// The split with a name, or else the splits with the role of that name.
  private static func splits(named name: String?, of manifest: Manifest) throws(CommandError) -> [Int]? {
    guard let name else { return nil }
    let splits = manifest.splits
    if let split = splits.firstIndex(where: { $0.name.hasSameBytes(as: name) }) { return [split] }
    let role = SplitRole(splitName: name)
    let ofRole = splits.indices.filter { splits[$0].role == role }
    guard role != nil, !ofRole.isEmpty else {
      let names = splits.prefix(10).map { printable($0.name) }.joined(separator: ", ")
      throw CommandError("--drop-from \(printable(name)): there is no such split", hint: "the splits are \(names)")
    }
    return ofRole
  }
}

extension RepairOptions {
  /// Takes from a policy what concerns repairs: the ratio of classes, and which splits may overlap.
  ///
  /// An overlap that is allowed only for some rules does not count, because a repair treats matches and groups alike.
  ///
  /// - Throws: `CommandError` when a declared class is not in the dataset.
  fileprivate init(_ policy: Policy, of manifest: Manifest) throws(CommandError) {
    self.init()
    func split(_ name: String) -> Int? { manifest.splits.firstIndex { $0.name.hasSameBytes(as: name) } }
    allowedOverlaps = policy.allowedOverlaps.compactMap { overlap in
      let isWhole = RuleID.leaks.allSatisfy(overlap.rules.contains)
      guard overlap.rules.isEmpty || isWhole, let a = split(overlap.first), let b = split(overlap.second) else {
        return nil
      }
      return [a, b]
    }
    guard policy.classRatio.count > 1 else { return }
    var parts: [ClassRatio.Part] = []
    for share in policy.classRatio {
      guard let label = manifest.labels.firstIndex(where: { $0.hasSameBytes(as: share.label) }) else {
        let names = manifest.labels.prefix(10).map { printable($0) }.joined(separator: ", ")
        throw CommandError(
          "the declared class '\(printable(share.label))' is not in this dataset",
          hint: names.isEmpty ? "the manifest has no labels" : "the classes are \(names)")
      }
      parts.append(ClassRatio.Part(label: label, part: share.part))
    }
    classRatio = ClassRatio(parts: parts, tolerance: policy.ratioTolerance)
  }
}
