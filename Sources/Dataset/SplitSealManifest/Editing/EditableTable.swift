internal import SplitSealBase
internal import SplitSealJSON

/// What becomes of one row of a table.
enum RowEdit {
  case drop
  /// The row stays; what is not `nil` is written anew.
  case keep(split: String?, path: String?)
}

/// A manifest file whose rows can be taken out, changed and added.
protocol EditableTable {
  /// The members of some rows, by their numbers.
  func values(of rows: Set<Int>) throws(ManifestError) -> [(row: Int, values: RowValues)]

  /// The file with its rows edited, rows numbered from 0, and others behind them.
  func edited(
    addsSplitColumn: Bool, arrivals: [RowValues], _ edit: (Int) -> RowEdit
  ) throws(ManifestError) -> [UInt8]
}

/// A row on its way from one file to another: columns go by their names, those that mean something by what they mean.
struct RowValues {
  private var members: [JSONMember] = []
  private var roles: [ColumnRole: String] = [:]

  init() {}

  /// Takes a row apart.
  init(_ members: [JSONMember], options: ManifestOptions) {
    let names = members.map(\.key)
    let positions = Self.meaningful(options).map { ($0.role, $0.place(in: names)?.index) }
    for (role, position) in positions {
      if let position { roles[role] = Self.text(members[position].value, role) }
    }
    let taken = positions.compactMap(\.1)
    self.members = members.indices.filter { !taken.contains($0) }.map { members[$0] }
  }

  /// The text of a column that means something; `nil` where the row has none.
  func text(_ role: ColumnRole) -> String? { roles[role] }

  /// Sets a column that means something.
  mutating func set(_ role: ColumnRole, _ text: String) { roles[role] = text }

  /// The cells under some names.
  func cells(under names: [String], options: ManifestOptions) -> [String] {
    let roleAt = Self.roles(among: names, options)
    return names.indices.map { index in
      if let role = roleAt[index] { return roles[role] ?? "" }
      return members.first { $0.key.hasSameBytes(as: names[index]) }.map { Self.text($0.value) } ?? ""
    }
  }

  /// An object whose meaningful keys are those of another one.
  func object(like keys: [String], options: ManifestOptions) -> JSONValue {
    let roleAt = Self.roles(among: keys, options)
    var object: [JSONMember] = []
    for (index, key) in keys.enumerated() {
      if let role = roleAt[index] {
        if let text = roles[role] { object.append(JSONMember(key, .string(text))) }
      } else if let member = members.first(where: { $0.key.hasSameBytes(as: key) }) {
        object.append(member)
      }
    }
    for member in members where !object.contains(where: { $0.key.hasSameBytes(as: member.key) }) {
      object.append(member)
    }
    return .object(object)
  }

  private static func roles(among names: [String], _ options: ManifestOptions) -> [Int: ColumnRole] {
    var roles: [Int: ColumnRole] = [:]
    for column in meaningful(options) {
      if let position = column.place(in: names)?.index { roles[position] = column.role }
    }
    return roles
  }

  /// The columns that go by what they mean: those that the user named go by their names in any case.
  private static func meaningful(_ options: ManifestOptions) -> [WantedColumn] {
    let wanted = WantedColumns(options)
    return [wanted.path, wanted.split, wanted.label] + (options.groupColumns.isEmpty ? wanted.groups : [])
  }

  private static func text(_ value: JSONValue, _ role: ColumnRole? = nil) -> String {
    switch value {
    case .string(let text): text
    case .null: ""
    case .array(let elements) where role == .label: JSONValue.labelText(elements)
    default: value.compactText
    }
  }
}

/// A text as one cell of a table, quoted where it has to be.
///
/// - Source: RFC 4180, section 2; a lone carriage return is quoted as well.
package func delimitedCell(_ text: String, delimiter: UInt8 = UInt8(ascii: ",")) -> String {
  let special = [delimiter, UInt8(ascii: "\""), 0x0A, 0x0D]
  guard text.utf8.contains(where: { special.contains($0) }) else { return text }
  return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
