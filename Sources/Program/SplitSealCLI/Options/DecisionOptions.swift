internal import SplitSealBase
internal import ArgumentParser
internal import SplitSealManifest
internal import SplitSealPolicy

/// What people said of pairs.
struct DecisionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What people said of pairs (default: \(DecisionList.name) in the dataset's root, where there is one).",
      valueName: "file"), completion: .file())
  var decisions: String?

  @Flag(help: "Leave decisions beside the data alone.")
  var noDecisions = false

  func validate() throws {
    if noDecisions, decisions != nil { throw ValidationError("give --decisions or --no-decisions, not both") }
    if decisions == "" { throw ValidationError("--decisions '': the path is empty") }
  }

  /// The arguments that name the same decisions to another command.
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
