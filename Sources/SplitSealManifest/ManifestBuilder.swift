/// One field of a row, still as bytes.
struct Cell {
  let bytes: ArraySlice<UInt8>
  /// Number of the field in its row, 1-based; `nil` in a folder.
  let column: Int?
}

/// The fields of a row that matter; `nil` where the row has none.
struct RowCells {
  var path: Cell?
  var split: Cell?
  var label: Cell?
  /// One for each group column that is looked for.
  var groups: [Cell?] = []
  var time: Cell?
}

/// Collects the rows of all inputs into one manifest.
struct ManifestBuilder {
  private var options: ManifestOptions
  private let root: String
  private var splits: [Split] = []
  private var splitNames = NameTable()
  private var table = SampleTable()
  private var inputs: [ManifestInput] = []
  private var prefixes: [String] = []

  init(options: ManifestOptions, root: String) {
    self.options = options
    self.root = root
    table.groupings = options.groupColumns.map { GroupingBuilder(name: $0) }
    table.times = options.timeColumn.map { SampleTimesBuilder(name: $0) }
  }

  /// Number of rows so far.
  var rowCount: Int { table.count }

  /// Begins an input: the rows that follow are its rows.
  mutating func begin(_ source: ManifestSource) {
    prefixes.append(relativePath(source.base, below: root))
  }

  /// Takes note that a column of groups was found though none was asked for by name.
  mutating func foundGroupColumn(named name: String) {
    if table.groupings.isEmpty { table.groupings.append(GroupingBuilder(name: name, absentCount: table.count)) }
  }

  /// Takes roles that an input gives to splits; those that the user gave stand.
  mutating func declare(_ roles: [(name: String, role: SplitRole)]) {
    for (name, role) in roles where !options.roles.keys.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
      options.roles[name] = role
    }
  }

  /// Ends the input that was begun last.
  mutating func end(_ input: ManifestInput) { inputs.append(input) }

  /// Adds one row of the input that was begun last.
  mutating func append(
    _ cells: RowCells, of source: ManifestSource, line: Int?
  ) throws(ManifestError) {
    let path: String
    do throws(PathRule.Fault) {
      path = try PathRule.normalized(cells.path?.bytes ?? [])
    } catch {
      throw ManifestError(
        .invalidPath, error.reason, hint: error.hint, file: source.path, line: line, column: cells.path?.column)
    }
    let split = try splitIndex(patternedSplit(cells, path, source, line) ?? cells.split, of: source, line: line)
    if let label = cells.label { try checkLength(label, "label", of: source, line: line) }
    for case let group? in cells.groups { try checkLength(group, "group", of: source, line: line) }
    table.append(
      SampleTable.Row(
        path: path, split: split, label: cells.label?.bytes, input: prefixes.count - 1, line: line ?? 0))
    for slot in table.groupings.indices {
      table.groupings[slot].append(slot < cells.groups.count ? cells.groups[slot]?.bytes : nil)
    }
    try appendTime(cells.time, of: source, line: line)
  }

  /// The split that the input's pattern tells from the path; `nil` where it has none.
  private func patternedSplit(
    _ cells: RowCells, _ path: String, _ source: ManifestSource, _ line: Int?
  ) throws(ManifestError) -> Cell? {
    guard var pattern = source.splitPattern, cells.split == nil, source.splitName == nil else { return nil }
    guard let name = pattern.value(in: path) else {
      throw ManifestError(
        .unknownSplit, "the pattern of splits does not fit '\(printable(path))'",
        hint: "correct the regular expression in the Croissant file, or name a column with --split-column",
        file: source.path, line: line, column: cells.path?.column)
    }
    return Cell(bytes: Array(name.utf8)[...], column: cells.path?.column)
  }

  private mutating func appendTime(_ cell: Cell?, of source: ManifestSource, line: Int?) throws(ManifestError) {
    guard table.times != nil else { return }
    guard let cell, !cell.bytes.isEmpty else {
      _ = table.times?.append(nil)
      return
    }
    guard let time = TimeText.parsed(cell.bytes) else {
      throw ManifestError(
        .malformed, "'\(printable(String(decoding: cell.bytes.prefix(100), as: UTF8.self)))' is no time",
        hint: "write 2024-05-31, 2024-05-31T12:30:05 or a whole number of at most 18 digits", file: source.path,
        line: line, column: cell.column)
    }
    guard table.times?.append(time) == true else {
      throw ManifestError(
        .malformed, "the time is a \(time.unit == .steps ? "number" : "date") here and was not in rows before",
        hint: "write all times as dates, or all as whole numbers", file: source.path, line: line, column: cell.column)
    }
  }

  private func checkLength(_ cell: Cell, _ what: String, of source: ManifestSource, line: Int?) throws(ManifestError) {
    guard cell.bytes.count > SampleTable.maximumNameByteCount else { return }
    throw ManifestError(
      .tooLarge, "the \(what) has more than 4,096 bytes: '\(printable(String(decoding: cell.bytes, as: UTF8.self)))'",
      hint: "name the right column with --\(what)-column", file: source.path, line: line, column: cell.column)
  }

  private mutating func splitIndex(
    _ cell: Cell?, of source: ManifestSource, line: Int?
  ) throws(ManifestError) -> Int {
    if let name = source.splitName {
      let bytes = Array(name.utf8)[...]
      if let cell, !cell.bytes.isEmpty, !cell.bytes.elementsEqual(bytes) {
        let found = printable(String(decoding: cell.bytes, as: UTF8.self))
        throw ManifestError(
          .conflictingSplit, "the split is '\(found)' here and '\(printable(name))' on the command line",
          hint: "give the file without '\(printable(name))=', or correct the column", file: source.path, line: line,
          column: cell.column)
      }
      return try splitIndex(named: bytes, of: source, line: nil, column: nil)
    }
    guard let cell, !cell.bytes.isEmpty else {
      throw ManifestError(
        .unknownSplit, "the split is empty", hint: "every row belongs to a split", file: source.path, line: line,
        column: cell?.column)
    }
    return try splitIndex(named: cell.bytes, of: source, line: line, column: cell.column)
  }

  private mutating func splitIndex(
    named bytes: ArraySlice<UInt8>, of source: ManifestSource, line: Int?, column: Int?
  ) throws(ManifestError) -> Int {
    if let index = splitNames.index(of: bytes) { return index }
    let name = String(decoding: bytes, as: UTF8.self)
    guard let role = options.role(ofSplit: name) else {
      throw .unknownSplit(name, options: options, file: source.path, line: line, column: column)
    }
    try checkLength(Cell(bytes: bytes, column: column), "split", of: source, line: line)
    guard splits.count < Split.maximumCount else {
      throw ManifestError(
        .tooLarge, "'\(printable(name))' is one split more than the \(Split.maximumCount) that a dataset may have",
        hint: "names count as different when their case does; name the right column with --split-column",
        file: source.path, line: line, column: column)
    }
    splits.append(Split(name: name, role: role))
    return splitNames.insert(bytes).index
  }

  /// The manifest of all rows; paths are made relative to the common root, labels and groups are put in order.
  consuming func manifest() -> Manifest {
    table.manifest(root: root, splits: splits, inputs: inputs, prefixes: prefixes)
  }
}
