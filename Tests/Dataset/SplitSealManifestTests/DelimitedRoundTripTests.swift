import SplitSealManifest
import SplitSealTestSupport
import Testing

/// What an independent writer puts into a CSV or TSV comes out again.
@Suite struct DelimitedRoundTripTests {
  @Test(arguments: ["csv", "tsv"], [UInt64(1), 2, 3])
  func `random fields survive writing and reading`(format: String, seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: seed)
    let separator: Character = format == "csv" ? "," : "\t"
    var expected: [NamedSample] = []
    var text = ""
    var line = 1
    func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
    let lineEnd = seed % 2 == 0 ? "\n" : "\r\n"
    func write(_ fields: [String], quoteAll: Bool) {
      text += fields.map { field in
        let needsQuotes = field.unicodeScalars.contains { "\"\r\n,\t".unicodeScalars.contains($0) }
        guard quoteAll || needsQuotes else { return field }
        // By scalars: a quote before a combining mark is no Character of its own.
        let doubled = field.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
        return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
      }.joined(separator: String(separator))
      text += lineEnd
      line += 1 + fields.reduce(0) { $0 + $1.utf8.count { $0 == UInt8(ascii: "\n") } }
    }
    write(["label", "note", "path", "split", "group"], quoteAll: false)
    for index in 0..<400 {
      let fields = [
        random.text(), random.text(), "folder \(index % 7)/é \"\(index)\", b.jpg", ["train", "val", "test"][index % 3],
        random.text(),
      ]
      expected.append(
        NamedSample(
          path: fields[2], split: fields[3], label: isBlank(fields[0]) ? nil : fields[0],
          group: isBlank(fields[4]) ? nil : fields[4], line: line))
      write(fields, quoteAll: Bool.random(using: &random))
    }
    let manifest = try Manifest.read([try folder.write("a.\(format)", text)])
    #expect(manifest.samples.count == expected.count)
    for (found, wanted) in zip(manifest.named, expected) {
      #expect(found == wanted)
      #expect(found.label.map { Array($0.utf8) } == wanted.label.map { Array($0.utf8) })
    }
  }
}

extension SplitMix64 {
  /// A short text of what is hard to write: separators, quotes, line ends, other scripts, combining marks.
  mutating func text() -> String {
    let alphabet = Array("ab, \t\"\"\r\n\r\n;é😀\u{301}\u{FEFF}字'\\/|".unicodeScalars)
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<9, using: &self) {
      scalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &self)])
    }
    return String(scalars)
  }
}
