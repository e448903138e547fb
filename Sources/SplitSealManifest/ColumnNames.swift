/// What a column is for, and under which names it is looked for.
enum ColumnRole: String, CaseIterable {
  case path, split, label, group

  /// The flag that names the column.
  var flag: String { "--\(rawValue)-column" }

  /// The column that the user named.
  func chosenName(_ options: ManifestOptions) -> String? {
    switch self {
    case .path: options.pathColumn
    case .split: options.splitColumn
    case .label: options.labelColumn
    case .group: options.groupColumn
    }
  }

  /// The names that are looked for when the user named none, the first that is there wins.
  var usualNames: [String] {
    switch self {
    case .path: ["path", "file", "file_name", "image", "filename"]
    case .split: ["split"]
    case .label: ["label", "class", "category", "target"]
    case .group: ["group", "subject", "patient", "video", "scene"]
    }
  }

  /// How well a column's name fits this role: 0 is best, `nil` is not at all.
  ///
  /// Case matters only to prefer the spelling that the user gave.
  func rank(of name: String, _ options: ManifestOptions) -> Int? {
    if let chosen = chosenName(options) {
      if chosen.utf8.elementsEqual(name.utf8) { return 0 }
      return lowercasedASCII(chosen).utf8.elementsEqual(lowercasedASCII(name).utf8) ? 1 : nil
    }
    let lowercased = lowercasedASCII(name)
    return usualNames.firstIndex { $0.utf8.elementsEqual(lowercased.utf8) }
  }
}

extension ManifestError {
  /// A column, or a key, that is needed and not there; `names` are those that there are.
  static func missingColumn(
    _ role: ColumnRole, among names: [String], _ noun: String, options: ManifestOptions, file: String, line: Int? = nil,
    extraHint: String? = nil
  ) -> ManifestError {
    let wanted = (role.chosenName(options).map { [$0] } ?? role.usualNames).map { "'\(printable($0))'" }
    let shown = names.prefix(20).map { "'\(printable($0))'" }
    var there = shown.joined(separator: ", ")
    if names.count > shown.count { there += " and \(names.count - shown.count) more" }
    let hint =
      role == .split
      ? "give the split with the file, SPLIT=PATH, or name the \(noun) with --split-column"
      : "name the \(noun) with \(role.flag)"
    return ManifestError(
      .missingColumn,
      "no \(noun) \(alternatives(wanted)); " + (names.isEmpty ? "there is none" : "there are \(there)"),
      hint: extraHint ?? hint, file: file, line: line)
  }

  /// A column, or a key, that stands twice, so that nobody can say which is meant.
  static func ambiguousColumn(
    _ role: ColumnRole, _ first: String, _ second: String, _ noun: String, file: String, line: Int?
  ) -> ManifestError {
    ManifestError(
      .malformed,
      "two \(noun)s could be the \(role.rawValue): '\(printable(first))' and '\(printable(second))'",
      hint: first.utf8.elementsEqual(second.utf8) ? "rename one of them" : "say which with \(role.flag)", file: file,
      line: line)
  }

  private static func alternatives(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }
}
