internal import SplitSealBase

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

/// What takes the rows of a table, one after the other.
protocol RowSink {
  /// Number of rows so far, those that were left out among them.
  var rowCount: Int { get }
  /// Takes note that a column of groups was found though none was asked for by name.
  mutating func foundGroupColumn(named name: String)
  /// Takes note that labels came as lists.
  mutating func foundLabelLists()
  /// Takes note of what was not understood: a sentence that is safe to print.
  mutating func note(_ sentence: String)
  /// Adds one row of the input that was begun last.
  mutating func append(_ cells: RowCells, of source: ManifestSource, line: Int?) throws(ManifestError)
}

extension RowSink {
  /// Says which columns look like groups and were not taken, and how to take them.
  mutating func noteUntaken(_ names: [String], taken: [String], _ noun: String) {
    guard !names.isEmpty else { return }
    func flag(_ name: String) -> String {
      let isPlain = name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      }
      return "--group-column " + (isPlain ? name : "'\(printable(name))'")
    }
    let shown = names.prefix(5).map { "'\(printable($0))'" }.joined(separator: ", ")
    let isOne = names.count == 1
    note(
      "\(noun)\(isOne ? "" : "s") \(shown)\(names.count > 5 ? " and \(names.count - 5) more" : "") "
        + "\(isOne ? "looks like a group and was" : "look like groups and were") not taken: "
        + (taken + names.prefix(5)).map(flag).joined(separator: " "))
  }
}

/// Collects the rows of all inputs into one manifest.
struct ManifestBuilder: RowSink {
  private var options: ManifestOptions
  private let root: String
  private var splits: [Split] = []
  private var splitNames = NameTable()
  private var table = SampleTable()
  private var inputs: [ManifestInput] = []
  private var prefixes: [String] = []
  private let exclusion: PathExclusion
  /// Rows of the current input that the user excludes.
  private var excludedCount = 0
  /// How often each text stood for no group in the current input, by the grouping and the text.
  private var missingGroups: [MissingGroup: Int] = [:]
  /// What the current input's rows gave to say.
  private var notes: [String] = []
  /// Whether labels of the current input are lists.
  private var hasLabelLists = false

  private struct MissingGroup: Hashable {
    let slot: Int
    let text: String
  }

  init(options: ManifestOptions, root: String) {
    self.options = options
    self.root = root
    exclusion = PathExclusion(options.excludedPatterns)
    table.groupings = options.groupColumns.map { GroupingBuilder(name: $0) }
    table.times = options.timeColumn.map { SampleTimesBuilder(name: $0) }
  }

  /// Number of rows so far.
  var rowCount: Int { table.count + excludedCount }

  /// Begins an input: the rows that follow are its rows.
  mutating func begin(_ source: ManifestSource) {
    prefixes.append(relativePath(source.base, below: root))
  }

  mutating func note(_ sentence: String) { notes.append(sentence) }

  mutating func foundLabelLists() { hasLabelLists = true }

  mutating func foundGroupColumn(named name: String) {
    if table.groupings.isEmpty { table.groupings.append(GroupingBuilder(name: name, absentCount: table.count)) }
  }

  /// Takes roles that an input gives to splits; those that the user gave stand.
  mutating func declare(_ roles: [(name: String, role: SplitRole)]) {
    for (name, role) in roles where options.roles[name] == nil { options.roles[name] = role }
  }

  /// Ends the input that was begun last.
  mutating func end(_ input: ManifestInput) {
    if excludedCount > 0 {
      notes.append("\(excludedCount) row\(excludedCount == 1 ? " is" : "s are") left out by --exclude")
    }
    inputs.append(input.with(notes: notes + missingGroupNotes, hasLabelLists: hasLabelLists))
    (notes, missingGroups, excludedCount, hasLabelLists) = ([], [:], 0, false)
  }

  /// Which texts were taken for no group, and how often.
  private var missingGroupNotes: [String] {
    table.groupings.indices.compactMap { slot in
      let texts = missingGroups.filter { $0.key.slot == slot }.sorted { $0.key.text < $1.key.text }
      guard !texts.isEmpty else { return nil }
      let count = texts.reduce(0) { $0 + $1.value }
      let shown = texts.prefix(5).map { "'\(printable($0.key.text))' (\($0.value))" }.joined(separator: ", ")
      return "\(printable(table.groupings[slot].name)): \(count) row\(count == 1 ? "" : "s") with \(shown)"
        + "\(texts.count > 5 ? " and others" : "") \(count == 1 ? "is" : "are") taken to have no group"
    }
  }

  mutating func append(
    _ cells: RowCells, of source: ManifestSource, line: Int?
  ) throws(ManifestError) {
    let path: String
    do throws(PathRule.Fault) {
      path = try PathRule.normalized(cells.path?.bytes ?? [])
    } catch {
      // A name that a folder holds and that cannot be used is one unreadable image: the file is there.
      guard !source.isFolder else { return try appendListed(cells, of: source) }
      throw ManifestError(
        .invalidPath, error.reason, hint: error.hint, file: source.path, line: line, column: cells.path?.column)
    }
    // Files of folders were left out when the folder was listed.
    guard source.isFolder || !exclusion.contains(path) else {
      excludedCount += 1
      return
    }
    try append(cells, path, of: source, line: line)
  }

  /// Adds a file of a folder under the name that it has.
  private mutating func appendListed(_ cells: RowCells, of source: ManifestSource) throws(ManifestError) {
    try append(cells, String(decoding: cells.path?.bytes ?? [], as: UTF8.self), of: source, line: nil)
  }

  private mutating func append(
    _ cells: RowCells, _ path: String, of source: ManifestSource, line: Int?
  ) throws(ManifestError) {
    let split = try splitIndex(patternedSplit(cells, path, source, line) ?? cells.split, of: source, line: line)
    if let label = cells.label { try checkLength(label, "label", of: source, line: line) }
    for case let group? in cells.groups { try checkLength(group, "group", of: source, line: line) }
    table.append(
      SampleTable.Row(
        path: path, split: split, label: label(cells.label), input: prefixes.count - 1, line: line ?? 0))
    for slot in table.groupings.indices {
      table.groupings[slot].append(slot < cells.groups.count ? group(cells.groups[slot], slot: slot) : nil)
    }
    try appendTime(cells.time, of: source, line: line)
  }

  /// The label of a cell; `nil` where a program wrote that there is none.
  ///
  /// A folder is called what it is called.
  private func label(_ cell: Cell?) -> ArraySlice<UInt8>? {
    guard let cell, cell.column == nil || !MissingValue.isNoLabel(cell.bytes) else { return nil }
    return cell.bytes
  }

  /// The group of a cell; `nil` where the cell says that there is none.
  private mutating func group(_ cell: Cell?, slot: Int) -> ArraySlice<UInt8>? {
    guard let cell, !cell.bytes.isEmpty else { return nil }
    guard MissingValue.isNoGroup(cell.bytes) else { return cell.bytes }
    missingGroups[MissingGroup(slot: slot, text: String(decoding: cell.bytes, as: UTF8.self)), default: 0] += 1
    return nil
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
