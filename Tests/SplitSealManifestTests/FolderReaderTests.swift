import Foundation
import SplitSealManifest
import Testing

/// Folders as datasets: splits, labels, what is passed over, links.
@Suite struct FolderReaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ names: String...) throws {
    for name in names { try folder.write(name, name) }
  }

  @Test func `SPLIT/LABEL/image and SPLIT/image are read in order of bytes`() throws {
    try write(
      "train/dog/b.jpg", "train/dog/a.jpg", "train/cat/deep/er/c.jpg", "train/cat-2/d.jpg", "train/cat/z.jpg",
      "train/loose.jpg", "test/cat/x.jpg", "Test/y.png")
    let manifest = try Manifest.read([folder.path])
    #expect(
      manifest.named == [
        NamedSample(path: "Test/y.png", split: "Test"),
        NamedSample(path: "test/cat/x.jpg", split: "test", label: "cat"),
        NamedSample(path: "train/cat-2/d.jpg", split: "train", label: "cat-2"),
        NamedSample(path: "train/cat/deep/er/c.jpg", split: "train", label: "cat"),
        NamedSample(path: "train/cat/z.jpg", split: "train", label: "cat"),
        NamedSample(path: "train/dog/a.jpg", split: "train", label: "dog"),
        NamedSample(path: "train/dog/b.jpg", split: "train", label: "dog"),
        NamedSample(path: "train/loose.jpg", split: "train"),
      ])
    #expect(manifest.root == folder.path)
    #expect(manifest.inputs == [ManifestInput(path: folder.path, format: .folder)])
  }

  @Test func `SPLIT=FOLDER holds LABEL/image or image, whatever its folders are called`() throws {
    try write("data/test/a.jpg", "data/cat/sub/b.jpg", "data/c.jpg")
    #expect(
      try Manifest.read(["val=\(folder("data"))/"]).named
        == [
          NamedSample(path: "c.jpg", split: "val"),
          NamedSample(path: "cat/sub/b.jpg", split: "val", label: "cat"),
          NamedSample(path: "test/a.jpg", split: "val", label: "test"),
        ].sorted { $0.path < $1.path })
  }

  @Test func `hidden files, texts and tables are passed over and counted`() throws {
    try write(
      "README.md", "LICENSE", ".splitseal/records.jsonl", ".DS_Store", "labels.CSV", "train/.cache/x.jpg",
      "train/a.jpg",
      "train/cat/notes.txt", "train/cat/Thumbs.db", "train/cat/b.JPG", "train/cat/readme")
    let manifest = try Manifest.read([folder.path])
    #expect(manifest.named.map(\.path) == ["train/a.jpg", "train/cat/b.JPG"])
    // A hidden folder counts as one: README, LICENSE, .DS_Store, labels, .cache, notes, Thumbs, readme. What certify writes
    // counts for nothing, so that certifying again says the same.
    #expect(manifest.inputs.map(\.ignoredFileCount) == [8])
  }

  @Test func `every other file is listed, whatever its extension`() throws {
    try write("train/a", "train/b.tiff", "train/c.jpg.part", "train/d.exe", "train/e.", "train/x.mp4")
    #expect(
      try Manifest.read([folder.path]).named.map(\.path) == [
        "train/a", "train/b.tiff", "train/c.jpg.part", "train/d.exe", "train/e.", "train/x.mp4",
      ])
  }

  @Test func `a pipe is listed like a file`() throws {
    try write("train/a.jpg")
    try folder.makePipe("train/pipe.jpg")
    #expect(try Manifest.read([folder.path]).named.map(\.path) == ["train/a.jpg", "train/pipe.jpg"])
  }

  @Test func `a folder that is no split is an error when it holds files`() throws {
    try write("train/a.jpg", "extras/deep/b.jpg")
    let error = failure(of: [folder("")], in: folder)
    #expect(error.code == .unknownSplit)
    #expect(error.text.hasSuffix(": unknown split 'extras', which holds 'extras/deep/b.jpg'"))
    #expect(error.hint?.contains("--role 'extras=ROLE' (training, validation, test or other)") == true)
    let manifest = try Manifest.read([folder.path], options: options { $0.roles = ["extras": .other] })
    #expect(manifest.splits.map(\.role) == [.other, .training])
  }

  @Test func `a folder that is no split and holds no images is passed over`() throws {
    try write("train/a.jpg", "annotations/train.json", "annotations/more/test.xml")
    try folder.makeFolder("empty")
    let manifest = try Manifest.read([folder.path])
    #expect(manifest.samples.count == 1)
    #expect(manifest.inputs.map(\.ignoredFileCount) == [2])
  }

  @Test func `an image beside the splits is an error`() throws {
    try write("data/train/a.jpg", "data/stray.jpg")
    let error = failure(of: [folder("data")], in: folder)
    #expect(error.code == .unknownSplit)
    #expect(error.text == "data: 'stray.jpg' is in no split")
    #expect(error.hint == "move it into the folder of a split, or out of the dataset")
  }

  @Test func `a folder without splits is an error that says how to name one`() throws {
    try write("data/cat/a.jpg", "data/dog/b.jpg")
    let error = failure(of: [folder("data")], in: folder)
    #expect(error.code == .unknownSplit)
    #expect(error.text == "data: no folder in it is a known split ('cat', 'dog')")
    #expect(
      error.hint == "if the folder is one split, say which: train=data; if its folders are splits, "
        + "give their roles: --role NAME=ROLE (training, validation, test or other)")
    try write("flat/a.jpg")
    #expect(failure(of: [folder("flat")], in: folder).text == "flat: no folder in it is a known split")
    for index in 0..<9 { try write("many/class\(index)/a.jpg") }
    #expect(
      failure(of: [folder("many")], in: folder).text
        == "many: no folder in it is a known split ('class0', 'class1', 'class2', 'class3', 'class4' and 4 more)")
  }

  @Test func `a folder without images is an error`() throws {
    try folder.makeFolder("void")
    #expect(failure(of: [folder("void")], in: folder).text == "void: no images in the folder")
    #expect(failure(of: [folder("void")], in: folder).code == .empty)
    try write("texts/train/a.txt", "texts/train/b/c.md")
    let error = failure(of: [folder("texts")], in: folder)
    #expect(error.code == .empty)
    #expect(error.text == "texts: no images in the folder; 2 files were passed over")
    #expect(error.hint == "hidden files, texts, tables and archives are not taken for images")
    #expect(
      failure(of: ["train=\(folder("texts/train/b"))"], in: folder).text
        == "texts/train/b: no images in the folder; 1 file was passed over")
  }

  @Test(arguments: [
    ("a\nb.jpg", "data: the path 'train/a\\u{a}b.jpg' has a control character"),
    ("a\\b.jpg", "data: the path 'train/a\\b.jpg' has a backslash"),
  ])
  func `a file name that no manifest could hold is an error`(name: String, message: String) throws {
    try write("data/train/\(name)")
    let error = failure(of: [folder("data")], in: folder)
    #expect(error.code == .invalidPath)
    #expect(error.text == message)
  }

  #if os(Linux)
    @Test func `a file name that is not UTF-8 is an error`() throws {
      try folder.makeFolder("data/train")
      let name = Array(folder("data/train/caf").utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
      let descriptor = unsafe name.withUnsafeBufferPointer { unsafe $0.baseAddress.map { unsafe creat($0, 0o600) } }
      close(try #require(descriptor))
      let error = failure(of: [folder("data")], in: folder)
      #expect(error.code == .invalidUTF8)
      #expect(error.text == "data/train: the name 'caf\u{FFFD}' is not valid UTF-8")
    }
  #endif

  @Test func `folders nested too deep are refused`() throws {
    try write("data/train/" + String(repeating: "d/", count: 63) + "a.jpg")
    let error = failure(of: [folder("data")], in: folder)
    #expect(error.code == .tooLarge)
    #expect(
      error.text == "data/train/" + String(repeating: "d/", count: 62) + "d: folders are nested more than 64 deep")
    try write("fine/train/" + String(repeating: "d/", count: 62) + "a.jpg")
    #expect(try Manifest.read([folder("fine")]).samples.count == 1)
  }

  @Test func `links to folders inside are walked wherever they stand`() throws {
    try write("data/train/cat/a.jpg", "data/train/dog/b.jpg")
    try folder.link("data/val", to: "train")
    try folder.link("data/test/cat", to: "../train/cat")
    #expect(
      try Manifest.read([folder("data")]).named == [
        NamedSample(path: "test/cat/a.jpg", split: "test", label: "cat"),
        NamedSample(path: "train/cat/a.jpg", split: "train", label: "cat"),
        NamedSample(path: "train/dog/b.jpg", split: "train", label: "dog"),
        NamedSample(path: "val/cat/a.jpg", split: "val", label: "cat"),
        NamedSample(path: "val/dog/b.jpg", split: "val", label: "dog"),
      ])
  }

  @Test func `links that go round in circles end and are counted`() throws {
    try write("data/train/cat/a.jpg", "data/test/b.jpg")
    try folder.link("data/train/cat/up", to: "..")
    try folder.link("data/train/cat/self", to: ".")
    try folder.link("data/test/root", to: "..")
    let manifest = try Manifest.read([folder("data")])
    #expect(manifest.named.map(\.path) == ["test/b.jpg", "train/cat/a.jpg"])
    #expect(manifest.inputs.map(\.ignoredFileCount) == [3])
  }

  @Test func `two folders that link to each other end`() throws {
    try write("data/train/a/1.jpg", "data/train/b/2.jpg")
    try folder.link("data/train/a/to-b", to: "../b")
    try folder.link("data/train/b/to-a", to: "../a")
    #expect(
      try Manifest.read([folder("data")]).named.map(\.path) == [
        "train/a/1.jpg", "train/a/to-b/2.jpg", "train/b/2.jpg", "train/b/to-a/1.jpg",
      ])
  }

  @Test func `a link to a folder outside is refused`() throws {
    try write("data/train/a.jpg", "other/b.jpg")
    try folder.link("data/train/x", to: "../../other")
    let error = failure(of: [folder("data")], in: folder)
    #expect(error.code == .pathLeavesRoot)
    #expect(error.text == "data: 'train/x' is a link to 'other', outside the root 'data'")
    #expect(error.hint == "put the file itself there, or give a root that holds both with --root")
    // The same link is inside a wider root.
    let manifest = try Manifest.read([folder("data")], options: options { $0.root = folder.path })
    #expect(manifest.named.map(\.path) == ["data/train/a.jpg", "data/train/x/b.jpg"])
  }

  @Test func `links to files, and links to nothing, are listed`() throws {
    try write("data/train/a.jpg", "outside.jpg")
    try folder.link("data/train/b.jpg", to: "a.jpg")
    try folder.link("data/train/c.jpg", to: "nothing")
    try folder.link("data/train/d.jpg", to: "../../outside.jpg")
    let manifest = try Manifest.read([folder("data")])
    #expect(manifest.named.map(\.path) == ["train/a.jpg", "train/b.jpg", "train/c.jpg", "train/d.jpg"])
    let error = #expect(throws: ManifestError.self) { try manifest.checkLinks() }
    #expect(error?.code == .pathLeavesRoot)
  }
}
