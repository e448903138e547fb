/// Columns of plain text.
struct TextTable {
  /// Where the text of a column stands.
  enum Alignment {
    case left, right
  }

  struct Row {
    let cells: [String]
    let paints: [TextStyle.Paint?]
  }

  /// A cell wider than this stands out of its column and does not widen it where lines may be as long as they are: one long
  /// path must not move every row.
  private static let widestColumn = 48
  /// Columns of names are not made narrower than this.
  static let narrowestName = 16

  let alignments: [Alignment]
  /// The columns of names, which may be shortened.
  let names: [Int]
  /// Columns at the left that say what a row is about.
  let keyCount: Int
  /// Columns behind those that stay together when there is no room for all of them beside each other.
  let blockSize: Int
  /// Whether the last column is text that may go on below itself.
  let wrapsLast: Bool
  /// Whether the first row is a heading, of which a word may stand below the other.
  let hasHeading: Bool
  var rows: [Row] = []

  /// Makes a table with a column for each alignment.
  init(
    _ alignments: [Alignment], names: [Int] = [], keyCount: Int = 1, blockSize: Int = 1, wrapsLast: Bool = false,
    hasHeading: Bool = true
  ) {
    self.alignments = alignments
    self.names = names
    self.keyCount = keyCount
    self.blockSize = blockSize
    self.wrapsLast = wrapsLast
    self.hasHeading = hasHeading
  }

  /// Adds a row; missing cells are empty, missing colours none.
  mutating func add(_ cells: [String], _ paints: [TextStyle.Paint?] = []) {
    rows.append(Row(cells: cells, paints: paints))
  }

  /// The widths of the columns at which nothing is cut, without the space between them.
  var naturalWidths: [Int] {
    alignments.indices.map { column in
      rows.compactMap { column < $0.cells.count ? displayWidth($0.cells[column]) : nil }.max() ?? 0
    }
  }

  /// The rows, two spaces in front and between columns, nothing trailing; as wide as they need or as the style has room.
  func lines(_ style: TextStyle = .plain) -> [String] {
    let natural = naturalWidths
    guard let room = style.width, natural.reduce(0, { $0 + $1 + 2 }) > room else {
      let limit = style.width == nil ? Self.widestColumn : .max
      let widths = alignments.indices.map { column in
        rows.compactMap { column < $0.cells.count ? displayWidth($0.cells[column]) : nil }.filter { $0 <= limit }.max()
          ?? 0
      }
      return rows.map { line($0, alignments.indices.map(\.self), widths, style) }
    }
    return fitted(to: room, style)
  }

  /// One line of a row.
  func line(_ row: Row, _ columns: [Int], _ widths: [Int], _ style: TextStyle) -> String {
    var line = ""
    var trailing = 0
    for column in columns where column < row.cells.count {
      let cell = row.cells[column]
      let padding = max(0, widths[column] - displayWidth(cell))
      let paint = column < row.paints.count ? row.paints[column] : nil
      let isRight = alignments[column] == .right
      let before = 2 + trailing + (isRight ? padding : 0)
      if !cell.isEmpty {
        line += String(repeating: " ", count: before) + style.painted(cell, paint)
        trailing = isRight ? 0 : padding
      } else {
        trailing = before + (isRight ? 0 : padding)
      }
    }
    return line
  }
}
