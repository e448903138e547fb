internal import SplitSealBase
internal import ArgumentParser
internal import SplitSealManifest
internal import SplitSealPolicy

/// Decisions that people made about pairs.
struct DecisionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "File with decisions about pairs, as review writes it (default: \(DecisionList.name) in the dataset's root, if there"
        + " is one).",
      valueName: "file"), completion: .file())
  var decisions: String?

  @Flag(help: "Ignore decisions beside the data.")
  var noDecisions = false

  func validate() throws {
    if noDecisions, decisions != nil { throw ValidationError("give --decisions or --no-decisions, not both") }
    if decisions == "" { throw ValidationError("--decisions: the path is empty") }
  }

  /// The arguments that name the same decisions in another command.
  var arguments: [String] {
    (decisions.map { ["--decisions", $0] } ?? []) + (noDecisions ? ["--no-decisions"] : [])
  }

  /// Reads the decisions.
  ///
  /// - Parameter root: The dataset's root; `nil` where no dataset is at hand.
  /// - Returns: The decisions with their file; none where there is no file.
  /// - Throws: `ConfigurationError` with what is wrong with the file.
  func list(root: String?) throws -> DecisionList {
    guard !noDecisions else { return .none }
    if let decisions { return try DecisionList.read(path: decisions) }
    guard let root, SmallFile.exists(joined(root, DecisionList.name)) else { return .none }
    return try DecisionList.read(path: joined(root, DecisionList.name), named: DecisionList.name)
  }
}
