internal import SplitSealBase

/// What a column is for.
enum ColumnRole: String {
  case path, split, label, group, time

  /// The flag that names the column.
  var flag: String { "--\(rawValue)-column" }

  /// The names that are looked for when the user named none, the first that is there wins.
  var usualNames: [String] {
    switch self {
    case .path: ["path", "file", "file_name", "image", "filename"]
    case .split: ["split"]
    case .label: ["label", "class", "category", "target"]
    case .group: GroupNames.examples
    case .time: []
    }
  }
}

/// A column that is looked for, and under which names.
struct WantedColumn {
  let role: ColumnRole
  /// The name that the user gave; `nil` looks for the usual ones.
  let chosenName: String?

  /// How well a column's name fits: 0 is best, `nil` is not at all.
  ///
  /// Case matters only to prefer the spelling that the user gave. Of the usual names one that is written as here is better
  /// than one with other blanks, `_` and `-`.
  func rank(of name: String) -> Int? {
    if let chosenName {
      if chosenName.hasSameBytes(as: name) { return 0 }
      return lowercasedASCII(chosenName).hasSameBytes(as: lowercasedASCII(name)) ? 1 : nil
    }
    guard role != .group else { return GroupNames.rank(of: name) }
    let (names, lowercased, plain) = (role.usualNames, lowercasedASCII(name), plainName(name))
    return names.firstIndex { $0.hasSameBytes(as: lowercased) }
      ?? names.firstIndex { plainName($0).hasSameBytes(as: plain) }.map { names.count + $0 }
  }

  /// The place of the best name; when a second one is as good, its place too; `nil` when none fits.
  func place(in names: [String]) -> (index: Int, rival: Int?)? {
    var best: (index: Int, rank: Int)?
    var rival: Int?
    for (index, name) in names.enumerated() {
      guard let rank = rank(of: name), rank <= best?.rank ?? .max else { continue }
      rival = rank == best?.rank ? rival ?? index : nil
      if rival == nil { best = (index, rank) }
    }
    return best.map { ($0.index, rival) }
  }
}

/// The columns that are looked for.
struct WantedColumns {
  let path: WantedColumn
  let split: WantedColumn
  let label: WantedColumn
  /// One at least.
  let groups: [WantedColumn]
  let time: WantedColumn?

  init(_ options: ManifestOptions) {
    path = WantedColumn(role: .path, chosenName: options.pathColumn)
    split = WantedColumn(role: .split, chosenName: options.splitColumn)
    label = WantedColumn(role: .label, chosenName: options.labelColumn)
    groups =
      options.groupColumns.isEmpty
      ? [WantedColumn(role: .group, chosenName: nil)]
      : options.groupColumns.map { WantedColumn(role: .group, chosenName: $0) }
    time = options.timeColumn.map { WantedColumn(role: .time, chosenName: $0) }
  }

  /// All, in the order path, split, label, groups, time.
  var all: [WantedColumn] { [path, split, label] + groups + [time].compactMap(\.self) }

  /// The names that look like groups and are not taken for anything.
  func untakenGroups(among names: [String]) -> [String] {
    let taken = all.compactMap { $0.place(in: names)?.index }
    return names.indices.filter { !taken.contains($0) && GroupNames.resembles(names[$0]) }.map { names[$0] }
  }
}

extension ManifestError {
  /// A column, or a key, that is needed and not there; `names` are those that there are.
  static func missingColumn(
    _ column: WantedColumn, among names: [String], _ noun: String, file: String, line: Int? = nil,
    extraHint: String? = nil
  ) -> ManifestError {
    let role = column.role
    let wanted = (column.chosenName.map { [$0] } ?? role.usualNames).map { "'\(printable($0))'" }
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
      hint: first.hasSameBytes(as: second) ? "rename one of them" : "say which with \(role.flag)", file: file,
      line: line)
  }
}
