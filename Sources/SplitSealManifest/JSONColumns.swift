internal import SplitSealJSON

/// Finds the members that matter in the objects of a JSON manifest.
///
/// Every object may have other keys than the one before, so roles are looked up in each; the keys of the last object are
/// remembered by position, because as a rule they are all alike.
struct JSONColumns {
  private struct Meaning {
    let key: String
    /// The roles the key may play and how well it fits each; mostly none or one.
    let roles: [(role: ColumnRole, rank: Int)]
  }

  private let source: ManifestSource
  private let options: ManifestOptions
  private var meanings: [Meaning] = []
  /// The key that gave a role its first value, by `ColumnRole.index`.
  private var chosenKeys: [String?] = Array(repeating: nil, count: ColumnRole.allCases.count)

  init(_ source: ManifestSource, options: ManifestOptions) {
    self.source = source
    self.options = options
  }

  /// The fields of one object.
  mutating func cells(_ members: [JSONMember], line: Int) throws(ManifestError) -> RowCells {
    remember(members)
    let path = try cell(.path, members, line: line)
    guard let path else { throw missing(.path, members, line: line) }
    let split = try cell(.split, members, line: line)
    if split == nil, source.splitName == nil { throw missing(.split, members, line: line) }
    return RowCells(
      path: path, split: split, label: try cell(.label, members, line: line),
      group: try cell(.group, members, line: line))
  }

  /// Throws when a column that the user named was in no object.
  func checkAllSeen() throws(ManifestError) {
    for role in [ColumnRole.label, .group] {
      guard role.chosenName(options) != nil, chosenKeys[role.index] == nil else { continue }
      throw .missingColumn(role, among: meanings.map(\.key), "key", options: options, file: source.path)
    }
  }

  private mutating func remember(_ members: [JSONMember]) {
    if meanings.count > members.count { meanings.removeLast(meanings.count - members.count) }
    for (index, member) in members.enumerated() {
      if index < meanings.count, meanings[index].key.utf8.elementsEqual(member.key.utf8) { continue }
      let roles = ColumnRole.allCases.compactMap { role in
        role.rank(of: member.key, options).map { (role: role, rank: $0) }
      }
      let meaning = Meaning(key: member.key, roles: roles)
      if index < meanings.count { meanings[index] = meaning } else { meanings.append(meaning) }
    }
  }

  private mutating func cell(_ role: ColumnRole, _ members: [JSONMember], line: Int) throws(ManifestError) -> Cell? {
    var best: (index: Int, rank: Int)?
    var rival: Int?
    for index in meanings.indices {
      for candidate in meanings[index].roles where candidate.role == role {
        if candidate.rank == best?.rank {
          rival = index
        } else if candidate.rank < best?.rank ?? .max {
          best = (index, candidate.rank)
          rival = nil
        }
      }
    }
    guard let best else { return nil }
    if let rival {
      throw .ambiguousColumn(role, meanings[best.index].key, meanings[rival].key, "key", file: source.path, line: line)
    }
    let member = members[best.index]
    if let chosen = chosenKeys[role.index] {
      guard chosen.utf8.elementsEqual(member.key.utf8) else {
        throw ManifestError(
          .malformed,
          "the \(role.rawValue) is '\(printable(member.key))' here and '\(printable(chosen))' in rows before",
          hint: "say which with \(role.flag)", file: source.path, line: line, column: best.index + 1)
      }
    } else {
      chosenKeys[role.index] = member.key
    }
    return try cell(role, member, line: line, column: best.index + 1)
  }

  private func cell(
    _ role: ColumnRole, _ member: JSONMember, line: Int, column: Int
  ) throws(ManifestError) -> Cell? {
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

extension ColumnRole {
  fileprivate var index: Int {
    switch self {
    case .path: 0
    case .split: 1
    case .label: 2
    case .group: 3
    }
  }
}
