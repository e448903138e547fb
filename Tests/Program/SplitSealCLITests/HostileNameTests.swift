import SplitSealBase
import Testing

/// Names that try to act on the terminal, or to look like something else.
@Suite struct HostileNameTests {
  static let red = "\u{1B}[31m"
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.draw(0..<4)
  }

  /// Whether a text could move the cursor, colour the terminal or turn the reading direction.
  private func isTame(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n" || scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar != "\u{202E}"
    }
  }

  @Test func `labels are shown escaped and shortened`() throws {
    try bench.write(
      "a.csv",
      """
      path,split,label
      images/0.png,train,"real\(Self.red)"
      images/1.png,train,"two\nlines"
      images/2.png,test,\(String(repeating: "l", count: 4000))
      images/3.png,test,"say ""hi"" \u{202E}"

      """)
    #expect(try isTame(bench.run("scan", "a.csv").output))
    let outcome = try bench.run("scan", "a.csv", "-v")
    #expect(outcome.status == 1)
    #expect(isTame(outcome.output))
    #expect(outcome.output.contains("real\\u{1b}[31m"))
    #expect(outcome.output.contains("two\\u{a}lines"))
    #expect(outcome.output.contains("say \"hi\" \\u{202e}"))
    #expect(!outcome.output.contains(String(repeating: "l", count: 200)))
    let document = try bench.run("scan", "a.csv", "--json", "-")
    #expect(isTame(document.output.replacing("\u{202E}", with: "")))
    let splits = try #require(try document.document()["splits"] as? [[String: Any]])
    let classes = try #require(splits.first?["classes"] as? [[String: Any]])
    // Programs get the very label.
    #expect(classes.contains { $0["label"] as? String == "real\(Self.red)" })
  }

  @Test(arguments: [
    ("e\u{1B}[31m.png", "e\\u{1b}[31m.png"), ("two\nlines.png", "two\\u{a}lines.png"),
    ("bell\u{7}.png", "bell\\u{7}.png"),
  ])
  func `a path with a control character is refused and shown escaped`(name: String, shown: String) throws {
    try bench.write("a.csv", "path,split\n\"images/\(name)\",train\n")
    try bench.write("set/train/\(name)", Picture(seed: 0).png)
    let table = try bench.run("scan", "a.csv")
    #expect(table.status == 2)
    #expect(table.output == "")
    #expect(isTame(table.errors))
    #expect(table.errors.contains(shown))
    #expect(table.complaints.last == "hint: rename the file")
    // In a folder it is one image that cannot be read.
    #expect(try isTame(bench.run("scan", "set").output))
    let folder = try bench.run("scan", "set", "-v")
    #expect(folder.status == 3)
    #expect(isTame(folder.output))
    #expect(folder.output.contains("\(shown): could not be read: its name has a control character: rename it"))
  }

  @Test func `a path of 4 KB is shortened, and quotes are no trouble`() throws {
    let long = "images/" + String(repeating: "y", count: 4000) + ".png"
    try bench.write("images/it's \"$(odd)\" `x`.png", Picture(seed: 0).png)
    try bench.write(
      "a.csv",
      """
      path,split
      images/0.png,train
      "images/it's ""$(odd)"" `x`.png",test
      \(long),test

      """)
    #expect(try !bench.run("scan", "a.csv").output.contains(String(repeating: "y", count: 200)))
    let outcome = try bench.run("scan", "a.csv", "-v")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("test: images/it's \"$(odd)\" `x`.png"))
    #expect(!outcome.output.contains(String(repeating: "y", count: 200)))
    #expect(outcome.output.contains("yyy….png") || outcome.output.contains("yyy…yyy"))
    let pairs = try bench.run("scan", "a.csv", "--pairs", "-").output.split(separator: "\n")
    #expect(
      pairs.last
        == "exact-duplicate,train,images/0.png,test,\"images/it's \"\"$(odd)\"\" `x`.png\",1.0000,identity")
  }

  @Test func `a manifest's own name is escaped, and the command to reproduce still works`() throws {
    let name = "it's \(Self.red)\n\\.csv"
    try bench.write(name, "path,split\nimages/0.png,train\nimages/1.png,test\n")
    let outcome = try bench.run("scan", name)
    #expect(outcome.status == 0)
    #expect(isTame(outcome.output))
    let command = try #require(outcome.output.split(separator: "\n").last?.firstRange(of: "splitseal scan "))
    let quoted = outcome.output[command.upperBound...].dropLast()
    guard Workbench.has("bash") else { return }
    try bench.write("again", "\"$SPLITSEAL\" scan \(quoted)")
    #expect(try bench.shell("bash again").output == outcome.output)
    let failed = try bench.run("scan", "nowhere\(name)")
    #expect(failed.status == 2)
    #expect(isTame(failed.errors))
    #expect(failed.errors.split(separator: "\n").count == 2)
  }

  @Test func `a certificate keeps the very names and shows them escaped`() throws {
    try bench.write(
      "a.csv",
      "path,split,label\nimages/0.png,train,\"x\(Self.red)\"\nimages/1.png,test,\"x\(Self.red)\"\n")
    try bench.makeKey()
    let certified = try bench.run("certify", "a.csv", "--key", "signer.key", "--name", "set\(Self.red)")
    // One image a split is too little to say pass.
    #expect(certified.status == 3)
    #expect(isTame(certified.output))
    try bench.replace("images/1.png,test,\"x\(Self.red)\"", with: "images/1.png,test,\"y\(Self.red)\"", in: "a.csv")
    let verified = try bench.run("verify", "a.csv", "--public-key", "signer.pub")
    #expect(verified.status == 1)
    #expect(isTame(verified.output))
    #expect(
      verified.output.contains(
        "'images/1.png' in split 'test' was labelled 'x\\u{1b}[31m', and is labelled 'y\\u{1b}[31m'"))
  }
}
