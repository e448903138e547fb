internal import SplitSealBase
internal import SplitSealManifest

/// Pieces of Markdown in which a text from a dataset stays a text.
///
/// Escaping with backslashes is not enough where the page is shown: services look for mentions, references and addresses in what
/// is left. In code they look for none, so that names and sentences stand in code, inline or in a block.
/// - Source: GitHub Flavored Markdown Spec 0.29, sections 4.5 (fenced code blocks), 4.10 (tables) and 6.3 (code spans).
enum MarkdownText {
  /// A name as inline code, fit for a table's cell.
  ///
  /// A backtick would end the code and a bar the cell, whatever stands before it: both are written as other characters
  /// that act are, `\u{60}` and `\u{7c}`.
  static func code(_ name: String) -> String { codeOfPrintable(printable(name)) }

  /// The same of a text that is safe to print already, which is not shortened again.
  static func codeOfPrintable(_ text: String) -> String {
    var inside = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "`": inside += "\\u{60}"
      case "|": inside += "\\u{7c}"
      default: inside.unicodeScalars.append(scalar)
      }
    }
    return inside.isEmpty ? "(empty)" : "`\(inside)`"
  }

  /// Lines as a block of code; each is safe to print already.
  ///
  /// The fence is longer than any row of backticks inside.
  static func block(_ lines: [String]) -> [String] {
    var (longest, current) = (2, 0)
    for byte in lines.joined(separator: "\n").utf8 {
      current = byte == UInt8(ascii: "`") ? current + 1 : 0
      longest = max(longest, current)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return [fence + "text"] + lines + [fence]
  }

  /// A table with a heading.
  ///
  /// - Parameters:
  ///   - heading: The titles of the columns; those that end in `#` are numbers, and stand at the right.
  ///   - rows: The cells, Markdown each.
  /// - Returns: The lines.
  static func table(_ heading: [String], _ rows: [[String]]) -> [String] {
    let titles = heading.map { $0.hasSuffix("#") ? String($0.dropLast()) : $0 }
    let rule = heading.map { $0.hasSuffix("#") ? "---:" : "---" }
    return ([titles, rule] + rows).map { "| \($0.joined(separator: " | ")) |" }
  }
}
