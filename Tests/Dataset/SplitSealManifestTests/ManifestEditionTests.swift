import SplitSealBase
@testable import SplitSealManifest
import SplitSealTestSupport
import Testing

/// Manifests that are written again with some rows gone and others in another split.
@Suite struct ManifestEditionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Reads inputs, sends each row where `splits` says, and gives the texts by name.
  private func edited(
    _ inputs: [String], _ splits: [String?], _ options: ManifestOptions = ManifestOptions(), addsSplits: Bool = false
  ) throws -> [(name: String, text: String, split: String?)] {
    let paths = inputs.map { input in
      let (split, path) = parseInputArgument(input)
      return (split.map { "\($0)=" } ?? "") + folder(path)
    }
    let manifest = try Manifest.read(paths, options: options)
    let edition = try ManifestEdition(of: manifest, inputs: paths, options: options, addsSplits: addsSplits)
    return try edition.files(splits, reserved: ["repair.csv"]).map { ($0.name, $0.text, $0.splitName) }
  }

  @Test func `rows go and the rest stays byte by byte`() throws {
    try folder.write(
      "a.csv",
      "\u{FEFF}id,path,note,split\r\n1,a.png,\"x, \"\"y\"\"\r\nz\",train\r\n\r\n2,\"b.png\",,test\r\n3,c.png, last ,\"test\""
    )
    let files = try edited(["a.csv"], ["train", nil, "test"])
    #expect(
      files.map(\.text) == [
        "\u{FEFF}id,path,note,split\r\n1,a.png,\"x, \"\"y\"\"\r\nz\",train\r\n\r\n3,c.png, last ,\"test\""
      ])
    #expect(
      try edited(["a.csv"], [nil, "test", "train"]).map(\.text) == [
        "\u{FEFF}id,path,note,split\r\n\r\n2,\"b.png\",,test\r\n3,c.png, last ,train"
      ])
    #expect(
      try edited(["a.csv"], ["train", "test", nil]).map(\.text) == [
        "\u{FEFF}id,path,note,split\r\n1,a.png,\"x, \"\"y\"\"\r\nz\",train\r\n\r\n2,\"b.png\",,test\r\n"
      ])
  }

  @Test func `tabs are quoted where tabs separate`() throws {
    try folder.write("a.tsv", "split\tpath\ntrain\ta,b.png\ntest\tc.png\n")
    var options = ManifestOptions()
    options.roles = ["a\tb": .test]
    #expect(
      try edited(["a.tsv"], ["a\tb", "test"], options).map(\.text) == ["split\tpath\n\"a\tb\"\ta,b.png\ntest\tc.png\n"])
  }

  @Test func `a list of labels stays a list in its row, and is one text in a table`() throws {
    let row = #"{"path":"a.png","split":"train","label":["dog","cat"]}"#
    try folder.write("a.jsonl", row + "\n" + #"{"path":"b.png","split":"test","label":["dog"]}"# + "\n")
    #expect(
      try edited(["a.jsonl"], ["test", nil]).map(\.text) == [row.replacing("train", with: "test") + "\n"])
    try folder.write("train.jsonl", #"{"path":"a.png","label":["dog","cat"]}"# + "\n" + #"{"path":"c.png"}"# + "\n")
    try folder.write("test.csv", "path,label\nb.png,dog\n")
    #expect(
      try edited(["train=train.jsonl", "test=test.csv"], ["test", "train", "test"]).map(\.text) == [
        #"{"path":"c.png"}"# + "\n", "path,label\nb.png,dog\na.png,cat|dog\n",
      ])
  }

  @Test func `lines of JSON keep their bytes unless they change`() throws {
    try folder.write(
      "a.jsonl",
      #"{ "path" : "a.png", "split":"train", "x": 1.50 }"# + "\n\n"
        + #"{"x": [1, 2.0e3, null], "split": "train", "path": "b.png"}"# + "\n" + #"{"path":"c.png","split":"test"}"#)
    #expect(
      try edited(["a.jsonl"], ["train", "test", nil]).map(\.text) == [
        #"{ "path" : "a.png", "split":"train", "x": 1.50 }"# + "\n"
          + #"{"x":[1,2.0e3,null],"split":"test","path":"b.png"}"# + "\n"
      ])
  }

  @Test func `an array is written with an object a line`() throws {
    try folder.write(
      "a.json",
      #"[{"path": "a{.png", "split": "train"},{"path": "b.png", "split": "test"} , {"path":"c","split":"test"}]"#)
    #expect(
      try edited(["a.json"], ["train", nil, "train"]).map(\.text) == [
        "[\n  " + #"{"path": "a{.png", "split": "train"}"# + ",\n  " + #"{"path":"c","split":"train"}"# + "\n]\n"
      ])
  }

  @Test func `a row moves to the file of its split, by the names of the columns`() throws {
    try folder.write("train.csv", "path,label,age\na.png,cat,3\nb.png,dog,4\n")
    try folder.write("test.csv", "Class,file,extra\ncat,c.png,z")
    let files = try edited(["train=train.csv", "test=test.csv"], ["train", "test", "test"])
    #expect(files.map(\.name) == ["train.csv", "test.csv"])
    #expect(files.map(\.split) == ["train", "test"])
    #expect(files.map(\.text) == ["path,label,age\na.png,cat,3\n", "Class,file,extra\ncat,c.png,z\ndog,b.png,\n"])
  }

  @Test func `a row moves from a table to JSON and back`() throws {
    try folder.write("train.csv", "path,label,age\na.png,cat,\"3,5\"\n")
    try folder.write("test.jsonl", #"{"image": "b.png", "class": "dog", "age": 7}"# + "\n")
    let files = try edited(["train=train.csv", "test=test.jsonl"], ["test", "train"])
    #expect(
      files.map(\.text) == [
        "path,label,age\nb.png,dog,7\n", #"{"image":"a.png","class":"cat","age":"3,5"}"# + "\n",
      ])
  }

  @Test func `paths are written anew where the manifests lie in several folders`() throws {
    try folder.write("a/list.csv", "path\nx.png\n")
    try folder.write("b/list.csv", "path\n\"y,1.png\"\nz.png\n")
    let files = try edited(["train=a/list.csv", "test=b/list.csv"], ["train", "test", nil])
    #expect(files.map(\.name) == ["list.csv", "list-2.csv"])
    #expect(files.map(\.text) == ["path\na/x.png\n", "path\n\"b/y,1.png\"\n"])
  }

  @Test func `a folder becomes a table`() throws {
    try folder.write("d/train/cat/a.png", "")
    try folder.write("d/train/cat/b,c.png", "")
    try folder.write("d/test/dog/e.png", "")
    let files = try edited(["d"], ["test", nil, "test"])
    #expect(files.map(\.name) == ["manifest.csv"])
    #expect(
      files.map(\.text) == [
        "path,split,label\ntest/dog/e.png,test,dog\ntrain/cat/b,c.png,test,cat\n".replacing(
          "train/cat/b,c.png", with: "\"train/cat/b,c.png\"")
      ])
  }

  @Test func `a manifest without splits gets a column of them`() throws {
    try folder.write("a.csv", "path,label\na.png,\"x\n\"\nb.png,y")
    var options = ManifestOptions()
    options.roles = ["all": .other]
    #expect(
      try edited(["all=a.csv"], ["train", "test"], options, addsSplits: true).map(\.text) == [
        "path,label,split\na.png,\"x\n\",train\nb.png,y,test"
      ])
    try folder.write("b.jsonl", #"{"path": "a.png"}"# + "\n")
    #expect(
      try edited(["all=b.jsonl"], ["val"], options, addsSplits: true).map(\.text) == [
        #"{"path":"a.png","split":"val"}"# + "\n"
      ])
  }

  @Test func `an input that changed is refused`() throws {
    try folder.write("a.csv", "path,split\na.png,train\n")
    let path = folder("a.csv")
    let manifest = try Manifest.read([path])
    let edition = try ManifestEdition(of: manifest, inputs: [path], options: ManifestOptions())
    try folder.write("a.csv", "path,split\nb.png,train\n")
    #expect(throws: ManifestError.self) { try edition.files(["train"]) }
  }

  @Test func `the order is that of the new files`() throws {
    try folder.write("train.csv", "path\na.png\nb.png\n")
    try folder.write("test.csv", "path\nc.png\n")
    let inputs = [
      "train=\(folder("train.csv"))", "test=\(folder("test.csv"))",
    ]
    let edition = try ManifestEdition(of: Manifest.read(inputs), inputs: inputs, options: ManifestOptions())
    #expect(edition.order(["test", "train", "test"]) == [1, 2, 0])
    #expect(edition.order([nil, "train", nil]) == [1])
  }
}
