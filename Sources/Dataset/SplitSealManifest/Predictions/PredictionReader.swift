internal import SplitSealJSON

/// Reads the rows of a file of predictions.
struct PredictionReader {
  private let source: ManifestSource
  private let pathColumn: String?

  init(_ source: ManifestSource, pathColumn: String?) {
    self.source = source
    self.pathColumn = pathColumn
  }

  private static let shapeHint = "columns or keys are path and prediction, and split where a path is in several"

  /// How files of predictions end: `.csv, .tsv or .jsonl`.
  static var extensions: String { ManifestLayouts.extensionList(ManifestLayouts.lineTables) }

  /// All rows, at least one.
  func rows(_ text: ManifestText) throws(ManifestError) -> [PredictionRow] {
    let rows: [PredictionRow]
    switch (source.layout as? any TableLayout)?.syntax {
    case .delimited(let separator): rows = try delimited(text, separator)
    case .objectPerLine: rows = try lines(text)
    case .arrayOfObjects, nil:
      throw ManifestError(
        .unknownFormat, "predictions cannot be read from this kind of file",
        hint: "give a table that ends in \(Self.extensions)", file: source.path)
    }
    guard !rows.isEmpty else {
      throw ManifestError(.empty, "the file has no predictions", hint: Self.shapeHint, file: source.path)
    }
    return rows
  }

  private func position(_ column: PredictionColumn, _ names: [String], _ noun: String, _ line: Int)
    throws(ManifestError) -> Int?
  {
    try column.position(among: names, noun, pathColumn: pathColumn, file: source.path, line: line)
  }

  private func delimited(_ text: ManifestText, _ separator: UInt8) throws(ManifestError) -> [PredictionRow] {
    var parser = DelimitedParser(text, separator: separator)
    var columns: (count: Int, path: Int, prediction: Int, split: Int?)?
    var rows: [PredictionRow] = []
    while try next(&parser) {
      guard !parser.isBlank else { continue }
      guard let columns else {
        let names = parser.fields.map { String(decoding: parser.text(of: $0), as: UTF8.self) }
        guard let path = try position(.path, names, "column", parser.line),
          let prediction = try position(.prediction, names, "column", parser.line)
        else { return [] }
        columns = (names.count, path, prediction, try position(.split, names, "column", parser.line))
        continue
      }
      guard parser.fields.count == columns.count else {
        throw ManifestError(
          .raggedRow,
          "\(parser.fields.count) field\(parser.fields.count == 1 ? "" : "s") where the header has \(columns.count)",
          hint: "quote fields that hold the separator", file: source.path, line: parser.line)
      }
      rows.append(
        try PredictionRow(
          path: parser.text(of: parser.fields[columns.path]),
          prediction: parser.text(of: parser.fields[columns.prediction]),
          split: columns.split.map { parser.text(of: parser.fields[$0]) }, file: source.path, line: parser.line))
    }
    return rows
  }

  private func next(_ parser: inout DelimitedParser) throws(ManifestError) -> Bool {
    do throws(DelimitedParser.Fault) {
      return try parser.nextRecord()
    } catch {
      throw ManifestError(
        .malformed, error.reason, hint: error.hint, file: source.path, line: error.line, column: error.column)
    }
  }

  private func lines(_ text: ManifestText) throws(ManifestError) -> [PredictionRow] {
    let bytes = text.bytes
    var rows: [PredictionRow] = []
    var line = 0
    var start = text.start
    while start < bytes.count {
      line += 1
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      defer { start = end + 1 }
      guard bytes[start..<end].contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { continue }
      let value: JSONValue
      do throws(JSONError) {
        value = try JSONParser.parse(bytes, in: start..<end, limits: .manifestRow)
      } catch {
        throw ManifestError(
          .malformed, error.reason, hint: "write plain JSON: double quotes, each key once, no comments",
          file: source.path, line: line, column: error.offset - start + 1)
      }
      guard case .object(let members) = value else {
        throw ManifestError(
          .malformed, "a row is \(value.kindWithArticle); it has to be an object", hint: Self.shapeHint,
          file: source.path, line: line)
      }
      rows.append(try row(members, line: line))
    }
    return rows
  }

  private func row(_ members: [JSONMember], line: Int) throws(ManifestError) -> PredictionRow {
    let names = members.map(\.key)
    func bytes(_ column: PredictionColumn) throws(ManifestError) -> ArraySlice<UInt8>? {
      guard let index = try position(column, names, "key", line) else { return nil }
      switch members[index].value {
      case .string(let text): return Array(text.utf8)[...]
      case .integer(let number) where column != .path: return Array(String(number).utf8)[...]
      case .null where column == .split: return nil
      default:
        let needed = column == .path ? "a string" : "a string or an integer"
        throw ManifestError(
          .malformed,
          "the \(column.rawValue) is \(members[index].value.kindWithArticle); it has to be \(needed)",
          hint: "a prediction is the name of one class", file: source.path, line: line, column: index + 1)
      }
    }
    return try PredictionRow(
      path: try bytes(.path) ?? [], prediction: try bytes(.prediction) ?? [], split: try bytes(.split),
      file: source.path, line: line)
  }
}
