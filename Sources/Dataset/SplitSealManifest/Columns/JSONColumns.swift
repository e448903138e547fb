internal import SplitSealBase
internal import SplitSealJSON

/// Finds the members that matter in the objects of a JSON manifest.
///
/// Every object may have other keys than the one before. As a rule they are all alike, so where the roles stand is worked
/// out anew only when the keys change.
struct JSONColumns {
  private let source: ManifestSource
  private let wanted: WantedColumns
  /// The same as a list: path, split, label, groups, time.
  private let all: [WantedColumn]
  /// The keys of the last object.
  private var keys: [String] = []
  /// Where each of the wanted columns stands among them.
  private var places: [Int?]
  /// The key that gave each of the wanted columns its first value.
  private var chosenKeys: [String?]

  init(_ source: ManifestSource, options: ManifestOptions) {
    self.source = source
    wanted = WantedColumns(options)
    all = wanted.all
    places = Array(repeating: nil, count: all.count)
    chosenKeys = Array(repeating: nil, count: all.count)
  }

  /// Keys that look like groups and are not taken, in order of appearance.
  private(set) var untakenGroups: [String] = []
  /// Whether a label was a list so far.
  private(set) var hasLabelLists = false
  /// Keys that are remembered for that.
  private static let maximumUntakenCount = 20

  /// The key of the first group; `nil` as long as none was seen.
  var firstGroupName: String? { chosenKeys[3] }

  /// The keys of the groups that were seen.
  var takenGroups: [String] { wanted.groups.indices.compactMap { chosenKeys[3 + $0] } }

  /// The fields of one object.
  mutating func cells(_ members: [JSONMember], line: Int) throws(ManifestError) -> RowCells {
    if !isLike(members) {
      keys = members.map(\.key)
      places.removeAll(keepingCapacity: true)
      for index in all.indices { places.append(try place(of: index, line: line)) }
      for name in wanted.untakenGroups(among: keys)
      where untakenGroups.count < Self.maximumUntakenCount
        && !untakenGroups.contains(where: { $0.hasSameBytes(as: name) })
      {
        untakenGroups.append(name)
      }
    }
    guard let path = try cell(0, members, line: line) else { throw missing(wanted.path, members, line: line) }
    let split = try cell(1, members, line: line)
    if split == nil, source.needsSplitColumn {
      throw missing(wanted.split, members, line: line)
    }
    var groups: [Cell?] = []
    for index in wanted.groups.indices { groups.append(try cell(3 + index, members, line: line)) }
    return RowCells(
      path: path, split: split, label: try cell(2, members, line: line), groups: groups,
      time: wanted.time == nil ? nil : try cell(all.count - 1, members, line: line))
  }

  /// Throws when a column that the user named was in no object.
  func checkAllSeen() throws(ManifestError) {
    for (index, column) in all.enumerated().dropFirst(2) where column.chosenName != nil && chosenKeys[index] == nil {
      throw .missingColumn(column, among: keys, "key", file: source.path)
    }
  }

  private func isLike(_ members: [JSONMember]) -> Bool {
    guard members.count == keys.count else { return false }
    for index in keys.indices where !keys[index].hasSameBytes(as: members[index].key) { return false }
    return true
  }

  /// Where a wanted column stands among the keys; `nil` where it does not.
  private mutating func place(of index: Int, line: Int) throws(ManifestError) -> Int? {
    let role = all[index].role
    guard let place = all[index].place(in: keys) else { return nil }
    let key = keys[place.index]
    if let rival = place.rival {
      throw .ambiguousColumn(role, key, keys[rival], "key", file: source.path, line: line)
    }
    if let chosen = chosenKeys[index], !chosen.hasSameBytes(as: key) {
      throw ManifestError(
        .malformed, "the \(role.rawValue) is '\(printable(key))' here and '\(printable(chosen))' in rows before",
        hint: "say which with \(role.flag)", file: source.path, line: line, column: place.index + 1)
    }
    chosenKeys[index] = key
    return place.index
  }

  private mutating func cell(_ wantedIndex: Int, _ members: [JSONMember], line: Int) throws(ManifestError) -> Cell? {
    guard let index = places[wantedIndex] else { return nil }
    let role = all[wantedIndex].role
    let member = members[index]
    let column = index + 1
    if case .null = member.value { return nil }
    if case .array(let elements) = member.value, role == .label {
      hasLabelLists = true
      return Cell(bytes: Array(try labels(elements, member.key, line, column).utf8)[...], column: column)
    }
    guard let text = member.value.cellText(of: role) else {
      let needed =
        role == .path
        ? "a string" : role == .label ? "a string, a number, a Boolean or a list of these" : "a string or a number"
      throw ManifestError(
        .malformed,
        "the \(role.rawValue) under '\(printable(member.key))' is \(member.value.kindWithArticle); it has to be \(needed)",
        hint: "name another key with \(role.flag), or change the value", file: source.path, line: line, column: column)
    }
    return Cell(bytes: Array(text.utf8)[...], column: column)
  }

  /// The labels of a list as one text; empty where it holds none.
  private func labels(
    _ elements: [JSONValue], _ key: String, _ line: Int, _ column: Int
  ) throws(ManifestError) -> String {
    for element in elements {
      guard let text = element.cellText(of: .label) else {
        throw ManifestError(
          .malformed,
          "the label under '\(printable(key))' is a list that holds \(element.kindWithArticle)",
          hint: "a list of labels holds strings, numbers or Booleans; name another key with --label-column",
          file: source.path, line: line, column: column)
      }
      guard !text.contains(ManifestInput.labelSeparator) else {
        throw ManifestError(
          .malformed, "'\(printable(text))' in a list of labels holds '\(ManifestInput.labelSeparator)'",
          hint: "that sign stands between the labels of an image here: rename the class", file: source.path, line: line,
          column: column)
      }
    }
    return JSONValue.labelText(elements)
  }

  private func missing(_ column: WantedColumn, _ members: [JSONMember], line: Int) -> ManifestError {
    // A key that holds null is as good as absent.
    let names = members.filter { if case .null = $0.value { false } else { true } }.map(\.key)
    return .missingColumn(column, among: names, "key", file: source.path, line: line)
  }
}

extension JSONValue {
  /// What a value says in a column; `nil` for what cannot stand there.
  fileprivate func cellText(of role: ColumnRole) -> String? {
    switch self {
    case .string(let text): text
    case .integer(let number) where role != .path: String(number)
    case .decimal(let literal) where role != .path: Self.shortest(literal)
    case .bool(let flag) where role == .label: flag ? "true" : "false"
    default: nil
    }
  }

  /// A list of labels as one text, sorted by bytes and each once: lists of the same labels are the same label.
  static func labelText(_ elements: [JSONValue]) -> String {
    let labels = elements.compactMap { $0.cellText(of: .label) }.filter { !$0.isEmpty }
      .sorted { $0.precedesByBytes($1) }
    let distinct = labels.indices.filter { $0 == 0 || !labels[$0].hasSameBytes(as: labels[$0 - 1]) }
    return distinct.map { labels[$0] }.joined(separator: ManifestInput.labelSeparator)
  }

  /// A number as its integer where it is one: pandas writes 1.0 for 1 as soon as a value is missing in the column.
  private static func shortest(_ literal: String) -> String {
    guard let number = Double(literal), number == number.rounded(), number.magnitude < 1e15 else { return literal }
    return String(Int64(number))
  }
}
