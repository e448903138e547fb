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
    "Zg", "Zg=", "Zg===", "Zg==Zg==", "=", "====", "Z===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm9v====", "+_8=",
    "Zm.v", "Zm9vé==",
  ])
  func `a second form of the same bytes is refused`(text: String) {
    #expect(Base64.decode(text) == nil)
  }
}
