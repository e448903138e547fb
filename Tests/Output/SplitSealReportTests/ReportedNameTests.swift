import SplitSealJSON
import SplitSealReport
import Testing

@Suite struct ReportedNameTests {
  private let dataset = ReportedDataset.hostileNames

  /// Everything that a terminal takes for an order or for a direction; written out, so as not to ask the code under test.
  private func acts(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.value < 0x20 && scalar != "\n") || (0x7F...0x9F).contains(scalar.value) || scalar == "\u{200F}"
  }

  @Test func `no name acts on the terminal that shows the text`() {
    let text = TextReport(dataset.result, context: ReportedDataset.context).text
    #expect(!text.unicodeScalars.contains(where: acts))
    for escaped in ["red\\u{1b}[31m.png", "two\\u{a}lines.png", "\\u{200f}gnp.exe.png", "out\\u{1b}[2J"] {
      #expect(text.contains(escaped))
    }
  }

  @Test func `colours are the only orders in coloured text`() {
    let coloured = TextReport(dataset.result, context: ReportedDataset.context, style: TextStyle(isColored: true)).text
    let plain = TextReport(dataset.result, context: ReportedDataset.context).text
    #expect(coloured.contains("\u{1B}[1;31mFAIL\u{1B}[0m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  @Test func `JSON gives every name back byte by byte`() throws {
    let report = try JSONParser.parse(Array(JSONReport(dataset.result, context: ReportedDataset.context).text.utf8))
    let found = strings(in: report).map { Array($0.utf8) }
    for name in [
      "train/red\u{1B}[31m.png", "train/two\nlines.png", "test/say\"hi\",now.png", "test/\u{200F}gnp.exe.png",
      "test/\u{1B}]0;title\u{07}.png", "\"dog\",\u{200F}b", "out\u{1B}[2J",
    ] {
      #expect(found.contains(Array(name.utf8)), "\(name.debugDescription) is not in the report")
    }
  }

  @Test func `fingerprints stay one to a line`() throws {
    var lines: [String] = []
    FingerprintList(dataset.result).forEachLine { lines.append($0) }
    #expect(lines.count == 6)
    for line in lines {
      #expect(line.utf8.filter { $0 == 0x0A }.count == 1 && line.utf8.last == 0x0A)
      _ = try JSONParser.parse(Array(line.utf8.dropLast()))
    }
  }

  /// - Source: RFC 4180, section 2, rules 5 to 7.
  @Test func `CSV quotes commas, quotes and line breaks, and nothing else`() {
    let text = PairList(dataset.result).text
    #expect(text.contains(",test,\"test/say\"\"hi\"\",now.png\",1.0000,"))
    #expect(text.contains(",train,\"train/two\nlines.png\",test,test/\u{200F}gnp.exe.png,1.0000,"))
    #expect(text.contains(",train,train/red\u{1B}[31m.png,test,"))
  }

  private func strings(in value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let elements): elements.flatMap { strings(in: $0) }
    case .object(let members): members.flatMap { strings(in: $0.value) }
    default: []
    }
  }
}
