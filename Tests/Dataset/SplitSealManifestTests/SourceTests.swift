import SplitSealBase
import Foundation
import SplitSealManifest
import SplitSealTestSupport
import Testing

/// Inputs of the command line: formats, `SPLIT=PATH`, roots, roles.
@Suite struct SourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `several inputs become one manifest in the order given`() throws {
    try folder.write("lists/test.csv", "path,label\nx.jpg,cat\n")
    try folder.write("lists/train.jsonl", #"{"path": "y.jpg", "label": "ant"}"#)
    try folder.write("images/val/dog/z.jpg", "z")
    let manifest = try Manifest.read([
      "test=\(folder("lists/test.csv"))", "train=\(folder("lists/train.jsonl"))", folder("images"),
    ])
    #expect(manifest.root == folder.path)
    #expect(
      manifest.named == [
        NamedSample(path: "lists/x.jpg", split: "test", label: "cat", line: 2),
        NamedSample(path: "lists/y.jpg", split: "train", label: "ant", line: 1),
        NamedSample(path: "images/val/dog/z.jpg", split: "val", label: "dog"),
      ])
    #expect(manifest.splits.map(\.name) == ["test", "train", "val"])
    #expect(manifest.labels == ["ant", "cat", "dog"])
    #expect(manifest.samples.map(\.input) == [0, 1, 2])
    #expect(manifest.inputs.map(\.path) == [folder("lists/test.csv"), folder("lists/train.jsonl"), folder("images")])
    #expect(manifest.inputs.map(\.format) == [.csv, .jsonLines, .folder])
  }

  @Test func `the root is the deepest folder that holds all inputs`() throws {
    try folder.write("ab/x/a.csv", "path\na\n")
    try folder.write("abc/b.csv", "path\nb\n")
    let one = try Manifest.read(["train=\(folder("ab/x/a.csv"))"])
    #expect(one.root == folder("ab/x"))
    #expect(one.samples.map(\.path) == ["a"])
    // 'ab' and 'abc' share letters, not a folder.
    let two = try Manifest.read(["train=\(folder("ab/x/a.csv"))", "test=\(folder("abc/b.csv"))"])
    #expect(two.root == folder.path)
    #expect(two.samples.map(\.path) == ["ab/x/a", "abc/b"])
  }

  @Test func `with a root every manifest starts there and folders stay below it`() throws {
    try folder.write("lists/a.csv", "path,split\ncat/a.jpg,train\n")
    try folder.write("data/test/cat/b.jpg", "b")
    let options = options { $0.root = folder("data/../data/") }
    let manifest = try Manifest.read([folder("lists/a.csv"), "test=\(folder("data/test"))"], options: options)
    #expect(manifest.root == folder("data"))
    #expect(
      manifest.named == [
        NamedSample(path: "cat/a.jpg", split: "train", line: 2),
        NamedSample(path: "test/cat/b.jpg", split: "test", label: "cat"),
      ])
  }

  @Test func `a folder outside the root is refused`() throws {
    try folder.write("data/train/a.jpg", "a")
    try folder.write("data2/test/b.jpg", "b")
    let error = failure(of: [folder("data2")], options { $0.root = folder("data") }, in: folder)
    #expect(error.code == .pathLeavesRoot)
    #expect(error.text == "data2: the folder is not inside the root 'data'")
    #expect(error.hint == "give a root that holds it with --root, or none")
  }

  @Test func `a root that is missing or a file is refused`() throws {
    let file = try folder.write("a.csv", "path,split\na,train\n")
    let missing = failure(of: [file], options { $0.root = folder("nowhere") }, in: folder)
    #expect(missing.code == .notFound)
    #expect(missing.text == "nowhere: the root cannot be read: no such file or folder")
    let notAFolder = failure(of: [file], options { $0.root = file }, in: folder)
    #expect(notAFolder.code == .unreadable)
    #expect(notAFolder.text == "a.csv: the root is not a folder")
  }

  @Test func `the manifest's folder is that of its name, not that of a link's target`() throws {
    try folder.write("store/blob.csv", "path,split\na.jpg,train\n")
    try folder.link("data/list.csv", to: "../store/blob.csv")
    #expect(try Manifest.read([folder("data/list.csv")]).root == folder("data"))
  }

  @Test func `a file with an equals sign in its name is read with its folder before it`() throws {
    try folder.write("train=x.csv", "path,split\na,test\n")
    #expect(try Manifest.read([folder("train=x.csv")]).named == [NamedSample(path: "a", split: "test", line: 2)])
  }

  @Test func `SPLIT= gives the split where the column is absent, empty or the same`() throws {
    let without = try folder.write("a.csv", "path\na\n")
    let with = try folder.write("b.csv", "path,split\nb,test\nc,\n")
    let manifest = try Manifest.read(["train=\(without)", "test=\(with)"])
    #expect(manifest.named.map(\.split) == ["train", "test", "test"])
  }

  @Test func `SPLIT= that a row contradicts is an error`() throws {
    let file = try folder.write("a.csv", "path,split\na,train\nb,test\n")
    let error = failure(of: ["train=\(file)"], in: folder)
    #expect(error.code == .conflictingSplit)
    #expect(error.text == "a.csv:3:2: the split is 'test' here and 'train' on the command line")
    #expect(error.hint == "give the file without 'train=', or correct the column")
    let spelling = failure(of: ["Test=\(try folder.write("b.csv", "path,split\na,test\n"))"], in: folder)
    #expect(spelling.text == "b.csv:2:2: the split is 'test' here and 'Test' on the command line")
  }

  @Test(arguments: [
    ("train", SplitRole.training), ("TRAINING", .training), ("val", .validation), ("valid", .validation),
    ("Validation", .validation), ("dev", .validation), ("test", .test), ("Testing", .test), ("eval", .test),
    ("evaluation", .test),
  ])
  func `the field's usual names need no role`(name: String, role: SplitRole) throws {
    let file = try folder.write("a.csv", "path,split\na,\(name)\n")
    #expect(try Manifest.read([file]).splits == [Split(name: name, role: role)])
  }

  @Test func `roles are given to other names, and win over the usual ones`() throws {
    let file = try folder.write("a.csv", "path,split\na,fold-1\nb,dev\nc,extra\n")
    let options = options { $0.roles = ["fold-1": .training, "dev": .test, "extra": .other] }
    #expect(
      try Manifest.read([file], options: options).splits == [
        Split(name: "fold-1", role: .training), Split(name: "dev", role: .test), Split(name: "extra", role: .other),
      ])
  }

  @Test func `roles of names that differ only in normalisation are kept apart`() throws {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    let file = try folder.write("a.csv", "path,split\na,\(composed)\nb,\(decomposed)\n")
    let options = options { $0.roles = [composed: .training, decomposed: .test] }
    #expect(options.roles.names.map { Array($0.utf8) } == [decomposed, composed].map { Array($0.utf8) })
    #expect(try Manifest.read([file], options: options).splits.map(\.role) == [.training, .test])
  }

  @Test func `two spellings are two splits`() throws {
    let file = try folder.write("a.csv", "path,split\na,train\nb,Train\nc,train\n")
    let manifest = try Manifest.read([file])
    #expect(manifest.splits.map(\.name) == ["train", "Train"])
    #expect(manifest.samples.map(\.split) == [0, 1, 0])
  }

  @Test func `an unknown split lists the names that are known and the flag for others`() throws {
    let file = try folder.write("a.csv", "path\na\n")
    let error = failure(of: ["holdout=\(file)"], options { $0.roles = ["z": .test, "b": .other] }, in: folder)
    #expect(error.code == .unknownSplit)
    #expect(error.text == "a.csv: unknown split 'holdout'")
    #expect(
      error.hint == "known are train, training, val, valid, validation, dev, test, testing, eval, evaluation, b, z; "
        + "say what another is for with --role 'holdout=ROLE' (training, validation, test or other)")
  }

  @Test func `no input at all is an error`() throws {
    let error = failure(of: [], in: folder)
    #expect(error.code == .empty)
    #expect(error.text == "command line: no input is named")
    #expect(error.hint == "an input is a manifest, a folder, or SPLIT=PATH of either")
  }

  @Test(arguments: ["nothing.csv", "a.csv/b.csv", "nowhere/a.csv", "train="])
  func `an input that is not there is an error`(name: String) throws {
    try folder.write("a.csv", "path,split\na,train\n")
    let error = failure(of: [name == "train=" ? name : folder(name)], in: folder)
    #expect(error.code == .notFound)
    let reasons = [
      "a.csv/b.csv": "a.csv/b.csv: a part of its path is a file", "train=": "'': the path is empty",
    ]
    #expect(error.text == reasons[name] ?? "\(name): no such file or folder")
    #expect(error.hint == "an input is a manifest, a folder, or SPLIT=PATH of either")
  }

  @Test(arguments: [
    ("a.xlsx", "a.xlsx: the name does not say which format this is"),
    ("csv", "csv: the name does not say which format this is"),
    (".csv", ".csv: the name does not say which format this is"),
    ("a.csv.gz", "a.csv.gz: a compressed file is not a manifest"),
    ("a.zip", "a.zip: a compressed file is not a manifest"),
  ])
  func `a file of another kind is an error`(name: String, message: String) throws {
    let error = failure(of: [try folder.write(name, "path,split\na,train\n")], in: folder)
    #expect(error.code == .unknownFormat)
    #expect(error.text == message)
    #expect(error.hint != nil)
  }

  @Test func `a pipe named like a manifest is refused and does not block`() throws {
    try folder.makePipe("a.csv")
    let error = failure(of: [folder("a.csv")], in: folder)
    #expect(error.code == .unreadable)
    #expect(error.text == "a.csv: it is neither a file nor a folder")
  }

  @Test func `a manifest of more than 4 GiB is refused without being read`() throws {
    let file = try folder.write("a.csv", "path,split\na,train\n")
    // A hole: no disk is used.
    try folder.setSize("a.csv", to: (4 << 30) + 1)
    let error = failure(of: [file], in: folder)
    #expect(error.code == .tooLarge)
    #expect(error.text == "a.csv: the manifest has more than 4 GiB")
    #expect(error.hint == "divide it and give the parts as several inputs")
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func `a manifest that may not be read is an error`() throws {
    let file = try folder.write("a.csv", "path,split\na,train\n")
    try folder.forbid("a.csv")
    let error = failure(of: [file], in: folder)
    #expect(error.code == .unreadable)
    #expect(error.text == "a.csv: cannot be read: permission denied")
  }
}
