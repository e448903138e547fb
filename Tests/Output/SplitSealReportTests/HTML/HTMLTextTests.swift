import SplitSealAudit
import Testing

@testable import SplitSealReport

/// That a text stays a text.
@Suite struct HTMLTextTests {
  private func string(_ html: HTMLText) -> String { String(decoding: html.bytes, as: UTF8.self) }

  @Test func `what is put into a literal is text, and the literal is markup`() {
    let name = "<script>alert('x')</script>"
    #expect(
      string("<p title=\"\(name)\">\(name) & \(12)</p>")
        == "<p title=\"&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\">"
        + "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; & 12</p>")
  }

  @Test(arguments: ["\"", "<", "&", "'", ">"]) func `an accent on a character that acts does not save it`(
    _ sign: String
  ) {
    // One character to Swift, two to a browser.
    let accented = sign + "\u{301}"
    #expect(accented.count == 1)
    #expect(!string(HTMLText(text: accented)).unicodeScalars.contains(sign.unicodeScalars.first ?? " ") || sign == "&")
    #expect(string(HTMLText(text: accented)).hasSuffix(";\u{301}"))
  }

  @Test func `control characters do not come out`() {
    #expect(string(HTMLText(text: "a\u{0}\u{1B}[31m\tb\nc")) == "a\u{FFFD}\u{FFFD}[31m\u{FFFD}b\nc")
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func `base64 is that of RFC 4648`(_ text: String, _ expected: String) {
    #expect(string("\(base64: Array(text.utf8))") == expected)
  }

  @Test func `an interval of the evidence has both its ends in one place`() {
    let list = EvidenceList([
      .init("shareRatio", .decimal(0.6452, digits: 4)), .init("low", .decimal(0.5, digits: 2)),
      .init("high", .decimal(0.8, digits: 2)), .init("comparedLow", .decimal(0.1, digits: 1)),
      .init("comparedHigh", .decimal(0.2, digits: 1)), .init("adjustedPValue", .text("0.0003")),
    ])
    #expect(
      string(list.html)
        == "<dl><div><dt>share ratio</dt><dd>0.6452</dd></div>"
        + "<div><dt>95 % interval</dt><dd>0.50 to 0.80</dd></div>"
        + "<div><dt>compared, 95 % interval</dt><dd>0.1 to 0.2</dd></div>"
        + "<div><dt>adjusted p-value</dt><dd>0.0003</dd></div></dl>\n")
  }
}
