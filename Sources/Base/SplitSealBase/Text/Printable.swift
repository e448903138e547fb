/// Text from a dataset as it may stand in a message: nothing in it can move a cursor, colour a terminal, turn the
/// reading direction or fill the screen.
///
/// Control, direction and invisible characters come out as `\u{1b}`; a text of more than 200 characters keeps its
/// first 120 and its last 79 around a `…`. The list of characters is written out here and not taken from Unicode's
/// categories, because those change with the version of the standard library and reports are to be the same everywhere.
///
/// - Complexity: O(*n*) for a text of *n* bytes; plain ASCII of ordinary length comes back as it is.
package func printable(_ text: String) -> String {
  if text.utf8.count <= 200, text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
  let scalars = text.unicodeScalars
  guard scalars.count > 200 else { return escaped(scalars) }
  return escaped(scalars.prefix(120)) + "…" + escaped(scalars.suffix(79))
}

private func escaped(_ scalars: some Sequence<Unicode.Scalar>) -> String {
  var text = ""
  for scalar in scalars {
    if isHidden(scalar) {
      text += "\\u{\(String(scalar.value, radix: 16))}"
    } else {
      text.unicodeScalars.append(scalar)
    }
  }
  return text
}

private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00...0x1F, 0x7F...0x9F: true  // C0, DEL, C1
  case 0xAD, 0x34F, 0x61C, 0x180E, 0x115F, 0x1160, 0x3164, 0xFFA0: true  // soft hyphen, joiner, fillers
  case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true  // zero width, separators, direction
  case 0xFFF0...0xFFFB, 0xFFFE, 0xFFFF, 0x1D173...0x1D17A, 0xE0000...0xE0FFF: true  // specials, tags
  case 0xE000...0xF8FF, 0xF0000...0x10FFFF: true  // private use
  default: false
  }
}
