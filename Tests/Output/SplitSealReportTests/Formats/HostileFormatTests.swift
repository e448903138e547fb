import SplitSealAudit
import SplitSealJSON
import SplitSealReport
import Testing

/// Names from a dataset stay names in every format.
@Suite struct HostileFormatTests {
  static let datasets = [ReportedDataset.hostileNames, .markup]

  private func document(_ dataset: ReportedDataset, _ format: ReportFormat) -> String {
    format.document(of: dataset.result, context: dataset.reportContext, folder: "data")
  }

  @Test(arguments: datasets, [ReportFormat.markdown, .github, .sarif, .junit])
  func `nothing acts on a terminal or turns the reading direction`(_ dataset: ReportedDataset, _ format: ReportFormat) {
    let acting = document(dataset, format).unicodeScalars.first { scalar in
      (scalar.value < 0x20 && scalar != "\n") || (0x7F...0x9F).contains(scalar.value) || scalar == "\u{200F}"
    }
    #expect(acting == nil)
  }

  /// What is left of Markdown when code is taken out; names are in code alone.
  private func outsideOfCode(_ markdown: String) -> [String] {
    var lines: [String] = []
    var fence: Substring?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if let open = fence {
        if line == open { fence = nil }
      } else if line.hasPrefix("```") {
        fence = line.prefix { $0 == "`" }
      } else {
        lines.append(String(line.replacing(/`[^`]*`/, with: "CODE")))
      }
    }
    return lines
  }

  @Test(arguments: datasets) func `Markdown holds names in code alone`(_ dataset: ReportedDataset) {
    let lines = outsideOfCode(document(dataset, .markdown))
    for line in lines {
      #expect(!line.contains(/[@\\`\[\]{}$&]|http|www|octocat|script|<[a-z!\/]/), "\(line)")
    }
    // Every row of a table has as many cells as its heading.
    var bars = 0
    for line in lines {
      let count = line.count { $0 == "|" }
      #expect(!line.hasPrefix("|") || bars == 0 || count == bars, "\(line)")
      bars = line.hasPrefix("|") ? count : 0
    }
  }

  @Test func `Markdown shows the names`() {
    let text = document(.markup, .markdown)
    for name in [
      "`train/<script>alert(1)</script>.png`", "`train/@octocat.png`", "`train/[x](http://example.org/a).png`",
      #"`train/tick\u{60}<img/src=x>\u{60}.png`"#, #"`train/bar\u{7c}\\u{7c}<b>.png`"#,
    ] {
      #expect(text.contains(name), "\(name)")
    }
    #expect(!text.contains(String(repeating: "y", count: 200)))
  }

  @Test func `a long report stays short enough for an issue, and says what it left out`() {
    // Names of the most bytes that are shown whole.
    let name = String(repeating: "\u{6F22}", count: 190)
    let lines = (0..<14).flatMap { split in (0..<14).map { "\(name)\(split)/\(name)\($0) picture\($0)" } }
    let result = ReportedDataset.audited(lines)
    let text = ReportFormat.markdown.document(of: result, context: ReportedDataset.context)
    #expect(text.utf8.count <= 60_500)
    #expect(text.contains("\nToo long for an issue, and left out: "))
    #expect(text.contains("\n### Leaks between splits\n"))
    #expect(text.hasSuffix("near-duplicates: as the test says\n```\n"))
  }

  @Test(arguments: datasets) func `every line of the annotations is one order, and no name ends one`(
    _ dataset: ReportedDataset
  ) {
    for line in document(dataset, .github).split(separator: "\n") {
      #expect(line.contains(/^::(error|warning|notice) ([a-z]+=[^,:]*,)*title=[^,:]*::/), "\(line)")
      let file = line.firstMatch(of: /file=([^,:]*)/)?.1
      #expect(file?.contains(/%(?!25|0D|0A|3A|2C)/) != true)
    }
  }

  /// - Source: GitHub's actions/toolkit, `escapeData` and `escapeProperty`: `%`, CR and LF; `:` and `,` in properties.
  @Test func `a percent sign in a path is not taken for an escape`() {
    let text = document(.markup, .github)
    #expect(text.contains("test/%250A::error::no.png"))
    #expect(!text.contains("\n::error::no"))
  }

  @Test func `SARIF gives paths as percent-encoded URIs, whole`() throws {
    let value = try JSONParser.parse(Array(document(.markup, .sarif).utf8))
    let uris = strings(under: "uri", in: value)
    // Python: urllib.parse.quote(path, safe="/-._~")
    for uri in [
      "data/train/%3Cscript%3Ealert%281%29%3C/script%3E.png", "data/train/%40octocat.png",
      "data/train/%5Bx%5D%28http%3A//example.org/a%29.png", "data/train/bar%7C%5C%7C%3Cb%3E.png",
      "data/test/%250A%3A%3Aerror%3A%3Ano.png", "data/test/" + String(repeating: "y", count: 4000),
    ] {
      #expect(uris.contains(uri), "\(uri.prefix(80))")
    }
  }

  @Test func `SARIF messages hold no links`() throws {
    let value = try JSONParser.parse(Array(document(.markup, .sarif).utf8))
    let messages = strings(under: "text", in: value)
    #expect(messages.contains { $0.contains(#"\[x\](http://example.org/a).png"#) })
    for message in messages { #expect(!message.contains(/[^\\]\]\(/), "\(message)") }
  }

  private func strings(under key: String, in value: JSONValue) -> [String] {
    switch value {
    case .array(let elements): elements.flatMap { strings(under: key, in: $0) }
    case .object(let members):
      members.flatMap { member -> [String] in
        if member.key == key, let text = member.value.string { return [text] }
        return strings(under: key, in: member.value)
      }
    default: []
    }
  }
}
