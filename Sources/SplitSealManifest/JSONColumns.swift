internal import SplitSealJSON

/// Finds the members that matter in the objects of a JSON manifest.
///
/// Every object may have other keys than the one before. As a rule they are all alike, so where the roles stand is worked
/// out anew only when the keys change.
struct JSONColumns {
  private let source: ManifestSource
  private let options: ManifestOptions
  /// The keys of the last object.
  private var keys: [String] = []
  /// Where each role stands among them.
  private var path: Int?
  private var split: Int?
  private var label: Int?
  private var group: Int?
  /// The key that gave each role its first value.
  private var chosenKeys: [ColumnRole: String] = [:]

  init(_ source: ManifestSource, options: ManifestOptions) {
    self.source = source
    self.options = options
  }

  /// The fields of one object.
  mutating func cells(_ members: [JSONMember], line: Int) throws(ManifestError) -> RowCells {
    if !isLike(members) {
      keys = members.map(\.key)
      path = try position(.path, line: line)
      split = try position(.split, line: line)
      label = try position(.label, line: line)
      group = try position(.group, line: line)
    }
    guard let path = try cell(.path, at: path, members, line: line) else { throw missing(.path, members, line: line) }
    let split = try cell(.split, at: split, members, line: line)
    if split == nil, source.splitName == nil { throw missing(.split, members, line: line) }
    return RowCells(
      path: path, split: split, label: try cell(.label, at: label, members, line: line),
      group: try cell(.group, at: group, members, line: line))
  }

  /// Throws when a column that the user named was in no object.
  func checkAllSeen() throws(ManifestError) {
    for role in [ColumnRole.label, .group] where role.chosenName(options) != nil && chosenKeys[role] == nil {
      throw .missingColumn(role, among: keys, "key", options: options, file: source.path)
    }
  }

  private func isLike(_ members: [JSONMember]) -> Bool {
    guard members.count == keys.count else { return false }
    for index in keys.indices where !keys[index].utf8.elementsEqual(members[index].key.utf8) { return false }
    return true
  }

  /// Where a role stands among the keys; `nil` where none plays it.
  private mutating func position(_ role: ColumnRole, line: Int) throws(ManifestError) -> Int? {
    var best: (index: Int, rank: Int)?
    var rival: Int?
    for (index, key) in keys.enumerated() {
      guard let rank = role.rank(of: key, options), rank <= best?.rank ?? .max else { continue }
      rival = rank == best?.rank ? rival ?? index : nil
      if rival == nil { best = (index, rank) }
    }
    guard let best else { return nil }
    let key = keys[best.index]
    if let rival {
      throw .ambiguousColumn(role, key, keys[rival], "key", file: source.path, line: line)
    }
    if let chosen = chosenKeys[role], !chosen.utf8.elementsEqual(key.utf8) {
      throw ManifestError(
        .malformed, "the \(role.rawValue) is '\(printable(key))' here and '\(printable(chosen))' in rows before",
        hint: "say which with \(role.flag)", file: source.path, line: line, column: best.index + 1)
    }
    chosenKeys[role] = key
    return best.index
  }

  private func cell(
    _ role: ColumnRole, at index: Int?, _ members: [JSONMember], line: Int
  ) throws(ManifestError) -> Cell? {
    guard let index else { return nil }
    let member = members[index]
    let column = index + 1
    switch member.value {
    case .null: return nil
    case .string(let text): return Cell(bytes: Array(text.utf8)[...], column: column)
    case .integer(let number) where role != .path: return Cell(bytes: Array(String(number).utf8)[...], column: column)
    default:
      let needed = role == .path ? "a string" : "a string or an integer"
      throw ManifestError(
        .malformed,
        "the \(role.rawValue) under '\(printable(member.key))' is \(member.value.kindWithArticle); it has to be \(needed)",
        hint: "name another key with \(role.flag), or change the value", file: source.path, line: line, column: column)
    }
  }

  private func missing(_ role: ColumnRole, _ members: [JSONMember], line: Int) -> ManifestError {
    // A key that holds null is as good as absent.
    let names = members.filter { if case .null = $0.value { false } else { true } }.map(\.key)
    return .missingColumn(role, among: names, "key", options: options, file: source.path, line: line)
  }
}
