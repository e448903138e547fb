internal import SplitSealJSON

/// A CSV or TSV manifest whose rows can be edited.
struct DelimitedTable: EditableTable {
  private let text: ManifestText
  private let source: ManifestSource
  private let options: ManifestOptions
  /// What separates fields unless the header says otherwise.
  private let separator: UInt8
  private let delimiter: UInt8

  init(_ text: ManifestText, _ source: ManifestSource, _ options: ManifestOptions, separator: UInt8) {
    (self.text, self.source, self.options, self.separator) = (text, source, options, separator)
    delimiter = DelimitedDialect(text, usual: separator).delimiter
  }

  func values(of rows: Set<Int>) throws(ManifestError) -> [(row: Int, values: RowValues)] {
    var found: [(row: Int, values: RowValues)] = []
    var names: [String] = []
    try forEachRecord { number, parser in
      let cells = parser.fields.map { String(decoding: parser.text(of: $0), as: UTF8.self) }
      guard let row = number else {
        names = cells
        return
      }
      guard rows.contains(row) else { return }
      found.append((row, RowValues(zip(names, cells).map { JSONMember($0, .string($1)) }, options: options)))
    }
    return found
  }

  func edited(
    addsSplitColumn: Bool, arrivals: [RowValues], _ edit: (Int) -> RowEdit
  ) throws(ManifestError) -> [UInt8] {
    let bytes = text.bytes
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    /// Offset behind what was copied or left out.
    var at = 0
    var names: [String] = []
    var lineEnd = Array("\n".utf8)
    func copy(to end: Int) {
      output += bytes[at..<max(at, end)]
      at = max(at, end)
    }
    func cell(_ text: String) -> [UInt8] { Array(delimitedCell(text, delimiter: delimiter).utf8) }
    var pathColumn: Int?
    var splitColumn: Int?
    try forEachRecord { number, parser in
      guard let last = parser.fields.last else { return }
      let end = outerEnd(last)
      guard let row = number else {
        names = parser.fields.map { String(decoding: parser.text(of: $0), as: UTF8.self) }
        pathColumn = WantedColumns(options).path.place(in: names)?.index
        splitColumn = WantedColumns(options).split.place(in: names)?.index
        if end < bytes.count, bytes[end] == UInt8(ascii: "\r") { lineEnd = Array("\r\n".utf8) }
        guard addsSplitColumn, splitColumn == nil else { return }
        copy(to: end)
        output += [delimiter] + cell(options.splitColumn ?? "split")
        return
      }
      guard case .keep(let split, let path) = edit(row) else {
        copy(to: outerStart(parser.fields[0]))
        at = bytes[end...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
        return
      }
      for (column, field) in parser.fields.enumerated() {
        guard let new = column == splitColumn ? split : column == pathColumn ? path : nil else { continue }
        copy(to: outerStart(field))
        output += cell(new)
        at = outerEnd(field)
      }
      if addsSplitColumn, splitColumn == nil, let split {
        copy(to: end)
        output += [delimiter] + cell(split)
      }
    }
    copy(to: bytes.count)
    for row in arrivals {
      if output.last != UInt8(ascii: "\n") { output += lineEnd }
      output += row.cells(under: names, options: options).map(cell).joined(separator: [delimiter])
      output += lineEnd
    }
    return output
  }

  private func outerStart(_ field: DelimitedParser.Field) -> Int { field.start - (field.isQuoted ? 1 : 0) }

  private func outerEnd(_ field: DelimitedParser.Field) -> Int { field.end + (field.isQuoted ? 1 : 0) }

  /// Calls `body` for the header, without a number, and for each row.
  private func forEachRecord(_ body: (_ row: Int?, _ parser: DelimitedParser) -> Void) throws(ManifestError) {
    var parser = DelimitedParser(text, separator: separator)
    var row = -1
    while try next(&parser) {
      guard !parser.isBlank else { continue }
      body(row < 0 ? nil : row, parser)
      row += 1
    }
  }

  private func next(_ parser: inout DelimitedParser) throws(ManifestError) -> Bool {
    do throws(DelimitedParser.Fault) {
      return try parser.nextRecord()
    } catch {
      throw ManifestError(.malformed, error.reason, hint: error.hint, file: source.path, line: error.line)
    }
  }
}
