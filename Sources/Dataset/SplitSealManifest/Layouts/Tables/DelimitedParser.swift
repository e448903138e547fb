internal import SplitSealBase

/// Splits a CSV or TSV text into records, by bytes.
///
/// Records end with LF or CRLF, or with CR CR LF, as Python writes on Windows what it was given with CRLF; the last may end
/// with the text. A field that begins with a quote ends with the next
/// quote that is not doubled, and may hold separators and line ends. Nothing is copied: a field is a range.
///
/// - Source: RFC 4180, section 2; the separator of TSV is the tab, all else is the same.
struct DelimitedParser {
  /// Where the text of a field stands, quotes around it left out.
  struct Field {
    let start: Int
    let end: Int
    let isQuoted: Bool
    let hasDoubledQuotes: Bool
  }

  /// What is wrong with the text, and where: the line and the byte in the line, 1-based.
  struct Fault: Error {
    let reason: String
    let hint: String
    let line: Int
    let column: Int
  }

  private static let maximumFieldCount = 1 << 16

  private let bytes: [UInt8]
  private let delimiter: UInt8
  /// Whether blanks after a separator belong to it and not to the field.
  private let skipsBlanks: Bool
  private var at: Int
  /// The line that `at` stands in, and where it begins.
  private var currentLine: Int
  private var lineStart: Int

  /// The fields of the record that was read last.
  private(set) var fields: [Field] = []
  /// Line on which that record starts, 1-based.
  private(set) var line = 1

  /// Starts at the first line that is one of the table.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - separator: What the file's name says that its fields are separated by.
  init(_ text: ManifestText, separator: UInt8) {
    let dialect = DelimitedDialect(text, usual: separator)
    bytes = text.bytes
    (delimiter, skipsBlanks) = (dialect.delimiter, dialect.skipsBlanks)
    (at, lineStart, currentLine) = (dialect.start, dialect.start, dialect.line)
  }

  /// Whether the record that was read last is a line without anything on it but separators, as spreadsheets leave below a
  /// table.
  var isBlank: Bool { fields.allSatisfy { $0.start == $0.end && !$0.isQuoted } }

  /// The meaning of a field.
  func text(of field: Field) -> ArraySlice<UInt8> {
    let text = bytes[field.start..<field.end]
    guard field.hasDoubledQuotes else { return text }
    var single: [UInt8] = []
    single.reserveCapacity(text.count)
    var isFirstOfTwo = false
    for byte in text {
      isFirstOfTwo = byte == UInt8(ascii: "\"") && !isFirstOfTwo
      if !isFirstOfTwo { single.append(byte) }
    }
    return single[...]
  }

  /// Reads the next record into ``fields``.
  ///
  /// - Returns: `false` at the end of the text.
  /// - Complexity: O(*n*) for a record of *n* bytes.
  mutating func nextRecord() throws(Fault) -> Bool {
    fields.removeAll(keepingCapacity: true)
    line = currentLine
    guard at < bytes.count else { return false }
    while true {
      guard fields.count < Self.maximumFieldCount else {
        throw fault("more than 65,536 fields in one row", hint: "check where the row ends", at: at)
      }
      if skipsBlanks, !fields.isEmpty {
        while at < bytes.count, bytes[at] == UInt8(ascii: " ") { at += 1 }
      }
      if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
        fields.append(try quotedField())
      } else {
        fields.append(try plainField())
      }
      guard at < bytes.count else { return true }
      if bytes[at] == delimiter {
        at += 1
        continue
      }
      while bytes[at] == UInt8(ascii: "\r") { at += 1 }
      at += 1
      startLine()
      return true
    }
  }

  private mutating func startLine() {
    currentLine += 1
    lineStart = at
  }

  /// Reads up to a separator, a line end or the end of the text.
  private mutating func plainField() throws(Fault) -> Field {
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if byte == delimiter || byte == UInt8(ascii: "\n") { break }
      if byte == UInt8(ascii: "\r") {
        try checkLineEnd()
        break
      }
      guard byte != UInt8(ascii: "\"") else {
        throw fault(
          "a quote inside a field that does not begin with one",
          hint: "quote the whole field and double the quotes in it",
          at: at)
      }
      at += 1
    }
    return Field(start: start, end: at, isQuoted: false, hasDoubledQuotes: false)
  }

  private mutating func quotedField() throws(Fault) -> Field {
    let opening = at
    let (openingLine, openingColumn) = (currentLine, at - lineStart + 1)
    var hasDoubledQuotes = false
    at += 1
    while true {
      guard at < bytes.count else {
        throw Fault(
          reason: "a quote opens here and is never closed",
          hint: "close it, or double the quotes that are part of the text",
          line: openingLine, column: openingColumn)
      }
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\n") { startLine() }
      guard byte == UInt8(ascii: "\"") else { continue }
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { break }
      hasDoubledQuotes = true
      at += 1
    }
    let field = Field(start: opening + 1, end: at - 1, isQuoted: true, hasDoubledQuotes: hasDoubledQuotes)
    guard at < bytes.count else { return field }
    if bytes[at] == UInt8(ascii: "\r") {
      try checkLineEnd()
    } else if bytes[at] != delimiter, bytes[at] != UInt8(ascii: "\n") {
      throw fault("text after the closing quote", hint: "double the quotes that are part of the text", at: at)
    }
    return field
  }

  private func checkLineEnd() throws(Fault) {
    guard let next = bytes[at...].first(where: { $0 != UInt8(ascii: "\r") }), next == UInt8(ascii: "\n") else {
      throw fault(
        "a carriage return without a line feed", hint: "save the file with LF or CRLF line ends, or quote the field",
        at: at)
    }
  }

  private func fault(_ reason: String, hint: String, at offset: Int) -> Fault {
    Fault(reason: reason, hint: hint, line: currentLine, column: offset - lineStart + 1)
  }
}
