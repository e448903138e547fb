import SplitSealBase
import Testing

/// `splitseal repair` as its users run it.
@Suite struct RepairTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Eight pictures a split, without labels; of the pictures 0 and 1 test has copies.
  private func makeLeaks(_ name: String, _ text: ([(path: String, split: String)]) -> String) throws {
    try bench.draw(0..<16)
    for seed in 0..<2 { try bench.write("images/copy\(seed).png", Picture(seed: seed).png) }
    let train = (0..<8).map { (path: "images/\($0).png", split: "train") }
    let test = (8..<16).map { (path: "images/\($0).png", split: "test") }
    let copies = (0..<2).map { (path: "images/copy\($0).png", split: "test") }
    try bench.write(name, text(train + test + copies))
  }

  /// Runs the command that the text names to check the result.
  private func check(_ outcome: Outcome) throws -> Outcome {
    let command = try #require(outcome.output.split(separator: "\n").last { $0.hasPrefix("  splitseal scan ") })
    return try bench.shell("\"$SPLITSEAL\" " + command.dropFirst("  splitseal ".count))
  }

  static let csv: @Sendable ([(path: String, split: String)]) -> String = { rows in
    "note,path,split\n" + rows.map { "\"a,\n\"\"b\"\"\",\($0.path),\($0.split)\n" }.joined()
  }

  @Test func `a table loses the rows that leak and keeps the others byte for byte`() throws {
    try makeLeaks("leak.csv", Self.csv)
    #expect(try bench.run("scan", "leak.csv").status == 1)
    let repaired = try bench.run("repair", "leak.csv", "-o", "clean")
    #expect(repaired.errors == "")
    #expect(repaired.status == 0)
    #expect(
      repaired.output.contains("2 images dropped because of matches and groups; no smaller set exists (lower bound 2)"))
    #expect(try bench.names(in: "clean") == ["leak.csv", "repair.csv"])
    let row = "\"a,\n\"\"b\"\"\",images/%.png,train\n"
    let dropped = [0, 1].map { row.replacing("%", with: "\($0)") }
    #expect(
      try bench.text("clean/leak.csv")
        == bench.text("leak.csv").replacing(dropped[0], with: "").replacing(dropped[1], with: ""))
    #expect(
      try bench.text("clean/repair.csv") == """
        action,path,split,new_split,label,reason,because_path,because_split,score
        drop,images/0.png,train,,,is equal to images/copy0.png of test,images/copy0.png,test,1.0000
        drop,images/1.png,train,,,is equal to images/copy1.png of test,images/copy1.png,test,1.0000

        """)
    let checked = try check(repaired)
    #expect(checked.status == 0, "\(checked.output) \(checked.errors)")
  }

  @Test(arguments: ["tsv", "jsonl", "json"]) func `every format is repaired`(format: String) throws {
    try makeLeaks("leak.\(format)") { rows in
      switch format {
      case "tsv": "split\tpath\n" + rows.map { "\($0.split)\t\($0.path)\n" }.joined()
      case "jsonl": rows.map { #"{"path": "\#($0.path)", "split": "\#($0.split)", "n": 1.0}"# + "\n" }.joined()
      default: "[" + rows.map { #"{"path": "\#($0.path)", "split": "\#($0.split)"}"# }.joined(separator: ", ") + "]"
      }
    }
    for flags in [[], ["--move"]] {
      let repaired = try bench.run(["repair", "leak.\(format)", "-o", "clean\(flags.count)"] + flags)
      #expect(repaired.status == 0, "\(repaired.output) \(repaired.errors)")
      #expect(try check(repaired).status == 0)
    }
    #expect(!(try bench.text("clean0/leak.\(format)").contains("images/0.png")))
    #expect(try bench.text("clean1/leak.\(format)").contains("images/0.png"))
  }

  @Test func `a folder becomes a table`() throws {
    try bench.makeFolders("set", count: 8)
    try bench.write("set/test/real/copy.png", Picture(seed: 100).png)
    let repaired = try bench.run("repair", "set", "-o", "clean", "--drop-from", "test")
    #expect(repaired.status == 0, "\(repaired.output) \(repaired.errors)")
    #expect(try bench.names(in: "clean") == ["manifest.csv", "repair.csv"])
    let table = try bench.text("clean/manifest.csv")
    #expect(table.hasPrefix("path,split,label\ntest/real/0.png,test,real\n"))
    #expect(!table.contains("copy.png"))
    // Nothing is found, and eight images a class are too few to say pass.
    #expect(try check(repaired).status == 3)
    #expect(try bench.names(in: "set/test/real").contains("copy.png"), "images are never touched")
  }

  @Test func `moved rows go to the table of their split`() throws {
    try bench.draw(0..<12)
    try bench.write("copy.png", Picture(seed: 0).png)
    try bench.write("train.csv", "path,age\n" + (0..<6).map { "images/\($0).png,\($0)\n" }.joined())
    try bench.write("test.csv", "path\n" + (6..<12).map { "images/\($0).png\n" }.joined() + "copy.png\n")
    let repaired = try bench.run("repair", "train=train.csv", "test=test.csv", "-o", "clean", "--move")
    #expect(repaired.status == 0, "\(repaired.output) \(repaired.errors)")
    // Of one image in each split the one moves whose split is the larger.
    #expect(try bench.text("clean/train.csv") == bench.text("train.csv") + "copy.png,\n")
    #expect(try bench.text("clean/test.csv") == bench.text("test.csv").replacing("copy.png\n", with: ""))
    #expect(
      try bench.text("clean/repair.csv").contains("\nmove,copy.png,test,train,,is equal to images/0.png of train,"))
    #expect(repaired.output.contains("splitseal scan train=clean/train.csv test=clean/test.csv --root "))
    #expect(try check(repaired).status == 0)
  }

  @Test func `shared groups are dropped, and the reason names them`() throws {
    try bench.draw(0..<12)
    let groups = ["p'1", "p'1", "p'1", "b", "c", "d", "p'1", "e", "f", "g", "h", "i"]
    try bench.write(
      "a.csv",
      "path,split,patient\n"
        + groups.enumerated().map { "images/\($0).png,\($0 < 6 ? "train" : "test"),\($1)\n" }.joined())
    let repaired = try bench.run("repair", "a.csv", "-o", "clean")
    #expect(repaired.status == 0, "\(repaired.output) \(repaired.errors)")
    let patch = try bench.text("clean/repair.csv").split(separator: "\n")
    #expect(patch.count == 2)
    #expect(patch.last?.hasPrefix("drop,images/6.png,test,,,shares ") == true)
    #expect(patch.last?.contains("'p'1' with 3 images of train,images/0.png,train,") == true)
    #expect(!(try bench.text("clean/a.csv").contains("images/6.png")))
  }

  @Test func `a clean dataset has nothing to repair and is written all the same`() throws {
    try bench.makeCleanDataset()
    let repaired = try bench.run("repair", "clean.csv", "-o", "out")
    #expect(repaired.status == 0)
    #expect(repaired.output.hasPrefix("NOTHING TO REPAIR: no match and no group is in two splits\n"))
    #expect(try bench.text("out/clean.csv") == bench.text("clean.csv"))
  }

  @Test func `what cannot be repaired is named, and nothing is written`() throws {
    try makeLeaks("leak.csv", Self.csv)
    try bench.replace("images/15.png,test", with: "images/15.png,val", in: "leak.csv")
    let repaired = try bench.run("repair", "leak.csv", "-o", "clean", "--drop-from", "val")
    #expect(repaired.status == 3)
    #expect(repaired.output.hasPrefix("NOT REPAIRED"))
    #expect(repaired.output.contains("\n  train: images/0.png = test: images/copy0.png\n"))
    #expect(!(try bench.names().contains("clean")))
  }

  @Test func `files that are there are replaced only when asked, and inputs never`() throws {
    try makeLeaks("leak.csv", Self.csv)
    try bench.write("clean/leak.csv", "mine")
    let refused = try bench.run("repair", "leak.csv", "-o", "clean")
    #expect(refused.status == 2)
    #expect(
      refused.complaints == [
        "error: clean/leak.csv already exists", "hint: give another folder, or replace it with --force",
      ])
    #expect(try bench.text("clean/leak.csv") == "mine")
    #expect(try bench.names(in: "clean") == ["leak.csv"])
    #expect(try bench.run("repair", "leak.csv", "-o", "clean", "--force").status == 0)
    #expect(try bench.text("clean/leak.csv").hasPrefix("note,path,split\n"))
    let before = try bench.text("leak.csv")
    let itself = try bench.run("repair", "leak.csv", "-o", ".", "--force")
    #expect(itself.status == 2)
    #expect(itself.complaints.first == "error: ./leak.csv is the manifest that is being repaired")
    #expect(try bench.text("leak.csv") == before)
  }

  @Test func `names act on no terminal and stay in one cell`() throws {
    try bench.draw(0..<6)
    try bench.write("images/x\u{1B}[31m,\"y.png", Picture(seed: 0).png)
    try bench.write(
      "a.csv",
      "path,split,label\n" + (0..<6).map { "images/\($0).png,\($0 < 3 ? "train" : "test"),\"=\u{1B}[2J\"\n" }.joined())
    try bench.write("images/copy.png", Picture(seed: 4).png)
    try bench.write("a.csv", bench.text("a.csv") + "images/copy.png,train,\"=\u{1B}[2J\"\n")
    let repaired = try bench.run("repair", "a.csv", "-o", "out\u{1B}[1m")
    #expect(repaired.status == 0, "\(repaired.errors)")
    #expect(!repaired.output.contains("\u{1B}"))
    #expect(repaired.output.contains("=\\u{1b}[2J"))
  }

  @Test func `the policy beside the data is heeded: ratio, groups, overlaps`() throws {
    try bench.draw(0..<12)
    try bench.write("images/copy.png", Picture(seed: 0).png)
    let rows = (0..<12).map {
      "images/\($0).png,\($0 < 4 ? "train" : $0 < 6 ? "val" : "test"),\($0 % 3 == 0 ? "a" : "b")"
    }
    let people = ["p", "q", "r", "s", "p", "t", "u", "v", "w", "x", "y", "z"]
    let table = zip(rows, people).map { "\($0),\($1)\n" }.joined()
    try bench.write("a.csv", "path,split,label,who\n" + table + "images/copy.png,val,a,o\n")
    try bench.write("b.csv", "path,split,label\n" + rows.map { $0 + "\n" }.joined())
    // The group 'p' is in train and val, where overlaps are allowed.
    let allowed = """
      allowed-overlaps:
        - splits: [train, val]
          reason: val is drawn from train

      """
    let policy = "version: 1\ngroups: {columns: [who]}\n"
    try bench.write("splitseal.yml", policy)
    #expect(
      try bench.run("repair", "a.csv", "-o", "1").output.contains("1 image dropped because of matches and groups"))
    #expect(try bench.run("repair", "b.csv", "-o", "2", "--no-policy").output.hasPrefix("NOTHING TO REPAIR"))
    try bench.write("splitseal.yml", policy + allowed)
    let repaired = try bench.run("repair", "a.csv", "-o", "3")
    #expect(repaired.output.hasPrefix("NOTHING TO REPAIR"), "\(repaired.output) \(repaired.errors)")
    try bench.write("splitseal.yml", policy + allowed + "classes: {a: 1, b: 1}\n")
    let even = try bench.run("repair", "a.csv", "-o", "4")
    #expect(even.status == 0, "\(even.output) \(even.errors)")
    // Test has 2 of a and 4 of b, train 2 and 2, val 1 and 2.
    #expect(even.output.contains("3 images dropped so that the classes have the ratio that is declared"))
    #expect(try bench.text("4/repair.csv").contains(",b,is one too many of class 'b' for the declared ratio,,,\n"))
    let unknown = try bench.run("repair", "a.csv", "-o", "5", "--class-ratio", "a=1,c=1")
    #expect(unknown.status == 2)
    #expect(
      unknown.complaints == ["error: the declared class 'c' is not in this dataset", "hint: the classes are a, b"])
  }

  @Test(arguments: [
    (["-o", "x", "--move", "--drop-from", "test"], "error: give --move or --drop-from, not both"),
    (["-o", "x", "--tolerance", "2"], "error: --tolerance must be 0 to 1"),
    (["-o", "x", "--drop-from", "holdout"], "error: --drop-from holdout: there is no such split"),
    (["-o", ""], "error: the name of the output folder is empty"),
    (["-o", "clean.csv"], "error: clean.csv is not a folder"),
    ([], "error: missing expected argument '--output <folder>'"),
  ]) func `flags that make no sense are refused`(flags: [String], message: String) throws {
    try bench.makeCleanDataset()
    let refused = try bench.run(["repair", "clean.csv"] + flags)
    #expect(refused.status == 2)
    #expect(refused.complaints.first == message)
    #expect(refused.output == "")
  }

  @Test func `the same input gives the same bytes at any number of workers`() throws {
    try makeLeaks("leak.csv", Self.csv)
    let first = try bench.run("repair", "leak.csv", "-o", "a", "--jobs", "1", "--move")
    let second = try bench.run("repair", "leak.csv", "-o", "b", "--jobs", "4", "--move")
    #expect(first.output.replacing("a/", with: "b/") == second.output)
    #expect(try bench.bytes("a/leak.csv") == bench.bytes("b/leak.csv"))
    #expect(try bench.bytes("a/repair.csv") == bench.bytes("b/repair.csv"))
  }
}
