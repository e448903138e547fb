internal import SplitSealBase

/// A table of labels and groups that lies among the images it names, as Hugging Face's image folders have it.
struct FolderTable {
  /// One row.
  struct Row {
    /// Path of the image below the input's folder.
    let path: String
    let cells: RowCells
    let line: Int
  }

  /// The table as a source of rows.
  let source: ManifestSource
  /// The folder that it lies in, below the input's.
  let folder: String
  /// The table as the manifest records it.
  let input: ManifestInput
  /// All rows, in their order.
  let rows: [Row]
  /// The column of groups that was found though none was asked for by name.
  let groupName: String?
  /// What was not understood.
  let notes: [String]
  /// Whether labels are lists.
  let hasLabelLists: Bool
  /// The rows of each path.
  private let places: [[UInt8]: [Int]]

  /// Whether a column says which split an image is in.
  var hasSplits: Bool { rows.contains { $0.cells.split?.bytes.isEmpty == false } }

  /// The layout of a table of this name, `metadata.csv` and the like; `nil` for the name of any other file.
  static func layout(named name: String) -> (any TableLayout)? {
    let ending = lowercasedExtension(of: name)
    guard lowercasedASCII(name).utf8.elementsEqual("metadata.\(ending)".utf8) else { return nil }
    return ManifestLayouts.lineTables.first { $0.fileExtensions.contains(ending) }
  }

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - layout: The layout that its name says it has.
  ///   - folder: The folder that it lies in, below the input's.
  ///   - parent: The input, a folder.
  ///   - options: Which columns mean what.
  ///   - root: Real path of the folder that nothing may lead out of.
  /// - Throws: ``ManifestError`` for what is no table, and for a table without a column of paths.
  init(
    _ name: String, _ layout: any TableLayout, in folder: String, of parent: ManifestSource,
    options: ManifestOptions, root: String
  ) throws(ManifestError) {
    let path = joined(folder, name)
    if let target = try? realPath(joined(parent.base, path)), !isInside(target, root) {
      throw .linkLeavesRoot(path, target: target, root: root, file: parent.path)
    }
    source = ManifestSource(amongImages: path, layout, of: parent, base: joined(parent.base, folder))
    let text = try ManifestText(of: source)
    var collector = Collector(folder: folder)
    try layout.readRows(text, of: source, options: options, into: &collector)
    self.folder = folder
    input = text.input(source)
    rows = collector.rows
    groupName = collector.groupName
    notes = collector.notes
    hasLabelLists = collector.hasLabelLists
    places = Dictionary(grouping: collector.rows.indices) { Array(collector.rows[$0].path.utf8) }
  }

  /// The rows that name an image, as indices; `nil` where there is none.
  func rows(of path: String) -> [Int]? { places[Array(path.utf8)] }

  /// Keeps the rows of a table.
  private struct Collector: RowSink {
    let folder: String
    var rows: [Row] = []
    var groupName: String?
    var notes: [String] = []
    var hasLabelLists = false
    var rowCount: Int { rows.count }

    init(folder: String) { self.folder = folder }

    mutating func foundGroupColumn(named name: String) { groupName = groupName ?? name }

    mutating func note(_ sentence: String) { notes.append(sentence) }

    mutating func foundLabelLists() { hasLabelLists = true }

    mutating func append(_ cells: RowCells, of source: ManifestSource, line: Int?) throws(ManifestError) {
      let path: String
      do throws(PathRule.Fault) {
        path = try PathRule.normalized(cells.path?.bytes ?? [])
      } catch {
        throw ManifestError(
          .invalidPath, error.reason, hint: error.hint, file: source.path, line: line, column: cells.path?.column)
      }
      rows.append(Row(path: joined(folder, path), cells: cells, line: line ?? 0))
    }
  }
}

/// The tables among the images of one folder, the deepest of which says what an image is.
struct FolderTables {
  private let source: ManifestSource
  private let options: ManifestOptions
  private let root: String
  /// Those of the folder that is read and of the folders it stands in.
  private var open: [FolderTable] = []
  /// For each of them, which rows have named an image.
  private var used: [[Bool]] = []
  /// Rows of tables that were closed, and that named no image.
  private var leftOver: [(table: FolderTable, row: FolderTable.Row)] = []
  private var notes: [String] = []

  init(_ source: ManifestSource, options: ManifestOptions, root: String) {
    (self.source, self.options, self.root) = (source, options, root)
  }

