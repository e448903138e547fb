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
  var group: Cell?
}

/// Collects the rows of all inputs into one manifest.
struct ManifestBuilder {
  /// A row with its names as indices in order of appearance, which are put in order when all are known.
  private struct Row {
    let path: String
    let split: UInt32
    let label: UInt32
    let group: UInt32
    let input: UInt32
    let line: Int

    static var absent: UInt32 { .max }
  }

  /// Bytes of the longest name of a split, a label or a group.
  private static let maximumNameByteCount = 4096

  private let options: ManifestOptions
  private let root: String
  private var splits: [Split] = []
  private var splitNames = NameTable()
  private var labels = NameTable()
  private var groups = NameTable()
  private var rows: [Row] = []
  private var inputs: [ManifestInput] = []
  private var prefixes: [String] = []

  init(options: ManifestOptions, root: String) {
    self.options = options
    self.root = root
  }

  /// Number of rows so far.
  var rowCount: Int { rows.count }

  /// Begins an input: the rows that follow are its rows.
  mutating func begin(_ source: ManifestSource) {
    prefixes.append(relativePath(source.base, below: root))
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
    rows.append(
      Row(
        path: path, split: try splitIndex(cells.split, of: source, line: line),
        label: try name(cells.label, "label", of: source, line: line).map { UInt32(labels.insert($0).index) }
          ?? Row.absent,
        group: try name(cells.group, "group", of: source, line: line).map { UInt32(groups.insert($0).index) }
          ?? Row.absent,
        input: UInt32(prefixes.count - 1), line: line ?? 0))
  }

  /// The bytes of a label or a group; `nil` where the row has none.
  private func name(
    _ cell: Cell?, _ what: String, of source: ManifestSource, line: Int?
  ) throws(ManifestError) -> ArraySlice<UInt8>? {
    guard let cell, !cell.bytes.isEmpty else { return nil }
    try checkLength(cell, what, of: source, line: line)
    return cell.bytes
  }

  private func checkLength(_ cell: Cell, _ what: String, of source: ManifestSource, line: Int?) throws(ManifestError) {
    guard cell.bytes.count > Self.maximumNameByteCount else { return }
    throw ManifestError(
      .tooLarge, "the \(what) has more than 4,096 bytes: '\(printable(String(decoding: cell.bytes, as: UTF8.self)))'",
      hint: "name the right column with --\(what)-column", file: source.path, line: line, column: cell.column)
  }

  private mutating func splitIndex(
    _ cell: Cell?, of source: ManifestSource, line: Int?
  ) throws(ManifestError) -> UInt32 {
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
  ) throws(ManifestError) -> UInt32 {
    if let index = splitNames.index(of: bytes) { return UInt32(index) }
    let name = String(decoding: bytes, as: UTF8.self)
    guard let role = options.role(ofSplit: name) else {
      throw .unknownSplit(name, options: options, file: source.path, line: line, column: column)
    }
    try checkLength(Cell(bytes: bytes, column: column), "split", of: source, line: line)
    splits.append(Split(name: name, role: role))
    return UInt32(splitNames.insert(bytes).index)
  }

  /// The manifest of all rows; paths are made relative to the common root, labels and groups are put in order.
  consuming func manifest() -> Manifest {
    let (labelNames, labelRanks) = labels.sorted()
    let (groupNames, groupRanks) = groups.sorted()
    let samples = rows.map { row in
      Sample(
        path: joined(prefixes[Int(row.input)], row.path), split: Int(row.split),
        label: row.label == Row.absent ? nil : labelRanks[Int(row.label)],
        group: row.group == Row.absent ? nil : groupRanks[Int(row.group)], input: Int(row.input), line: row.line)
    }
    return Manifest(
      root: root, splits: splits, labels: labelNames, groups: groupNames, samples: samples, inputs: inputs)
  }
}
