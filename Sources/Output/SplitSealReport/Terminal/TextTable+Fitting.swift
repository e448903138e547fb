extension TextTable {
  /// The rows in lines no wider than `room`, as far as that is possible without cutting numbers.
  ///
  /// Words of headings go below each other, then names are shortened in the middle, then columns go below the others, each
  /// time beside the columns that say what a row is about.
  func fitted(to room: Int, _ style: TextStyle) -> [String] {
    var widths = alignments.indices.map { column in
      rows.enumerated().compactMap { index, row -> Int? in
        guard column < row.cells.count else { return nil }
        return isHeading(index) && !names.contains(column)
          ? min(Self.narrowestName, row.cells[column].split(separator: " ").map { displayWidth(String($0)) }.max() ?? 0)
          : displayWidth(row.cells[column])
      }.max() ?? 0
    }
    if wrapsLast, let last = widths.indices.last {
      let before = widths.dropLast().reduce(0) { $0 + $1 + 2 }
      widths[last] = min(widths[last], max(Self.narrowestName, room - before - 2))
    }
    // The widest name gives way first.
    var excess = widths.reduce(0) { $0 + $1 + 2 } - room
    while excess > 0, let widest = names.max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.narrowestName {
      widths[widest] -= 1
      excess -= 1
    }
    return blocks(widths, room).enumerated().flatMap { index, columns in
      (index == 0 ? [] : [""]) + rows.enumerated().flatMap { lines($1, isHeading($0), columns, widths, style) }
    }
  }

  private func isHeading(_ index: Int) -> Bool { hasHeading && index == 0 }

  /// The columns in blocks that have room beside the first ones.
  private func blocks(_ widths: [Int], _ room: Int) -> [[Int]] {
    guard widths.reduce(0, { $0 + $1 + 2 }) > room, widths.count > keyCount + blockSize else {
      return [alignments.indices.map(\.self)]
    }
    var blocks: [[Int]] = []
    var used = Int.max
    for start in stride(from: keyCount, to: widths.count, by: blockSize) {
      let columns = Array(start..<min(start + blockSize, widths.count))
      let needed = columns.reduce(0) { $0 + widths[$1] + 2 }
      if used == .max || used + needed > room {
        blocks.append(Array(0..<keyCount))
        used = widths.prefix(keyCount).reduce(0) { $0 + $1 + 2 }
      }
      blocks[blocks.count - 1] += columns
      used += needed
    }
    return blocks
  }

  /// A row in as many lines as its fullest cell needs.
  private func lines(
    _ row: Row, _ isHeading: Bool, _ columns: [Int], _ widths: [Int], _ style: TextStyle
  ) -> [String] {
    let parts = row.cells.enumerated().map { column, cell -> [String] in
      guard displayWidth(cell) > widths[column] else { return [cell] }
      if names.contains(column) { return [shortened(cell, to: widths[column])] }
      guard isHeading || wrapsLast && column == widths.count - 1 else { return [cell] }
      let lines = wrapped(cell, to: widths[column], hanging: 0)
      return isHeading ? lines.map { shortened($0, to: widths[column]) } : lines
    }
    let height = columns.compactMap { $0 < parts.count ? parts[$0].count : nil }.max() ?? 1
    return (0..<height).map { index in
      let cells = parts.map { part in
        // Headings stand on the rows below them, text hangs from its first line.
        let place = isHeading ? index - (height - part.count) : index
        return part.indices.contains(place) ? part[place] : ""
      }
      return line(Row(cells: cells, paints: row.paints), columns, widths, style)
    }
  }
}
