import Foundation
import Testing

/// `scan --format`.
@Suite struct FormatTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeLeakingDataset()
  }

  @Test(arguments: [
    ("text", "FAIL: 1 of 3 test images (33 %) is a copy"), ("json", "{\n  \"schema\": \"splitseal-report\""),
    ("markdown", "## SplitSeal: FAIL\n\n`FAIL: 1 of 3 test images (33 %) is a copy of a training image`\n"),
    ("github", "::notice title=SplitSeal::FAIL: 1 of 3 test images (33 %25) is a copy"),
    ("sarif", "{\n  \"$schema\": "),
    ("junit", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"),
  ])
  func `standard output holds that document alone, and the status is the same`(format: String, start: String) throws {
    let outcome = try bench.run("scan", "leak.csv", "--format", format)
    #expect(outcome.status == 1)
    #expect(outcome.errors == "")
    #expect(outcome.output.hasPrefix(start))
    if format != "text" {
      #expect(try bench.run("scan", "leak.csv", "-q", "--format", format).output == outcome.output)
    }
    let both = try bench.run("scan", "leak.csv", "--format", format, "--json", "report.json")
    #expect(both.output == outcome.output)
    #expect(try bench.text("report.json") == bench.run("scan", "leak.csv", "--json", "-").output)
  }

  @Test func `files are named as they are seen from where the command runs`() throws {
    let outcome = try bench.run("scan", "./leak.csv", "--format", "github")
    #expect(outcome.output.contains("\n::error file=leak.csv,line=2,title=exact-duplicate::images/0.png: "))
    try bench.makeFolders("set", count: 2)
    try bench.write("set/test/real/again.png", try bench.bytes("set/train/real/0.png"))
    let folder = try bench.run("scan", "set", "--format", "github")
    #expect(folder.output.contains("\n::error file=set/test/real/again.png,title=exact-duplicate::"))
    let outside = try bench.shell("cd images && \"$SPLITSEAL\" scan ../set --format sarif")
    #expect(outside.output.contains("\"uriBaseId\": \"DATASET\""))
    #expect(!outside.output.contains(bench.url.path))
  }

  @Test func `a format and another output cannot both be on standard output`() throws {
    for flag in ["--json", "--pairs", "--fingerprints"] {
      let outcome = try bench.run("scan", "leak.csv", "--format", "sarif", flag, "-")
      #expect(outcome.status == 2)
      #expect(outcome.output == "")
      #expect(outcome.errors.contains("--format sarif writes to standard output"))
    }
    let unknown = try bench.run("scan", "leak.csv", "--format", "html")
    #expect(unknown.status == 2)
  }

  @Test func `match writes the formats of scan`() throws {
    #expect(try bench.run("hash", "leak.csv", "-o", "all.shard").status == 0)
    let outcome = try bench.run("match", "all.shard", "--root", ".", "--format", "sarif")
    #expect(outcome.status == 1)
    let document = try outcome.document()
    #expect(document["version"] as? String == "2.1.0")
  }

  @Test func `the command to reproduce does not hold the format`() throws {
    let markdown = try bench.run("scan", "leak.csv", "--format=markdown").output
    #expect(markdown.contains("```text\nsplitseal scan leak.csv\n```"))
  }

  @Test(arguments: ["markdown", "github", "sarif", "junit"])
  func `names on disk that are markup and orders stay names`(format: String) throws {
    let name = "images/<script>alert(1)<|script> @octocat ]](http:) `|` ::error::%0A \u{202E}gnp.png"
    try bench.write(name, try bench.bytes("images/0.png"))
    let long = "images/" + String(repeating: "y", count: 200) + ".png"
    try bench.write(long, try bench.bytes("images/1.png"))
    try bench.write(
      "hostile.csv",
      """
      path,split,label
      images/0.png,train,"red\u{1B}[31m"
      images/1.png,train,"two\nlines, ""q"", so"
      "\(name)",test,<b>@octocat</b>
      \(long),test,"two\nlines, ""q"", so"

      """)
    let outcome = try bench.run("scan", "hostile.csv", "--format", format)
    #expect(outcome.status == 1)
    #expect(outcome.errors == "")
    let acting = outcome.output.unicodeScalars.first { scalar in
      (scalar.value < 0x20 && scalar != "\n") || (0x7F...0x9F).contains(scalar.value) || scalar == "\u{202E}"
    }
    #expect(acting == nil)
    switch format {
    case "sarif":
      #expect(outcome.output.contains("%3Cscript%3Ealert%281%29%3C%7Cscript%3E%20%40octocat%20%5D%5D%28http%3A"))
    case "junit":
      #expect(outcome.output.contains("&lt;script&gt;alert(1)&lt;|script&gt; @octocat ]](http:) `|` ::error"))
    case "github": #expect(!outcome.output.contains("\n::error::"))
    default: #expect(outcome.output.contains("`images/<script>alert(1)<\\u{7c}script> @octocat "))
    }
  }
}
