/// Columns of plain text.
struct TextTable {
  /// Where the text of a column stands.
  enum Alignment {
    case left, right
  }

  /// A cell wider than this stands out of its column and does not widen it: one long path must not move every row.
  private static let widestColumn = 48

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// Makes a table with a column for each alignment.
  init(_ alignments: [Alignment]) { self.alignments = alignments }

  /// Adds a row; missing cells are empty.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// The rows, two spaces in front and between columns, nothing trailing.
  var lines: [String] {
    let widths = alignments.indices.map { column in
      rows.compactMap { column < $0.count ? $0[column].count : nil }.filter { $0 <= Self.widestColumn }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
        line += "  " + (alignments[column] == .right ? padding + cell : cell + padding)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
