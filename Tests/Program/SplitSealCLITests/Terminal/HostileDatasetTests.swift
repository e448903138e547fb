import Foundation
import Testing

/// A dataset whose names and labels try to act: whatever the program writes shows them and does nothing else.
@Suite(.enabled(if: PseudoTerminal.isPresent, "there is no python3"))
struct HostileDatasetTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    let maker = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Hostile/make.py")
    let made = try bench.shell("python3 '\(maker.standardizedFileURL.path)' .")
    try #require(made.status == 0, "\(made.errors)")
  }

  /// Characters that move a cursor, colour a terminal, turn the reading direction or cannot be seen.
  static func wild(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
      case 0xE0000...0xE0FFF: true
      default: false
      }
    }
  }

  @Test(arguments: [[], ["-v"], ["--show"]]) func `the text report shows the names and does nothing`(flags: [String])
    throws
  {
    let outcome = try bench.run(["scan", "manifest.csv"] + flags)
    #expect(outcome.status == 1)
    #expect(Self.wild(outcome.output).isEmpty)
    #expect(Self.wild(outcome.errors).isEmpty)
    // Without -v few names are shown.
    #expect(outcome.output.contains("test/\\u{202e}gnp.exe.png") || flags != ["-v"])
    #expect(outcome.output.contains("\\u{1b}[31mred\\u{1b}[0m") || flags != ["-v"])
    #expect(outcome.output.contains("\\u{"))
    #expect(!outcome.output.contains(String(repeating: "l", count: 200)))
    #expect(try !FileManager.default.contentsOfDirectory(atPath: bench.url.path).contains("hacked"))
  }

  @Test(arguments: [60, 200]) func `a terminal is sent its own colours and nothing of the names`(width: Int) throws {
    let shown = try PseudoTerminal.run(bench, width: width, "scan", "manifest.csv", "-v").output
    let text = shown.replacing(/\x1B\[[0-9;]*m/, with: "").replacing("\r\u{1B}[K", with: "")
    #expect(Self.wild(text).isEmpty)
    // The program's colours are the only ones: 31 alone, a label's red, is none of them.
    let colors = Set(shown.matches(of: /\x1B\[([0-9;]*)m/).map { String($0.1) })
    #expect(colors.isSubset(of: ["0", "1", "2", "1;31", "32", "33", "36"]))
  }

  @Test(arguments: ["json", "markdown", "github", "sarif", "junit"]) func `other formats are as tame`(format: String)
    throws
  {
    let outcome = try bench.run("scan", "manifest.csv", "--format", format)
    #expect(outcome.status == 1)
    #expect(outcome.errors == "")
    switch format {
    case "json", "sarif":
      _ = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      // JSON holds the very names; what a terminal acts on is escaped.
      #expect(!outcome.output.contains("\u{1B}"))
    case "github":
      #expect(Self.wild(outcome.output).isEmpty)
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.allSatisfy { $0.hasPrefix("::notice ") || $0.hasPrefix("::error ") || $0.hasPrefix("::warning ") })
      #expect(!lines.contains { $0.hasPrefix("::error title=hacked") })
    default: #expect(Self.wild(outcome.output).isEmpty)
    }
    if format == "junit" {
      try bench.write("out.xml", outcome.output)
      #expect(try bench.shell("python3 -c \"import xml.etree.ElementTree as E; E.parse('out.xml')\"").status == 0)
    }
  }

  @Test func `programs read the very names out of JSON and CSV`() throws {
    let pairs = try bench.run("scan", "manifest.csv", "--pairs", "pairs.csv", "--json", "report.json", "--quiet")
    #expect(pairs.status == 1)
    let judge = """
      import csv, json
      names = [n for n in json.load(open("names.json", encoding="utf-8")) if n["there"]]
      rows = list(csv.DictReader(open("pairs.csv", newline="", encoding="utf-8")))
      # Each picture of train is in test: the rows of the manifest alternate.
      want = [(a["path"], b["path"]) for a, b in zip(names[::2], names[1::2])]
      print(len(rows), [(r["path_a"], r["path_b"]) for r in rows] == want)
      report = json.load(open("report.json", encoding="utf-8"))
      labels = {c["label"] for s in report["splits"] for c in s["classes"] if c.get("label") is not None}
      print(len(labels), labels == {n["label"] for n in names})
      """
    try bench.write("judge.py", judge)
    #expect(try bench.shell("python3 judge.py").output == "23 True\n23 True\n")
  }

  @Test func `charts and the page hold them as text`() throws {
    #expect(try bench.run("plot", "manifest.csv", "-o", "charts").status == 0)
    #expect(try bench.run("scan", "manifest.csv", "--html", "report.html", "--quiet").status == 1)
    let judge = """
      import csv, html.parser, json, xml.etree.ElementTree as E
      E.parse("charts/classes.svg"); E.parse("charts/scores.svg")
      names = json.load(open("names.json", encoding="utf-8"))
      labels = {r["class"] for r in csv.DictReader(open("charts/classes.csv", newline="", encoding="utf-8"))}
      print(labels == {n["label"] for n in names})
      class Page(html.parser.HTMLParser):
          def handle_starttag(self, tag, attributes):
              names = dict(attributes)
              if any(name.startswith("on") for name in names): print("handler", tag, names)
              if names.get("src") == "x" or "example.org" in (names.get("href") or ""): print("link", tag, names)
      source = open("report.html", encoding="utf-8").read()
      Page().feed(source)
      print([w for w in ("<script>document", "<img src=x", "<svg onload", chr(27), chr(0x202E)) if w in source])
      """
    try bench.write("judge.py", judge)
    #expect(try bench.shell("python3 judge.py").output == "True\n[]\n")
  }

  @Test(arguments: ["escape.csv", "newline.csv", "bytes.csv", "label.csv", "outside.csv", "surrogate.jsonl"])
  func `what cannot be a name is refused in words that do nothing`(file: String) throws {
    let outcome = try bench.run("scan", "refused-\(file)")
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(Self.wild(outcome.errors).isEmpty)
    #expect(outcome.complaints.count == 2)
  }
}
