/// A table with its caption and headings, which scrolls by itself where it is wider than the page.
struct HTMLTable {
  private let caption: HTMLText
  private let columns: [(title: HTMLText, isNumber: Bool)]
  private var rows: [[HTMLText]] = []

  /// Makes a table.
  ///
  /// - Parameters:
  ///   - caption: What it shows.
  ///   - columns: The titles; those that end in `#` are numbers, and stand at the right.
  init(_ caption: String, _ columns: [String]) {
    self.caption = HTMLText(text: caption)
    self.columns = columns.map { title in
      title.hasSuffix("#") ? (HTMLText(text: String(title.dropLast())), true) : (HTMLText(text: title), false)
    }
  }

  var isEmpty: Bool { rows.isEmpty }

  /// Adds a row of texts; the first of them says what the row is about.
  mutating func add(_ cells: [String]) { rows.append(cells.map { HTMLText(text: $0) }) }

  /// Adds a row of markup.
  mutating func add(html cells: [HTMLText]) { rows.append(cells) }

  var html: HTMLText {
    var html: HTMLText = """
      <div class="scroll" role="region" tabindex="0" aria-label="\(caption)"><table><caption>\(caption)</caption>
      <thead><tr>
      """
    for column in columns {
      html +=
        column.isNumber
        ? "<th scope=\"col\" class=\"n\">\(column.title)</th>" : "<th scope=\"col\">\(column.title)</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for row in rows {
      html += "<tr>"
      for (index, cell) in row.enumerated() {
        if index == 0 {
          html += "<th scope=\"row\">\(cell)</th>"
        } else {
          html += index < columns.count && columns[index].isNumber ? "<td class=\"n\">\(cell)</td>" : "<td>\(cell)</td>"
        }
      }
      html += "</tr>\n"
    }
    html += "</tbody></table></div>\n"
    return html
  }
}
