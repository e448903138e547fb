@testable import SplitSealKeys
import SplitSealBase
import SplitSealFingerprint
import Testing

@testable import SplitSealCertificate

@Suite struct RecordParsingTests {
  private static let zero = String(repeating: "0", count: 64)

  private static func line(
    path: String, split: String = "train", sha256: String = zero, size: String = "1", before: String = "",
    after: String = ""
  ) -> String {
    #"{\#(before)"path":"\#(path)","sha256":"\#(sha256)","size":\#(size),"split":"\#(split)"\#(after)}"# + "\n"
  }

  private func error(_ text: String) -> CertificateError? {
    #expect(throws: CertificateError.self) { try RecordSet(parsing: Array(text.utf8)) }
  }

  @Test func `what is written is read again, byte by byte`() throws {
    let set = try Fixture().records
    #expect(try RecordSet(parsing: set.serialized) == set)
  }

  private static let malformed: [(text: String, why: String)] = [
    (line(path: "a") + "\n", "an empty line"),
    ("\u{FEFF}" + line(path: "a"), "a byte order mark"),
    (line(path: "a").replacing("\n", with: "\r\n"), "CRLF"),
    (" " + line(path: "a"), "a space before"),
    (line(path: "a").replacing(",", with: ", "), "spaces within"),
    (String(line(path: "a").dropLast()), "no last line feed"),
    (line(path: "\\u0061"), "an escape that is not needed"),
    (line(path: "a\\/b"), "an escaped slash"),
    (line(path: "a", size: "1.0"), "a fraction"),
    (line(path: "a", size: "1e0"), "an exponent"),
    (line(path: "a", size: "-1"), "a negative size"),
    (line(path: "a", size: "9007199254740992"), "a size that doubles cannot hold"),
    (line(path: "a", size: "\"1\""), "a size that is text"),
    (line(path: "a", sha256: zero.replacing("0", with: "A")), "upper-case digits"),
    (line(path: "a", sha256: String(zero.dropLast())), "a short digest"),
    (line(path: "a", before: #""label":null,"#), "null"),
    (line(path: "a", before: #""label":["x"],"#), "several labels"),
    (line(path: "a", before: #""extra":"x","#), "an unknown member"),
    (line(path: "a", after: #","split":"train""#), "a key twice"),
    (#"{"sha256":"\#(zero)","path":"a","size":1,"split":"train"}"# + "\n", "members out of order"),
    (#"{"path":"a","size":1,"split":"train"}"# + "\n", "no digest"),
    ("[]\n", "no object"), ("null\n", "no object"), ("{}\n", "no members"), ("", "no records"),
    (line(path: "a", split: ""), "a split without a name"),
    (line(path: "../a"), "a path that leaves"),
    (line(path: "/a"), "an absolute path"),
    (line(path: "e\u{301}"), "a path that is not composed"),
    (line(path: "b") + line(path: "a"), "paths out of order"),
    (line(path: "a", split: "b") + line(path: "a", split: "a"), "splits out of order"),
    (line(path: "a") + line(path: "a"), "a place twice"),
    (line(path: "A") + line(path: "a"), "paths that collide"),
    (line(path: "A", split: "test") + line(path: "a"), "paths that collide across splits"),
  ]

  @Test(arguments: malformed)
  func `anything but the one form is refused`(text: String, why: String) {
    #expect(error(text)?.code == .badRecords, "\(why)")
  }

  @Test func `invalid UTF-8 and lone surrogates are refused`() {
    let bad = Array(Self.line(path: "a").utf8).map { $0 == UInt8(ascii: "a") ? 0xFF : $0 }
    #expect(throws: CertificateError.self) { try RecordSet(parsing: bad) }
    #expect(error(Self.line(path: "\\ud800"))?.code == .badRecords)
  }

  @Test func `the fault's line is named`() {
    #expect(error(Self.line(path: "a") + Self.line(path: "b") + "x\n")?.line == 3)
    #expect(
      error(Self.line(path: "a") + Self.line(path: "B", split: "u") + Self.line(path: "b", split: "v"))?.line == 3)
  }

  @Test func `a line of more than 64 KiB and a record too many are refused`() throws {
    let long = Self.line(path: "a", before: #""label":"\#(String(repeating: "x", count: 70_000))","#)
    #expect(error(long)?.message.contains("longer than 65536 bytes") == true)
    var limits = RecordLimits()
    limits.maximumCount = 1
    let one = Array(Self.line(path: "a").utf8)
    #expect(try RecordSet(parsing: one, limits: limits).records.count == 1)
    #expect(throws: CertificateError.self) {
      try RecordSet(parsing: one + Array(Self.line(path: "b").utf8), limits: limits)
    }
  }

  @Test func `every prefix and every changed byte is refused or gives other records`() throws {
    let set = try Fixture().records
    let bytes = set.serialized
    for length in 0..<bytes.count where length == 0 || bytes[length - 1] != UInt8(ascii: "\n") {
      #expect(throws: CertificateError.self) { try RecordSet(parsing: Array(bytes.prefix(length))) }
    }
    for index in bytes.indices {
      for mask: UInt8 in [1, 0x20, 0x80] {
        var changed = bytes
        changed[index] ^= mask
        guard let other = try? RecordSet(parsing: changed) else { continue }
        #expect(other != set, "byte \(index) changed and nothing else did")
        #expect(other.serialized == changed)
      }
    }
  }
}
