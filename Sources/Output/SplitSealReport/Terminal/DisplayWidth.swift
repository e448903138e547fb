/// How many cells of a terminal a text takes: two for wide characters, none for marks on others and for colours.
///
/// - Complexity: O(*n*) for a text of *n* bytes.
package func displayWidth(_ text: String) -> Int {
  if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
  var width = 0
  var scalars = text.unicodeScalars[...]
  while let scalar = scalars.popFirst() {
    if scalar == "\u{1B}" {
      // ESC [ ... m, the only sequence in a report.
      while let next = scalars.popFirst(), next != "m" {}
    } else {
      width += cells(scalar)
    }
  }
  return width
}

private func cells(_ scalar: Unicode.Scalar) -> Int {
  guard scalar.value >= 0x300 else { return 1 }
  if CharacterWidths.contains(scalar, in: CharacterWidths.zero) { return 0 }
  return CharacterWidths.contains(scalar, in: CharacterWidths.wide) ? 2 : 1
}

/// A printable text without colours in at most `width` cells: its middle goes, and more of its end stays than of its
/// beginning, as names in one column differ at their ends.
package func shortened(_ text: String, to width: Int) -> String {
  guard displayWidth(text) > width else { return text }
  guard width > 1 else { return width == 1 ? "…" : "" }
  let scalars = Array(text.unicodeScalars)
  let tailRoom = (width - 1) * 2 / 3
  var start = scalars.count
  var used = 0
  while start > 0, used + cells(scalars[start - 1]) <= tailRoom {
    start -= 1
    used += cells(scalars[start])
  }
  // A mark needs the character that it stands on.
  while start < scalars.count, cells(scalars[start]) == 0 { start += 1 }
  var end = 0
  while end < start, used + cells(scalars[end]) <= width - 1 {
    used += cells(scalars[end])
    end += 1
  }
  var short = String.UnicodeScalarView(scalars[..<end])
  short.append("…")
  short.append(contentsOf: scalars[start...])
  return String(short)
}

/// A line in as many lines as `width` asks for, broken between words; what follows is indented by `hanging` more.
///
/// A word that is longer stays whole.
package func wrapped(_ line: String, to width: Int, hanging: Int = 4) -> [String] {
  guard displayWidth(line) > width else { return [line] }
  let indent = String(repeating: " ", count: line.prefix { $0 == " " }.count)
  let hang = indent + String(repeating: " ", count: hanging)
  var lines: [String] = []
  var current = indent
  var used = indent.count
  var isEmpty = true
  // Spaces in a row stay, where a line goes on.
  var gap = 0
  for word in line.dropFirst(indent.count).split(separator: " ", omittingEmptySubsequences: false) {
    guard !word.isEmpty else {
      gap += 1
      continue
    }
    let cells = displayWidth(String(word))
    let spaces = isEmpty ? 0 : gap + 1
    if !isEmpty, used + spaces + cells > width {
      lines.append(current)
      (current, used) = (hang + word, hang.count + cells)
    } else {
      current += String(repeating: " ", count: spaces) + word
      used += spaces + cells
    }
    (gap, isEmpty) = (0, false)
  }
  return lines + [current]
}
