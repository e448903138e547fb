import SplitSealManifest
import SplitSealTestSupport
import Testing

/// What a model predicted, read for a manifest.
@Suite struct PredictionsTests {
  let folder: TemporaryFolder
  let manifest: Manifest

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "set/list.csv",
      "path,split,label\na.png,train,cat\nb.png,train,dog\nsub/c.png,test,cat\nsub/d.png,test,dog\na.png,test,3\n")
    manifest = try Manifest.read([folder("set/list.csv")])
  }

  /// The labels are 3, cat and dog.
  private func read(_ name: String, _ text: String) throws -> [Predictions.Prediction] {
    let predictions = try Predictions.read(try folder.write(name, text), for: manifest)
    return manifest.samples.indices.map { predictions[$0] }
  }

  private func fault(_ name: String, _ text: String) throws -> ManifestError {
    try #require(throws: ManifestError.self) { try read(name, text) }
  }

  @Test(arguments: [
    ("p.csv", "path,prediction\nsub/c.png,cat\nsub/d.png,cat\n"),
    ("p.tsv", "other\tPred\tfile_name\n1\tcat\tsub/c.png\n\n2\tcat\t./sub//d.png\n"),
    ("p.jsonl", "{\"path\":\"sub/c.png\",\"output\":\"cat\"}\n\n{\"predicted\":\"cat\",\"path\":\"sub/d.png\"}"),
    ("sub/p.csv", "path,prediction\nc.png,cat\nd.png,cat\n"),
    ("sub/p=q.csv", "path,prediction\nsub/c.png,cat\nd.png,cat\n"),
  ])
  func `paths start from the root or from the folder of the file`(name: String, text: String) throws {
    #expect(try read("set/" + name, text) == [.missing, .missing, .label(1), .label(1), .missing])
  }

  @Test func `a file outside of the dataset names its images from the root`() throws {
    #expect(
      try read("elsewhere/p.csv", "path,prediction\nsub/c.png,dog\n")
        == [.missing, .missing, .label(2), .missing, .missing])
  }

  @Test func `a path in two splits is predicted once for both, or once in each`() throws {
    #expect(
      try read("set/p.csv", "path,prediction\na.png,cat\n") == [.label(1), .missing, .missing, .missing, .label(1)])
    #expect(
      try read("set/p.csv", "path,prediction,split\na.png,cat,train\na.png,3,test\n")
        == [.label(1), .missing, .missing, .missing, .label(0)])
    #expect(
      try read("set/p.jsonl", #"{"path":"a.png","prediction":3,"split":"test"}"#)
        == [.missing, .missing, .missing, .missing, .label(0)])
  }

  @Test func `a name that is no label is told from none`() throws {
    #expect(
      try read("set/p.csv", "path,prediction\nsub/c.png,cat\nsub/d.png,Dog\n")
        == [.missing, .missing, .label(1), .unknownLabel, .missing])
  }

  @Test(arguments: [
    ("p.csv", "path,prediction\na.png,cat\nx.png,cat\n", "p.csv:3: no image 'x.png' in the manifest"),
    (
      "p.csv", "path,prediction,split\na.png,cat,test\nb.png,cat,test\n",
      "p.csv:3: no image 'b.png' in split 'test' in the manifest"
    ),
    ("p.csv", "path,prediction,split\na.png,cat,tset\n", "p.csv:2: no split 'tset'"),
    (
      "p.csv", "path,prediction\nb.png,cat\nb.png,cat\n", "p.csv:3: 'b.png' is predicted here and on line 2"
    ),
    (
      "p.csv", "path,prediction,split\na.png,cat,\na.png,cat,test\n",
      "p.csv:3: 'a.png' is predicted here and on line 2"
    ),
    (
      "sub/p.csv", "path,prediction\nsub/c.png,cat\nc.png,dog\n",
      "sub/p.csv:3: 'sub/c.png' is predicted here and on line 2"
    ),
    ("p.csv", "path,prediction\nb.png,1\n", "p.csv:2: no prediction is a label of the dataset; the first is '1'"),
    ("p.csv", "path,prediction\nb.png,\n", "p.csv:2: the prediction is empty"),
    ("p.csv", "path,prediction\n/b.png,cat\n", "p.csv:2: the path '/b.png' is absolute"),
    ("p.csv", "path,prediction\n../b.png,cat\n", "p.csv:2: the path '../b.png' goes up with '..'"),
    ("p.csv", "path,prediction\nb.png\n", "p.csv:2: 1 field where the header has 2"),
    ("p.csv", "path,label\nb.png,cat\n", "p.csv:1: no column for the prediction; there are 'path', 'label'"),
    (
      "p.csv", "image_id,prediction\nb.png,cat\n", "p.csv:1: no column for the path; there are 'image_id', 'prediction'"
    ),
    (
      "p.csv", "path,pred,Pred\nb.png,cat,dog\n", "p.csv:1: two columns could be the prediction: 'pred' and 'Pred'"
    ),
    ("p.csv", "path,prediction\n", "p.csv: the file has no predictions"),
    ("p.csv", "", "p.csv: the file has no predictions"),
    ("p.csv", "path,prediction\n\"b.png,cat\n", "p.csv:2:1: a quote opens here and is never closed"),
    ("p.jsonl", "\n[1]", "p.jsonl:2: a row is an array; it has to be an object"),
    ("p.jsonl", "{\"path\":\"b.png\"}", "p.jsonl:1: no key for the prediction; there are 'path'"),
    (
      "p.jsonl", "{\"path\":\"b.png\",\"pred\":[0.1]}",
      "p.jsonl:1:2: the prediction is an array; it has to be a string or an integer"
    ),
    ("p.jsonl", "{\"path\":\"b.png\"", "p.jsonl:1:16: expected '}'"),
    ("p.json", "[]", "p.json: predictions cannot be read from this kind of file"),
    ("p.txt", "x", "p.txt: the name does not say which format this is"),
  ])
  func `a fault names the file and the line`(name: String, text: String, message: String) throws {
    let fault = try fault("set/" + name, text)
    #expect(fault.description == folder("set/") + message)
    #expect(fault.hint != nil)
  }

  @Test func `a path that means two images is refused`() throws {
    let list = try folder.write(
      "two/list.csv", "path,split,label\na.png,test,cat\nsub/a.png,test,dog\nb.png,train,cat\n")
    let manifest = try Manifest.read([list])
    let file = try folder.write("two/sub/p.csv", "path,prediction\na.png,cat\n")
    let fault = try #require(throws: ManifestError.self) { try Predictions.read(file, for: manifest) }
    #expect(fault.message == "'a.png' is one image from the root and another from the folder of this file")
    #expect(fault.line == 2)
  }

  @Test func `the column of the path may have a name of its own`() throws {
    let file = try folder.write("set/p.csv", "image_id,prediction\nb.png,cat\n")
    let predictions = try Predictions.read(file, for: manifest, pathColumn: "image_id")
    #expect(predictions[1] == .label(1))
    #expect(predictions.rowCount == 1)
  }

  @Test(arguments: ["nothing.csv", "set"])
  func `what is no file of predictions is refused`(name: String) throws {
    let fault = try #require(throws: ManifestError.self) { try Predictions.read(folder(name), for: manifest) }
    #expect(fault.file == folder(name))
    #expect(fault.hint != nil)
  }
}
