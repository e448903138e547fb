import Foundation
import Testing

/// Every fault of an image: a finding with its kind and reason, and the run goes on.
@Suite struct ImageFaultTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let kind: String
    let reason: String
    let bytes: [UInt8]

    init(_ kind: String, _ reason: String, _ bytes: [UInt8]) {
      self.kind = kind
      self.reason = reason
      self.bytes = bytes
    }

    var testDescription: String { reason }
  }

  private static let zeros = [UInt8](repeating: 0, count: 40)
  private static let photo = Picture(seed: 3).jpeg
  private static let drawing = Picture(seed: 3).png

  /// A PNG whose last check sum before IEND is off by a bit.
  private static var miscounted: [UInt8] {
    var bytes = drawing
    bytes[bytes.count - 13] ^= 1
    return bytes
  }

  /// The first bytes of formats as their specifications give them.
  static let cases = [
    Case("empty", "the file is empty", []),
    Case("not-an-image", "not an image: the first bytes are those of no known format", Array("hello\n".utf8)),
    Case("truncated", "truncated: premature end of JPEG file", Array(photo.dropLast(100))),
    Case("truncated", "truncated: premature end of PNG file", Array(drawing.dropLast(100))),
    Case("corrupt", "corrupt: IDAT: CRC error", miscounted),
    Case("unsupported", "WEBP is not supported", Array("RIFF\u{24}\0\0\0WEBPVP8 ".utf8) + zeros),
    Case("unsupported", "GIF is not supported", Array("GIF89a".utf8) + zeros),
    Case("unsupported", "TIFF is not supported", Array("II*\0\u{8}\0\0\0".utf8) + zeros),
    Case("unsupported", "BMP is not supported", Array("BM".utf8) + zeros[..<12] + [40, 0, 0, 0] + zeros),
    Case("unsupported", "HEIC is not supported", [0, 0, 0, 24] + Array("ftypheic\0\0\0\0heicmif1".utf8) + zeros),
    Case("unsupported", "AVIF is not supported", [0, 0, 0, 24] + Array("ftypavif\0\0\0\0avifmif1".utf8) + zeros),
  ]

  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeCleanDataset()
  }

  /// Scans the clean dataset with `images/bad` in its test split.
  private func scan(_ flags: String...) throws -> (status: Int32, faults: [[String]]) {
    try bench.write("bad.csv", try bench.text("clean.csv") + "images/bad,test\n")
    let outcome = try bench.run(["scan", "bad.csv", "--json", "-"] + flags)
    #expect(outcome.errors == "")
    let report = try outcome.document()
    let findings = try #require(report["findings"] as? [[String: Any]])
    let faults = findings.filter { $0["rule"] as? String == "unreadable-image" }.map { finding in
      let evidence = finding["evidence"] as? [String: Any]
      let samples = finding["samples"] as? [[String: Any]]
      return [samples?.first?["path"], evidence?["fault"], evidence?["reason"]].map { $0 as? String ?? "" }
    }
    return (outcome.status, faults)
  }

  @Test(arguments: cases) func `a file that is no picture is a finding and the run goes on`(fault: Case) throws {
    try bench.write("images/bad", fault.bytes)
    let (status, faults) = try scan()
    #expect(status == 3)
    #expect(faults == [["images/bad", fault.kind, fault.reason]])
    let text = try bench.run("scan", "bad.csv", "-v")
    #expect(text.output.contains("images/bad: could not be read: \(fault.reason)"))
    #expect(try bench.run("scan", "bad.csv", "--allow-unreadable", "0.34").status == 0)
  }

  @Test func `an image that is not there is a finding`() throws {
    #expect(try scan().faults == [["images/bad", "missing", "no such file"]])
  }

  @Test func `a folder in place of an image is a finding`() throws {
    try bench.makeFolder("images/bad")
    #expect(try scan().faults == [["images/bad", "not-a-file", "not a regular file"]])
  }

  @Test func `a pipe in place of an image is a finding and does not hang`() throws {
    try bench.makePipe("images/bad")
    #expect(try scan().faults == [["images/bad", "not-a-file", "not a regular file"]])
  }

  @Test(.enabled(if: getuid() != 0, "root may read everything"))
  func `an image that may not be read is a finding`() throws {
    try bench.write("images/bad", Picture(seed: 7).png)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: bench.path("images/bad"))
    #expect(try scan().faults == [["images/bad", "unreadable", "permission denied"]])
  }

  @Test func `a link inside the dataset is followed`() throws {
    try bench.link("images/bad", to: "0.png")
    let (status, faults) = try scan()
    #expect(status == 1)
    #expect(faults == [])
  }

  @Test func `an image over a limit is a finding that names the flag`() throws {
    try bench.write("images/bad", Picture(seed: 7).png)
    let pixels = try scan("--max-pixels", "4095").faults
    #expect(pixels.count == 5)
    #expect(
      pixels.last == [
        "images/bad", "too-many-pixels", "64 x 64 pixels are more than the limit of 4095 (--max-pixels)",
      ])
    #expect(try scan("--max-pixels", "4096").faults == [])
    try bench.write("images/bad", [UInt8](repeating: 0, count: 100_000))
    #expect(
      try scan("--max-bytes", "99999").faults == [
        ["images/bad", "too-many-bytes", "100000 bytes are more than the limit of 99999 (--max-bytes)"]
      ])
  }
}