  /// The table beside the splits; `nil` where there is none.
  var topmost: FolderTable? { open.first { $0.folder.isEmpty } }

  /// Reads the tables of a folder before its files.
  ///
  /// - Returns: Paths of those that were read.
  mutating func enter(_ folder: String, _ entries: [FolderEntry]) throws(ManifestError) -> [String] {
    while let last = open.last, !isInside("/" + folder, last.folder.isEmpty ? "/" : "/" + last.folder) { close() }
    var read: [String] = []
    for entry in entries where !entry.isFolder && entry.isValid {
      guard let layout = FolderTable.layout(named: entry.name) else { continue }
      do throws(ManifestError) {
        let table = try FolderTable(entry.name, layout, in: folder, of: source, options: options, root: root)
        open.append(table)
        used.append(Array(repeating: false, count: table.rows.count))
        read.append(joined(folder, entry.name))
        notes += table.notes.map { "\(printable(joined(folder, entry.name))): \($0)" }
      } catch {
        // A file of that name may be about something else.
        guard error.code == .missingColumn else { throw error }
        notes.append("\(printable(joined(folder, entry.name))) was not read: \(error.message)")
      }
    }
    return read
  }

  private mutating func close() {
    guard let table = open.popLast(), let used = used.popLast() else { return }
    leftOver += zip(table.rows, used).filter { !$1 }.map { (table, $0.0) }
  }

  /// Adds an image, once for each row of the deepest table that names it.
  mutating func append(
    _ path: String, split: Cell?, folderLabel: Cell?, into builder: inout ManifestBuilder
  ) throws(ManifestError) {
    var nearest: (table: FolderTable, rows: [Int])?
    for place in open.indices.reversed() {
      guard let rows = open[place].rows(of: path) else { continue }
      for row in rows { used[place][row] = true }
      nearest = nearest ?? (open[place], rows)
    }
    guard let nearest else {
      return try builder.append(
        RowCells(path: Cell(path), split: split, label: folderLabel), of: source, line: nil)
    }
    for row in nearest.rows {
      try append(nearest.table.rows[row], of: nearest.table, split: split, folderLabel: folderLabel, into: &builder)
    }
  }

  private func append(
    _ row: FolderTable.Row, of table: FolderTable, split: Cell?, folderLabel: Cell?, into builder: inout ManifestBuilder
  ) throws(ManifestError) {
    try checkSplit(row, table, split)
    if let name = table.groupName { builder.foundGroupColumn(named: name) }
    if table.hasLabelLists { builder.foundLabelLists() }
    var cells = row.cells
    (cells.path, cells.split, cells.label) = (Cell(row.path), split, cells.label ?? folderLabel)
    try builder.append(cells, of: source, line: nil)
  }

  /// Refuses a table that says another split than the folder.
  private func checkSplit(_ row: FolderTable.Row, _ table: FolderTable, _ split: Cell?) throws(ManifestError) {
    guard let stated = row.cells.split, let role = options.role(ofSplit: stated.text),
      let folder = split?.text ?? source.splitName, options.role(ofSplit: folder) != role
    else { return }
    throw ManifestError(
      .conflictingSplit,
      "'\(printable(row.path))' is in '\(printable(folder))', and its row says '\(printable(stated.text))'",
      hint: "move the image, or correct the table", file: table.source.path, line: row.line, column: stated.column)
  }

  /// Adds what the tables name and no folder holds, so that it is reported as missing.
  ///
  /// - Parameters:
  ///   - exclusion: What the user wants left out.
  ///   - builder: Takes the rows.
  ///   - split: The split of a path; `nil` where it is in none.
  /// - Throws: ``ManifestError`` for a row that says another split than its path.
  mutating func finish(
    excluding exclusion: PathExclusion, into builder: inout ManifestBuilder, split: (String) -> Cell?
  ) throws(ManifestError) {
    while !open.isEmpty { close() }
    var outside = 0
    for (table, row) in leftOver where !exclusion.contains(row.path) {
      let split = split(row.path)
      guard split != nil || source.splitName != nil else {
        outside += 1
        continue
      }
      try append(row, of: table, split: split, folderLabel: nil, into: &builder)
    }
    if outside > 0 {
      notes.append("\(outside == 1 ? "1 row of a table names" : "\(outside) rows of tables name") no image in a split")
    }
    for note in notes { builder.note(note) }
  }
}
