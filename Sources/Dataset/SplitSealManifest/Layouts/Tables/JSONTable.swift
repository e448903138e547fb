internal import SplitSealJSON

/// A JSON Lines or JSON manifest whose rows can be edited.
///
/// A row that stays as it is keeps its bytes; one that is changed is written anew, its members in their order. The rows of
/// an array are put on a line each.
struct JSONTable: EditableTable {
  private let text: ManifestText
  private let source: ManifestSource
  private let options: ManifestOptions
  /// Whether every line is an object; else the file is one array of objects.
  private let isLines: Bool

  init(_ text: ManifestText, _ source: ManifestSource, _ options: ManifestOptions, isLines: Bool) {
    (self.text, self.source, self.options, self.isLines) = (text, source, options, isLines)
  }

  func values(of rows: Set<Int>) throws(ManifestError) -> [(row: Int, values: RowValues)] {
    var found: [(row: Int, values: RowValues)] = []
    let ranges = try rowRanges()
    for (row, range) in ranges.enumerated() where rows.contains(row) {
      found.append((row, RowValues(try members(in: range), options: options)))
    }
    return found
  }

  func edited(
    addsSplitColumn: Bool, arrivals: [RowValues], _ edit: (Int) -> RowEdit
  ) throws(ManifestError) -> [UInt8] {
    let ranges = try rowRanges()
    var rows: [[UInt8]] = []
    var output = Array(text.bytes[..<text.start])
    for (row, range) in ranges.enumerated() {
      guard case .keep(let split, let path) = edit(row) else { continue }
      let bytes =
        split == nil && path == nil
        ? Array(text.bytes[range]) : try changed(range, split: split, path: path)
      if isLines { output += bytes + [UInt8(ascii: "\n")] } else { rows.append(bytes) }
    }
    let keys = try ranges.first.map { (range) throws(ManifestError) in try members(in: range).map(\.key) } ?? []
    for arrival in arrivals {
      let bytes = Array(arrival.object(like: keys, options: options).compactText.utf8)
      if isLines { output += bytes + [UInt8(ascii: "\n")] } else { rows.append(bytes) }
    }
    guard !isLines else { return output }
    return output + Array("[\n  ".utf8) + rows.joined(separator: Array(",\n  ".utf8)) + Array("\n]\n".utf8)
  }

  private func changed(_ range: Range<Int>, split: String?, path: String?) throws(ManifestError) -> [UInt8] {
    var members = try members(in: range)
    let keys = members.map(\.key)
    let wanted = WantedColumns(options)
    for (column, new) in [(wanted.split, split), (wanted.path, path)] {
      guard let new else { continue }
      if let position = column.place(in: keys)?.index {
        members[position] = JSONMember(keys[position], .string(new))
      } else {
        members.append(JSONMember(column.chosenName ?? column.role.usualNames[0], .string(new)))
      }
    }
    return Array(JSONValue.object(members).compactText.utf8)
  }

  private func members(in range: Range<Int>) throws(ManifestError) -> [JSONMember] {
    do throws(JSONError) {
      return try JSONParser.parse(text.bytes, in: range, limits: .manifestRow).members ?? []
    } catch {
      throw malformed(error)
    }
  }

  private func malformed(_ error: JSONError) -> ManifestError {
    let place = text.place(of: error.offset)
    return ManifestError(.malformed, error.reason, file: source.path, line: place.line, column: place.column)
  }

  /// Where the objects stand.
  private func rowRanges() throws(ManifestError) -> [Range<Int>] {
    isLines ? lineRanges() : try elementRanges()
  }

  private func lineRanges() -> [Range<Int>] {
    let bytes = text.bytes
    var ranges: [Range<Int>] = []
    var start = text.start
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if bytes[start..<end].contains(where: { !Self.isSpace($0) }) { ranges.append(start..<end) }
      start = end + 1
    }
    return ranges
  }

  private func elementRanges() throws(ManifestError) -> [Range<Int>] {
    let bytes = text.bytes
    var ranges: [Range<Int>] = []
    var at = text.start
    // The array was read before: between its objects stand brackets, commas and space alone.
    while let start = bytes[at...].firstIndex(of: UInt8(ascii: "{")) {
      do throws(JSONError) {
        at = try JSONParser.parseValue(in: bytes, from: start, limits: .manifestRow).end
      } catch {
        throw malformed(error)
      }
      ranges.append(start..<at)
    }
    return ranges
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0D || byte == 0x09 }
}
