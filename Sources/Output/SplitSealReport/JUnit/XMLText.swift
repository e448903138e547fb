/// A text as it may stand between tags and in an attribute's value, in double quotes.
///
/// Line breaks and tabs are written as references, which attributes keep; characters that XML 1.0 forbids come out as
/// `\u{1b}`.
/// - Source: XML 1.0 (fifth edition), sections 2.2 (Char), 2.4 and 3.3.3.
func xmlText(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x26: escaped += "&amp;"
    case 0x3C: escaped += "&lt;"
    case 0x3E: escaped += "&gt;"
    case 0x22: escaped += "&quot;"
    case 0x27: escaped += "&apos;"
    case 0x09, 0x0A, 0x0D: escaped += "&#\(scalar.value);"
    case 0..<0x20, 0xFFFE, 0xFFFF: escaped += "\\u{\(String(scalar.value, radix: 16))}"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}
