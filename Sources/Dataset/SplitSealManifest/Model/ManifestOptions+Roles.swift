internal import SplitSealBase

extension ManifestOptions {
  /// The role of a split: the one the user gave, else the usual one of its name; `nil` when neither says.
  func role(ofSplit name: String) -> SplitRole? {
    roles[name] ?? SplitRole(splitName: name)
  }
}

extension ManifestError {
  /// A split whose role nobody has said.
  static func unknownSplit(
    _ name: String, options: ManifestOptions, file: String, line: Int? = nil, column: Int? = nil
  ) -> ManifestError {
    ManifestError(
      .unknownSplit, "unknown split '\(printable(name))'", hint: roleHint(for: name, options: options), file: file,
      line: line, column: column)
  }

  /// Lists the names that need no role, and the flag for those that do.
  static func roleHint(for name: String, options: ManifestOptions) -> String {
    let declared = options.roles.names.map { printable($0) }
    let known =
      ["train", "training", "val", "valid", "validation", "dev", "test", "testing", "eval", "evaluation"] + declared
    return "known are \(known.joined(separator: ", ")); say what another is for with --role '\(printable(name))=ROLE' "
      + "(training, validation, test or other)"
  }
}
