import Foundation
import SplitSealManifest
import SplitSealTestSupport
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
    try write("train/a", "train/b.tiff", "train/c.jpg_large", "train/d.raw", "train/e.", "train/f.jpg?w=500")
    #expect(
      try Manifest.read([folder.path]).named.map(\.path) == [
        "train/a", "train/b.tiff", "train/c.jpg_large", "train/d.raw", "train/e.", "train/f.jpg?w=500",
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
    #expect(manifest.inputs.map(\.ignoredNames) == [["annotations/"]])
  }

  @Test func `an image beside the splits is left out and named`() throws {
    try write("data/train/a.jpg", "data/stray.jpg")
    let manifest = try Manifest.read([folder("data")])
    #expect(manifest.named.map(\.path) == ["train/a.jpg"])
    #expect(manifest.inputs.map(\.ignoredNames) == [["stray.jpg"]])
    #expect(manifest.inputs.flatMap(\.notes) == ["'stray.jpg': in no split, so not audited"])
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

  /// Why the only image of a split cannot be read.
  private func faultOfOnlyImage() throws -> DatasetFileFault? {
    let manifest = try Manifest.read([folder("data")])
    let sample = try #require(manifest.samples.first)
    #expect(manifest.samples.count == 1)
    var bytes: [UInt8] = []
    return #expect(throws: DatasetFileFault.self) {
      try DatasetDirectory(manifest.root).read(sample.path, into: &bytes, maximumByteCount: 1000)
    }
  }

  @Test(arguments: [
    ("a\nb.jpg", "its name has a control character: rename it"), ("a\\b.jpg", "its name has a backslash: rename it"),
  ])
  func `a file name that no manifest could hold is an image that cannot be read`(name: String, reason: String) throws {
    try write("data/train/\(name)")
    #expect(try faultOfOnlyImage() == .unreadable(reason: reason))
  }

  #if os(Linux)
    /// Makes a file whose name ends with a byte that is not UTF-8.
    private func makeUnnameable(_ start: String) throws {
      let name = Array(folder(start).utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
      let descriptor = unsafe name.withUnsafeBufferPointer { unsafe $0.baseAddress.map { unsafe creat($0, 0o600) } }
      close(try #require(descriptor))
    }

    @Test func `a file name that is not UTF-8 is an image that cannot be read, and others are`() throws {
      try folder.makeFolder("data/train/cat")
      try makeUnnameable("data/train/cat/caf")
      #expect(
        try faultOfOnlyImage()
          == .unreadable(reason: "its name is not valid UTF-8 (\\x stands for such a byte): rename it"))
      try makeUnnameable("data/train/cat/the")
      try write("data/train/cat/a.jpg")
      #expect(
        try Manifest.read([folder("data")]).named
          == ["a.jpg", "caf\\xE9", "the\\xE9"].map {
            NamedSample(path: "train/cat/\($0)", split: "train", label: "cat")
          })
    }

    @Test func `a folder name that is not UTF-8 costs what is in it, beside the splits and within`() throws {
      try write("data/train/a.jpg")
      for start in ["data/train/x", "data/y"] {
        let name = Array(folder(start).utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
        let made = unsafe name.withUnsafeBufferPointer { unsafe $0.baseAddress.map { unsafe mkdir($0, 0o700) } }
        try #require(made == 0)
      }
      let manifest = try Manifest.read([folder("data")])
      #expect(manifest.named.map(\.path) == ["train/a.jpg", "train/x\\xE9"])
      #expect(manifest.inputs.flatMap(\.notes) == ["'y\\xE9': in no split, so not audited"])
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
