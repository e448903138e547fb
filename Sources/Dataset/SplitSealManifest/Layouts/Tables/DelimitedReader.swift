/// Reads a CSV or TSV manifest.
struct DelimitedReader {
  private let source: ManifestSource
  private let options: ManifestOptions
  /// What separates fields unless the header says otherwise.
  private let separator: UInt8

  init(_ source: ManifestSource, options: ManifestOptions, separator: UInt8) {
    (self.source, self.options, self.separator) = (source, options, separator)
  }

  /// Adds the rows of the text to the manifest.
  func read(_ text: ManifestText, into builder: inout some RowSink) throws(ManifestError) {
    var parser = DelimitedParser(text, separator: separator)
    let columns = try header(&parser)
    if options.groupColumns.isEmpty, let name = columns.groupNames.first { builder.foundGroupColumn(named: name) }
    builder.noteUntaken(columns.untakenGroups, taken: columns.groupNames, "column")
    let firstRow = builder.rowCount
    var blankLine: Int?
    while try next(&parser) {
      if parser.isBlank {
        // Where there is one column an empty line is an empty path, unless nothing follows it.
        if columns.count == 1, blankLine == nil { blankLine = parser.line }
        continue
      }
      if let line = blankLine {
        try builder.append(RowCells(path: Cell(bytes: [], column: 1)), of: source, line: line)
      }
      guard parser.fields.count == columns.count else {
        throw ManifestError(
          .raggedRow,
          "\(fieldCount(parser.fields.count)) where the header has \(columns.count)",
          hint: "quote fields that hold the separator", file: source.path, line: parser.line)
      }
      try builder.append(columns.cells(parser), of: source, line: parser.line)
    }
    guard builder.rowCount > firstRow else {
      throw ManifestError(.empty, "a header and no rows", hint: "every row names an image", file: source.path)
    }
  }

  private func fieldCount(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

  private func next(_ parser: inout DelimitedParser) throws(ManifestError) -> Bool {
    do throws(DelimitedParser.Fault) {
      return try parser.nextRecord()
    } catch {
      throw ManifestError(
        .malformed, error.reason, hint: error.hint, file: source.path, line: error.line, column: error.column)
    }
  }

  private func header(_ parser: inout DelimitedParser) throws(ManifestError) -> Columns {
    while try next(&parser) {
      guard !parser.isBlank else { continue }
      let names = parser.fields.map { String(decoding: parser.text(of: $0), as: UTF8.self) }
      let wanted = WantedColumns(options)
      var groups: [Int?] = []
      for group in wanted.groups { groups.append(try column(group, names, parser.line)) }
      return Columns(
        count: names.count, path: try column(wanted.path, names, parser.line),
        split: try column(wanted.split, names, parser.line), label: try column(wanted.label, names, parser.line),
        groups: groups, groupNames: groups.compactMap { $0.map { names[$0] } },
        untakenGroups: wanted.untakenGroups(among: names), time: try timeColumn(wanted, names, parser.line))
    }
    throw ManifestError(
      .empty, "the file is empty", hint: "the first line names the columns: path,split,label", file: source.path)
  }

  private func timeColumn(_ wanted: WantedColumns, _ names: [String], _ line: Int) throws(ManifestError) -> Int? {
    guard let time = wanted.time else { return nil }
    return try column(time, names, line)
  }

  /// Index of a column; `nil` when it is not needed and not there.
  private func column(_ wanted: WantedColumn, _ names: [String], _ line: Int) throws(ManifestError) -> Int? {
    if let place = wanted.place(in: names) {
      guard let rival = place.rival else { return place.index }
      throw .ambiguousColumn(wanted.role, names[place.index], names[rival], "column", file: source.path, line: line)
    }
    let isNeeded =
      switch wanted.role {
      case .path: true
      case .split: source.needsSplitColumn
      case .label, .group, .time: wanted.chosenName != nil
      }
    guard isNeeded else { return nil }
    throw .missingColumn(
      wanted, among: names, "column", file: source.path, line: line,
      extraHint: names.contains(where: IgnoredFiles.isNameOfImage)
        ? "the first line is a row: put a line before it that names the columns, as path,split,label" : nil)
  }
}

/// Which fields of a row matter, as indices.
private struct Columns {
  let count: Int
  let path: Int?
  let split: Int?
  let label: Int?
  let groups: [Int?]
  /// Names of the group columns.
  let groupNames: [String]
  /// Names of columns that look like groups and are not taken.
  let untakenGroups: [String]
  let time: Int?

  func cells(_ parser: DelimitedParser) -> RowCells {
    func cell(_ index: Int?) -> Cell? {
      index.map { Cell(bytes: parser.text(of: parser.fields[$0]), column: $0 + 1) }
    }
    return RowCells(
      path: cell(path), split: cell(split), label: cell(label), groups: groups.map(cell), time: cell(time))
  }
}
