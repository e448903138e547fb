internal import SplitSealJSON

/// Reads a JSON manifest: one object a line, or one array of objects.
struct JSONReader {
  private let text: ManifestText
  private let source: ManifestSource
  private var columns: JSONColumns
  private let limits: JSONLimits
  /// Whether a column of groups that nobody named may still be found.
  private var looksForGroup: Bool

  private init(_ text: ManifestText, of source: ManifestSource, options: ManifestOptions) {
    self.text = text
    self.source = source
    columns = JSONColumns(source, options: options)
    looksForGroup = options.groupColumns.isEmpty
    limits = .manifestRow
  }

  /// Adds the rows of JSON Lines: one object a line, empty lines between them or not.
  static func readLines(
    _ text: ManifestText, of source: ManifestSource, options: ManifestOptions, into builder: inout some RowSink
  ) throws(ManifestError) {
    var reader = JSONReader(text, of: source, options: options)
    let bytes = text.bytes
    let firstRow = builder.rowCount
    var line = 0
    var start = text.start
    while start < bytes.count {
      line += 1
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      defer { start = end + 1 }
      guard skippingSpace(in: bytes, from: start) < end else { continue }
      let value: JSONValue
      do throws(JSONError) {
        value = try JSONParser.parse(bytes, in: start..<end, limits: reader.limits)
      } catch {
        throw reader.error(error, line: line, column: error.offset - start + 1)
      }
      try reader.append(value, line: line, to: &builder)
    }
    try reader.finish(builder.rowCount - firstRow, &builder)
  }

  /// Adds the rows of one array of objects.
  ///
  /// The array is never in memory as a whole.
  static func readArray(
    _ text: ManifestText, of source: ManifestSource, options: ManifestOptions, into builder: inout some RowSink
  ) throws(ManifestError) {
    var reader = JSONReader(text, of: source, options: options)
    let bytes = text.bytes
    let firstRow = builder.rowCount
    var at = text.start
    var line = 1
    /// Moves on, counting the lines gone by.
    func move(to next: Int) {
      for byte in bytes[at..<next] where byte == UInt8(ascii: "\n") { line += 1 }
      at = next
    }
    func skipSpace() { move(to: skippingSpace(in: bytes, from: at)) }

    skipSpace()
    guard at < bytes.count else {
      throw ManifestError(.empty, "the file is empty", hint: JSONReader.shapeHint, file: source.path)
    }
    guard bytes[at] == UInt8(ascii: "[") else {
      throw reader.malformed("a JSON manifest is an array of objects", hint: JSONReader.shapeHint, at: at)
    }
    move(to: at + 1)
    skipSpace()
    var hasMore = at == bytes.count || bytes[at] != UInt8(ascii: "]")
    while hasMore {
      skipSpace()
      let element: (value: JSONValue, end: Int)
      do throws(JSONError) {
        element = try JSONParser.parseValue(in: bytes, from: at, limits: reader.limits)
      } catch {
        let place = text.place(of: error.offset)
        throw reader.error(error, line: place.line, column: place.column)
      }
      try reader.append(element.value, line: line, to: &builder)
      move(to: element.end)
      skipSpace()
      hasMore = at < bytes.count && bytes[at] == UInt8(ascii: ",")
      if hasMore { move(to: at + 1) }
    }
    guard at < bytes.count, bytes[at] == UInt8(ascii: "]") else {
      throw reader.malformed("expected ',' or ']' after an object", hint: JSONReader.shapeHint, at: at)
    }
    move(to: at + 1)
    skipSpace()
    guard at == bytes.count else {
      throw reader.malformed(
        "unexpected bytes after the array", hint: "name a file with one object a line .jsonl", at: at)
    }
    try reader.finish(builder.rowCount - firstRow, &builder)
  }

  static let shapeHint = #"write [{"path": "a.jpg", "split": "train"}, ...], or one object a line as .jsonl"#

  private mutating func append(_ value: JSONValue, line: Int, to builder: inout some RowSink) throws(ManifestError) {
    guard case .object(let members) = value else {
      throw ManifestError(
        .malformed, "a row is \(value.kindWithArticle); it has to be an object", hint: JSONReader.shapeHint,
        file: source.path, line: line)
    }
    let cells = try columns.cells(members, line: line)
    if looksForGroup, let name = columns.firstGroupName {
      builder.foundGroupColumn(named: name)
      looksForGroup = false
    }
    if columns.hasLabelLists { builder.foundLabelLists() }
    try builder.append(cells, of: source, line: line)
  }

  private func finish(_ rowCount: Int, _ builder: inout some RowSink) throws(ManifestError) {
    guard rowCount > 0 else {
      throw ManifestError(.empty, "the file has no rows", hint: JSONReader.shapeHint, file: source.path)
    }
    try columns.checkAllSeen()
    builder.noteUntaken(columns.untakenGroups, taken: columns.takenGroups, "key")
  }

  private func malformed(_ reason: String, hint: String?, at offset: Int) -> ManifestError {
    let place = text.place(of: offset)
    return ManifestError(
      .malformed, reason, hint: hint, file: source.path, line: place.line, column: place.column)
  }

  private func error(_ error: JSONError, line: Int, column: Int) -> ManifestError {
    let hint =
      error.exceedsLimit
      ? "leave out what is not needed" : "write plain JSON: double quotes, each key once, no comments"
    return ManifestError(
      error.exceedsLimit ? .tooLarge : .malformed, error.reason, hint: hint, file: source.path, line: line,
      column: column)
  }
}

extension JSONLimits {
  /// What a row of a manifest may be.
  ///
  /// Python writes `NaN` and `Infinity`, which are no JSON: they count as no value.
  static var manifestRow: JSONLimits {
    var limits = JSONLimits()
    limits.maximumByteCount = 1 << 20
    limits.readsNotANumberAsNull = true
    return limits
  }
}

/// Offset of the first byte at or behind `start` that is not JSON's white space.
private func skippingSpace(in bytes: [UInt8], from start: Int) -> Int {
  var at = start
  while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 { at += 1 }
  return at
}

extension JSONValue {
  /// The kind of value, for a message.
  var kindWithArticle: String {
    switch self {
    case .null: "null"
    case .bool: "a Boolean"
    case .integer, .decimal: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
