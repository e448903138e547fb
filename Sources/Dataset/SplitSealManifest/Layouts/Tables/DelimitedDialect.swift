internal import SplitSealBase

/// How a table separates its fields: by what its first line holds, and only then by what its name says.
///
/// Where commas are decimal points spreadsheets write `.csv` with semicolons.
struct DelimitedDialect {
  let delimiter: UInt8
  /// Whether blanks behind a separator belong to it: every separator of the header has one.
  let skipsBlanks: Bool
  /// Offset of the header.
  let start: Int
  /// Line of the header, 1-based.
  let line: Int

  private static let comma = UInt8(ascii: ",")
  private static let tab = UInt8(ascii: "\t")
  private static let semicolon = UInt8(ascii: ";")

  /// Looks at the first lines.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - usual: The separator that the file's name promises.
  init(_ text: ManifestText, usual: UInt8) {
    let first = Self.line(of: text.bytes, from: text.start)
    let isNamed = first.count == 5 && lowercasedASCII(String(decoding: first.prefix(4), as: UTF8.self)) == "sep="
    // Excel's own line names the separator and is no row.
    let named = isNamed ? first.last : nil
    start =
      isNamed
      ? text.bytes[first.endIndex...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.bytes.count : text.start
    line = isNamed ? 2 : 1
    let header = Self.line(of: text.bytes, from: start)
    let plain = Self.placesOutsideQuotes(header)
    let delimiter =
      named
      ?? [usual, Self.semicolon, Self.tab, Self.comma].first { separator in plain.contains { header[$0] == separator } }
      ?? usual
    let separators = plain.filter { header[$0] == delimiter }
    skipsBlanks =
      !separators.isEmpty && separators.allSatisfy { header[($0 + 1)...].first == UInt8(ascii: " ") }
    self.delimiter = delimiter
  }

  /// The first line from an offset on that holds something.
  private static func line(of bytes: [UInt8], from start: Int) -> ArraySlice<UInt8> {
    let isEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    return bytes[start...].drop(while: isEnd).prefix { !isEnd($0) }
  }

  /// Where the bytes of a line stand that are in no quotes.
  private static func placesOutsideQuotes(_ line: ArraySlice<UInt8>) -> [Int] {
    var isQuoted = false
    return line.indices.filter { place in
      if line[place] == UInt8(ascii: "\"") { isQuoted.toggle() }
      return !isQuoted
    }
  }
}
