import SplitSealReport
import Testing

/// How many cells texts take, and texts made to fit.
@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("plain", 5), ("caf\u{E9}", 4), ("cafe\u{301}", 4), ("\u{732B}", 2), ("\u{D55C}\u{AE00}", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{FF21}", 2), ("\u{FF71}", 1), ("\u{1F600}", 2), ("\u{2705}", 2),
    ("\u{5D0}\u{5B8}", 1), ("\u{1B}[1;31mFAIL\u{1B}[0m", 4), ("\u{2026}", 1), ("\u{20000}", 2),
  ])
  func `characters take the cells that Unicode gives them`(text: String, cells: Int) {
    #expect(displayWidth(text) == cells)
  }

  @Test func `the middle goes, and the end stays that tells names apart`() {
    #expect(shortened("images/train/cat/0001.png", to: 25) == "images/train/cat/0001.png")
    // Two thirds of 15 cells are the end's.
    #expect(shortened("images/train/cat/0001.png", to: 16) == "image…t/0001.png")
    #expect(shortened("abc", to: 2) == "a…" || shortened("abc", to: 2) == "…c")
    #expect(shortened("abc", to: 1) == "…")
    #expect(shortened("abc", to: 0) == "")
  }

  @Test(arguments: 1...30) func `a shortened text never takes more room, nor does a mark lose its letter`(room: Int) {
    for text in [
      String(repeating: "\u{732B}", count: 20), String(repeating: "e\u{301}", count: 40),
      "\u{1F600}a\u{732B}b" + String(repeating: "\u{301}", count: 9) + "\u{1F600}\u{1F600}\u{1F600}\u{1F600}zz",
    ] {
      let short = shortened(text, to: room)
      #expect(displayWidth(short) <= room)
      #expect(!short.unicodeScalars.elementsEqual("\u{301}".unicodeScalars))
      if let place = short.unicodeScalars.firstIndex(of: "…") {
        let after = short.unicodeScalars.index(after: place)
        #expect(after == short.unicodeScalars.endIndex || short.unicodeScalars[after] != "\u{301}")
      }
    }
  }

  @Test func `lines are broken between words and what follows is indented`() {
    #expect(wrapped("  a few words here", to: 12) == ["  a few", "      words", "      here"])
    #expect(wrapped("  fits", to: 6) == ["  fits"])
    #expect(wrapped("two  spaces", to: 10, hanging: 0) == ["two", "spaces"])
    #expect(wrapped("a  b cccccccc", to: 8, hanging: 0) == ["a  b", "cccccccc"])
    #expect(wrapped("longerthanaline x", to: 5, hanging: 2) == ["longerthanaline", "  x"])
    #expect(wrapped("\u{1B}[1mfour\u{1B}[0m five", to: 9) == ["\u{1B}[1mfour\u{1B}[0m five"])
  }
}
