@testable import SplitSealKeys
import Testing

@testable import SplitSealCertificate

@Suite struct Base64Tests {
  // RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func `the RFC's examples encode and decode`(text: String, encoded: String) {
    #expect(Base64.encode(text.utf8) == encoded)
    #expect(Base64.decode(encoded) == Array(text.utf8))
  }

  @Test func `both alphabets are read, the standard one is written`() {
    #expect(Base64.encode([0xFB, 0xFF]) == "+/8=")
    #expect(Base64.decode("+/8=") == [0xFB, 0xFF])
    #expect(Base64.decode("-_8=") == [0xFB, 0xFF])
  }

  @Test(arguments: [
    "Zg", "Zg=", "Zg===", "Zg==Zg==", "=", "====", "Z===", "A===", "Zm9vA===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v",
    "Zm9v====", "+_8=",
    "Zm.v", "Zm9vé==", "\u{212A}m9v", "Zm9v\0", "-_9=", "Zm9v\r\n",
  ])
  func `a second form of the same bytes is refused`(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  /// Whatever decodes has to be the one text of its bytes.
  @Test func `every text of up to four characters that decodes is what encoding gives`() {
    let characters = Array("AQgwZ09+/-_= \n".unicodeScalars).map(String.init)
    var (texts, taken) = ([""], 0)
    for _ in 0..<4 {
      texts = texts.flatMap { text in characters.map { text + $0 } }
      for text in texts {
        guard let bytes = Base64.decode(text) else { continue }
        taken += 1
        #expect(Base64.encode(bytes) == text.replacing("-", with: "+").replacing("_", with: "/"))
      }
    }
    // Seven letters and digits are in both alphabets: each four of them are a text.
    #expect(taken > 7 * 7 * 7 * 7)
  }
}
