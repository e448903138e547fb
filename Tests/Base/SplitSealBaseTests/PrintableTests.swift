import Testing

@testable import SplitSealBase

/// Nothing that a dataset names can act on the terminal that shows it.
@Suite struct PrintableTests {
  @Test(arguments: [
    ("", ""), ("train/a b.jpg", "train/a b.jpg"), ("é 字 😀 ñ", "é 字 😀 ñ"), ("back\\slash", "back\\slash"),
    ("\u{1B}[31mred\u{1B}[0m", "\\u{1b}[31mred\\u{1b}[0m"), ("a\r\nb\tc\0", "a\\u{d}\\u{a}b\\u{9}c\\u{0}"),
    ("\u{7F}\u{80}\u{9B}2J", "\\u{7f}\\u{80}\\u{9b}2J"), ("gpj.\u{202E}txt", "gpj.\\u{202e}txt"),
    ("\u{2066}a\u{2069}\u{200E}\u{200F}\u{61C}", "\\u{2066}a\\u{2069}\\u{200e}\\u{200f}\\u{61c}"),
    ("a\u{200B}b\u{FEFF}c\u{2028}d\u{AD}", "a\\u{200b}b\\u{feff}c\\u{2028}d\\u{ad}"),
    ("\u{E0041}\u{E000}\u{FFFF}", "\\u{e0041}\\u{e000}\\u{ffff}"), ("\u{FFFD}", "\u{FFFD}"),
  ])
  func `what cannot be seen is spelled out`(text: String, expected: String) {
    #expect(Array(printable(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test func `a long text keeps its beginning and its end`() {
    let text = String(repeating: "a", count: 5000) + ".jpg"
    #expect(printable(text) == String(repeating: "a", count: 120) + "…" + String(repeating: "a", count: 75) + ".jpg")
    #expect(printable(String(repeating: "b", count: 200)) == String(repeating: "b", count: 200))
    #expect(printable(String(repeating: "b", count: 201)).unicodeScalars.count == 200)
    #expect(printable(String(repeating: "é", count: 200)) == String(repeating: "é", count: 200))
  }

  @Test func `a million combining marks on one letter are a long text`() {
    #expect(printable("a" + String(repeating: "\u{301}", count: 1_000_000)).unicodeScalars.count == 200)
  }
}
