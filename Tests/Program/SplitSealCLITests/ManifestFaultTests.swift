import Testing

/// Every fault of a manifest or folder, as the user of the command sees it.
@Suite struct ManifestFaultTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let arguments: [String]
    let content: String
    let message: String
    let hint: String

    /// A fault of a manifest whose name is the first argument to `scan`.
    init(_ arguments: String..., content: String, _ message: String, hint: String) {
      self.arguments = arguments
      self.content = content
      self.message = message
      self.hint = hint
    }

    var testDescription: String { message }
  }

  static let shape = #"write [{"path": "a.jpg", "split": "train"}, ...], or one object a line as .jsonl"#
  static let plain = "write plain JSON: double quotes, each key once, no comments"

  @Test(arguments: [
    Case(
      "a.csv", content: "name,split\na,train\n",
      "a.csv:1: no column 'path', 'file', 'file_name', 'image' or 'filename'; there are 'name', 'split'",
      hint: "name the column with --path-column"),
    Case(
      "a.csv", content: "path,label\na,x\n", "a.csv:1: no column 'split'; there are 'path', 'label'",
      hint: "give the split with the file, SPLIT=PATH, or name the column with --split-column"),
    Case(
      "a.csv", "--label-column", "kind", content: "path,split\na,test\n",
      "a.csv:1: no column 'kind'; there are 'path', 'split'", hint: "name the column with --label-column"),
    Case(
      "a.csv", content: "path,split\na,train,x\n", "a.csv:2: 3 fields where the header has 2",
      hint: "quote fields that hold the separator"),
    Case(
      "a.csv", content: "", "a.csv: the file is empty", hint: "the first line names the columns: path,split,label"),
    Case("a.csv", content: "path,split\n", "a.csv: a header and no rows", hint: "every row names an image"),
    Case(
      "a.csv", content: "path,split\na,holdout\n", "a.csv:2:2: unknown split 'holdout'",
      hint: "known are train, training, val, valid, validation, dev, test, testing, eval, evaluation; "
        + "say what another is for with --role 'holdout=ROLE' (training, validation, test or other)"),
    Case("a.csv", content: "path,split\na,\n", "a.csv:2:2: the split is empty", hint: "every row belongs to a split"),
    Case(
      "a.csv", content: "path,split\n\"a,train\n", "a.csv:2:1: a quote opens here and is never closed",
      hint: "close it, or double the quotes that are part of the text"),
    Case(
      "a.csv", content: "path,split\n../b.png,train\n", "a.csv:2:1: the path '../b.png' goes up with '..'",
      hint: "give the folder that holds all the images with --root"),
    Case(
      "a.csv", content: "path,split\n/etc/passwd,train\n", "a.csv:2:1: the path '/etc/passwd' is absolute",
      hint: "write it relative to the folder of the manifest, or to --root"),
    Case(
      "a.csv", content: "path,split\nC:/a.png,train\n", "a.csv:2:1: the path 'C:/a.png' is absolute",
      hint: "write it relative to the folder of the manifest, or to --root"),
    Case(
      "a.csv", content: "path,split\na\\b.png,train\n", "a.csv:2:1: the path 'a\\b.png' has a backslash",
      hint: "put '/' between folders"),
    Case(
      "a.csv", content: "path,split\nhttp://x/a.png,train\n",
      "a.csv:2:1: the path 'http://x/a.png' is a web address", hint: "download the images and name the files"),
    Case(
      "a.csv", content: "path,split\na/,train\n", "a.csv:2:1: the path 'a/' names a folder",
      hint: "name the images in it, or give the folder as an input"),
    Case(
      "train=a.csv", content: "path,split\na.png,test\n",
      "a.csv:2:2: the split is 'test' here and 'train' on the command line",
      hint: "give the file without 'train=', or correct the column"),
    Case(
      "a.txt", content: "path,split\na,train\n", "a.txt: the name does not say which format this is",
      hint: "a manifest ends in .csv, .tsv, .jsonl, .ndjson or .json; a dataset without one is given as its folder"),
    Case("a.csv.gz", content: "x", "a.csv.gz: a compressed file is not a manifest", hint: "decompress it"),
    Case("a.json", content: "{}", "a.json:1:1: a JSON manifest is an array of objects", hint: shape),
    Case("a.json", content: "[]", "a.json: the file has no rows", hint: shape),
    Case("a.json", content: "[1]", "a.json:1: a row is a number; it has to be an object", hint: shape),
    Case(
      "a.json", content: #"[{"path":"a","split":"train"}"#, "a.json:1:30: expected ',' or ']' after an object",
      hint: shape),
    Case(
      "a.json", content: #"[{"path":"a","path":"b"}]"#, "a.json:1:14: key 'path' stands twice in one object",
      hint: plain),
    Case(
      "a.jsonl", content: "{\"path\":\"a\",\"split\":\"train\"}\n{\"path\":\"b\"\n", "a.jsonl:2:12: expected '}'",
      hint: plain),
    Case(
      "a.jsonl", content: #"{"path":1,"split":"train"}"#,
      "a.jsonl:1:1: the path under 'path' is a number; it has to be a string",
      hint: "name another key with --path-column, or change the value"),
    Case(
      "a.csv", "--root", "nowhere", content: "path,split\na,train\n",
      "nowhere: the root cannot be read: no such file or folder", hint: "give a folder with --root"),
    Case(
      "a.csv", "--root", "a.csv", content: "path,split\na,train\n", "a.csv: the root is not a folder",
      hint: "give a folder with --root"),
    Case(
      "b.csv", content: "", "b.csv: no such file or folder",
      hint: "an input is a manifest, a folder, or SPLIT=PATH of either"),
    Case("", content: "", "'': the path is empty", hint: "an input is a manifest, a folder, or SPLIT=PATH of either"),
  ])
  func `a fault says where it is, what it is and what to do`(fault: Case) throws {
    let bench = try Workbench()
    let name = fault.arguments[0].split(separator: "=").last.map(String.init) ?? ""
    if !name.isEmpty, name != "b.csv" { try bench.write(name, fault.content) }
    for command in [["scan"], ["scan", "--json", "-"], ["verify"]] {
      let outcome = try bench.run(command + fault.arguments)
      #expect(outcome.status == 2)
      #expect(outcome.output == "")
      #expect(outcome.complaints == ["error: \(fault.message)", "hint: \(fault.hint)"])
    }
  }

  @Test func `bytes that are no UTF-8 are named by line and column`() throws {
    let bench = try Workbench()
    try bench.write("a.csv", Array("path,split\na".utf8) + [0xFF] + Array(",train\n".utf8))
    let outcome = try bench.run("scan", "a.csv")
    #expect(outcome.status == 2)
    #expect(outcome.complaints == ["error: a.csv:2:2: not valid UTF-8", "hint: save the file as UTF-8"])
  }

  @Test func `a link out of the dataset is refused before anything is read`() throws {
    let bench = try Workbench()
    try bench.write("secret.png", Picture(seed: 0).png)
    try bench.write("set/a.csv", "path,split\nlink.png,train\n")
    try bench.link("set/link.png", to: "../secret.png")
    let outcome = try bench.run("scan", "set/a.csv")
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("splitseal: error: set/a.csv:2: 'link.png' is a link to '"))
    #expect(outcome.complaints.last == "hint: put the file itself there, or give a root that holds both with --root")
  }

  @Test func `a pipe for a manifest does not hang`() throws {
    let bench = try Workbench()
    try bench.makePipe("a.csv")
    let outcome = try bench.run("scan", "a.csv")
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first == "error: a.csv: it is neither a file nor a folder")
  }

  @Test func `folders without images or splits say so`() throws {
    let bench = try Workbench()
    try bench.makeFolder("empty")
    try bench.write("set/kept/a.png", Picture(seed: 0).png)
    let empty = try bench.run("scan", "empty")
    #expect(empty.status == 2)
    #expect(empty.complaints.first == "error: empty: no images in the folder")
    let unknown = try bench.run("scan", "set")
    #expect(unknown.status == 2)
    #expect(unknown.complaints.first == "error: set: no folder in it is a known split ('kept')")
    #expect(unknown.complaints.last?.contains("--role NAME=ROLE") == true)
    #expect(try bench.run("scan", "set", "--role", "kept=test").status == 3)
  }
}
