import Foundation
import SplitSealManifest
import SplitSealTestSupport
import Testing

/// Folders as people send them: YOLO and Roboflow, tables among the images, what systems leave behind.
@Suite struct FolderLayoutTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ names: String...) throws {
    for name in names { try folder.write(name, name) }
  }

  private func read(_ options: ManifestOptions = ManifestOptions()) throws -> Manifest {
    try Manifest.read([folder.path], options: options)
  }

  // MARK: Folders that are no classes

  @Test func `images and labels below a split are no classes`() throws {
    try write(
      "train/images/a.jpg", "train/images/cat/b.jpg", "train/labels/a.txt", "train/masks/a.png", "test/images/c.jpg",
      "train/labels.cache", "data.yaml")
    let manifest = try read()
    #expect(
      manifest.named == [
        NamedSample(path: "test/images/c.jpg", split: "test"), NamedSample(path: "train/images/a.jpg", split: "train"),
        NamedSample(path: "train/images/cat/b.jpg", split: "train", label: "cat"),
      ])
    #expect(manifest.inputs.map(\.ignoredNames) == [["labels.cache", "data.yaml", "labels/", "masks/"]])
    #expect(
      try Manifest.read(["val=\(folder("train"))"]).named.map(\.label) == [nil, "cat"])
  }

  @Test func `a class may be called mask where there is no folder of images`() throws {
    try write("train/mask/a.jpg", "train/no_mask/b.jpg")
    #expect(try read().labels == ["mask", "no_mask"])
  }

  @Test func `images that hold the splits are the dataset`() throws {
    try write(
      "images/train/a.jpg", "images/val/cat/b.jpg", "labels/train/a.txt", "labels/val.cache", "masks/train/a.png",
      "extra/c.jpg", "data.yaml", "cover.jpg")
    let manifest = try read()
    #expect(
      manifest.named == [
        NamedSample(path: "images/train/a.jpg", split: "train"),
        NamedSample(path: "images/val/cat/b.jpg", split: "val", label: "cat"),
      ])
    #expect(
      manifest.inputs.map(\.ignoredNames) == [["cover.jpg", "data.yaml", "extra/", "labels/", "masks/"]])
  }

  @Test(arguments: [
    "train2017", "train_images", "images-train", "TrainSet", "training set", "Train Data", "trainset",
    "train-images-2019",
  ])
  func `years and additions to the name of a split do not matter`(name: String) throws {
    try write("\(name)/a.jpg")
    #expect(try read().splits == [Split(name: name, role: .training)])
  }

  @Test(arguments: ["trainval", "train1", "pretrain", "train_test", "images", "2017", "train_labels", "contest"])
  func `other names are not taken for splits`(name: String) { #expect(SplitRole(splitName: name) == nil) }

  @Test func `masks beside the splits are passed over`() throws {
    try write("train_images/a.jpg", "train_masks/a.png", "test_images/b.jpg", "annotations/c.png")
    let manifest = try read()
    #expect(manifest.named.map(\.path) == ["test_images/b.jpg", "train_images/a.jpg"])
    #expect(manifest.inputs.map(\.ignoredNames) == [["annotations/", "train_masks/"]])
  }

  @Test func `a folder around the splits is named with the splits in it`() throws {
    try write("data/set-1/train/a.jpg", "data/set-1/test/b.jpg", "data/readme.md")
    let error = failure(of: [folder("data")], in: folder)
    #expect(error.text == "data: no folder in it is a known split ('set-1')")
    #expect(error.hint == "its folder 'set-1' holds 'test', 'train': give data/set-1")
  }

  // MARK: Tables among the images

  @Test func `a table in each split gives labels and groups`() throws {
    try write("train/a.jpg", "train/sub/b.jpg", "test/c.jpg", "test/d.jpg")
    try folder.write("train/metadata.csv", "file_name,label,patient_id\nsub/b.jpg,dog,p1\na.jpg,cat,p2\n")
    try folder.write("test/metadata.jsonl", #"{"file_name": "c.jpg", "label": "cat", "patient_id": "p1"}"#)
    let manifest = try read()
    #expect(
      manifest.named == [
        NamedSample(path: "test/c.jpg", split: "test", label: "cat", group: "p1"),
        NamedSample(path: "test/d.jpg", split: "test"),
        NamedSample(path: "train/a.jpg", split: "train", label: "cat", group: "p2"),
        NamedSample(path: "train/sub/b.jpg", split: "train", label: "dog", group: "p1"),
      ])
    #expect(manifest.inputs.map(\.ignoredFileCount) == [0])
    #expect(
      try Manifest.read(["val=\(folder("train"))"]).named.map(\.label) == ["cat", "dog"])
  }

  @Test func `the deepest table counts, and what it does not name keeps the label of its folder`() throws {
    try write("train/a.jpg", "test/b.jpg", "test/cat/c.jpg")
    try folder.write("metadata.csv", "file_name,label\ntrain/a.jpg,outer\ntest/b.jpg,outer\n")
    try folder.write("train/metadata.csv", "file_name,label\na.jpg,inner\n")
    #expect(
      try read().named == [
        NamedSample(path: "test/b.jpg", split: "test", label: "outer"),
        NamedSample(path: "test/cat/c.jpg", split: "test", label: "cat"),
        NamedSample(path: "train/a.jpg", split: "train", label: "inner"),
      ])
  }

  @Test func `several rows of an image are several labels`() throws {
    try write("train/a.jpg", "train/b.jpg")
    try folder.write("train/metadata.csv", "file_name,label\na.jpg,cat\nb.jpg,dog\na.jpg,dog\n")
    #expect(try read().named.map(\.label) == ["cat", "dog", "dog"])
    #expect(try read().named.map(\.path) == ["train/a.jpg", "train/a.jpg", "train/b.jpg"])
  }

  @Test func `an image that a table names and no folder holds is listed, so that it is missing`() throws {
    try write("train/a.jpg")
    try folder.write("train/metadata.csv", "file_name,label\na.jpg,cat\nb.jpg,dog\n")
    try folder.write("metadata.csv", "file_name\ntrain/c.jpg\nother/d.jpg\n")
    let manifest = try read()
    #expect(Set(manifest.named.map(\.path)) == ["train/a.jpg", "train/b.jpg", "train/c.jpg"])
    #expect(manifest.inputs.flatMap(\.notes) == ["1 row of a table names no image in a split"])
  }

  @Test func `a table beside folders without splits is the manifest, where it says the splits`() throws {
    try write("images/a.jpg", "images/b.jpg", "images/c.jpg")
    try folder.write(
      "metadata.csv", "file_name,split,label\nimages/b.jpg,test,dog\nimages/a.jpg,train,cat\n")
    let manifest = try read()
    #expect(
      manifest.named == [
        NamedSample(path: "images/b.jpg", split: "test", label: "dog", line: 2),
        NamedSample(path: "images/a.jpg", split: "train", label: "cat", line: 3),
      ])
    #expect(manifest.inputs.map(\.format) == [.csv])
    #expect(manifest.inputs.first?.notes.first?.hasPrefix("'images/c.jpg': in no row of ") == true)
  }

  @Test func `a table that says another split than the folder is refused`() throws {
    try write("data/train/a.jpg")
    try folder.write("data/train/metadata.csv", "file_name,split\na.jpg,test\n")
    let error = failure(of: [folder("data")], in: folder)
    #expect(error.code == .conflictingSplit)
    #expect(error.text == "data/train/metadata.csv:2:2: 'train/a.jpg' is in 'train', and its row says 'test'")
    try folder.write("data/train/metadata.csv", "file_name,split\na.jpg,training\n")
    #expect(try Manifest.read([folder("data")]).samples.count == 1)
  }

  @Test func `a table about something else is passed over and named`() throws {
    try write("train/a.jpg")
    try folder.write("train/metadata.csv", "camera,year\nx,2020\n")
    let manifest = try read()
    #expect(manifest.samples.count == 1)
    #expect(manifest.inputs.map(\.ignoredNames) == [["metadata.csv"]])
    #expect(
      manifest.inputs.flatMap(\.notes) == [
        "train/metadata.csv was not read: no column 'path', 'file', 'file_name', 'image' or 'filename'; there are "
          + "'camera', 'year'"
      ])
  }

  // MARK: Files that are no pictures

  @Test(arguments: [
    "labels.cache", "_darknet.labels", "a.jpg:Zone.Identifier", "a.jpg:com.apple.quarantine", "Thumbs.db",
    "ehthumbs.db",
    "desktop.ini", "a.xmp", "a.jpg.aux.xml", "a.jgw", "clip.mp4", "clip.MOV", "Icon\r", "~$labels.xlsx", "a.jpg~",
    "a.jpg.part", "a.jpg.crdownload", "a.jpg.bak", "archive.zip:Zone.Identifier", "._a.jpg", ".DS_Store", "a.jpg.tmp",
    "sound.wav", "classes.names", "a.aae", "a.tfw", "weights.safetensors",
  ])
  func `what systems and programs leave is passed over and named`(name: String) throws {
    try write("train/a.jpg", "train/cat/\(name)", name)
    let manifest = try read()
    #expect(manifest.named.map(\.path) == ["train/a.jpg"])
    #expect(manifest.inputs.map(\.ignoredFileCount) == [2])
    #expect(manifest.inputs.flatMap(\.ignoredNames).count == 1)
    #expect(manifest.inputs.flatMap(\.notes) == [])
  }

  @Test(arguments: [
    "__MACOSX", "System Volume Information", "$RECYCLE.BIN", "@eaDir", "lost+found", "__pycache__", ".Trashes",
  ])
  func `folders of systems are passed over with what is in them`(name: String) throws {
    try write("train/a.jpg", "train/cat/\(name)/a.jpg/thumb.jpg", "\(name)/x.jpg")
    let manifest = try read()
    #expect(manifest.named.map(\.path) == ["train/a.jpg"])
    #expect(manifest.inputs.map(\.ignoredNames) == [["\(name)/ (2)"]])
  }

  @Test func `files of one kind are counted together, the most frequent first`() throws {
    try write(
      "train/a.jpg", "train/a.txt", "train/b.txt", "train/c.TXT", "train/._a.jpg", "train/._b.jpg", "train/notes.pdf")
    #expect(try read().inputs.map(\.ignoredNames) == [["*.txt (3)", "._* (2)", "notes.pdf"]])
  }

  @Test func `images whose names hold a colon or a tilde are images`() throws {
    try write("train/12:30.jpg", "train/~a.jpg", "train/a~1.png", "train/2024-01-01 10:00:00.5.jpeg")
    #expect(try read().samples.count == 4)
  }

  @Test func `a folder that cannot be listed is one image that cannot be read`() throws {
    try write("train/a.jpg", "train/cat/b.jpg")
    try folder.forbid("train/cat")
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder("train/cat")) }
    // Who may read everything is not kept out.
    let isForbidden = (try? FileManager.default.contentsOfDirectory(atPath: folder("train/cat"))) == nil
    #expect(try read().named.map(\.path) == ["train/a.jpg", isForbidden ? "train/cat" : "train/cat/b.jpg"])
  }

  // MARK: --exclude

  private func excluding(_ patterns: String...) throws -> Manifest {
    try read(options { $0.excludedPatterns = patterns })
  }

  @Test func `patterns leave out files and folders, by name or by path`() throws {
    try write("train/a.jpg", "train/a_mask.png", "train/old/b.jpg", "test/old/c.jpg", "test/d.jpg")
    let names = try excluding("*_mask.png", "old")
    #expect(names.named.map(\.path) == ["test/d.jpg", "train/a.jpg"])
    #expect(names.inputs.map(\.ignoredNames) == [["old/ (2)", "a_mask.png"]])
    #expect(try excluding("train/old/").named.map(\.path).count == 4)
    #expect(try excluding("/test/*", "*.png").named.map(\.path) == ["train/a.jpg", "train/old/b.jpg"])
    #expect(try excluding("nothing", "TRAIN").named.count == 5)
  }

  @Test func `rows of tables are left out as well, and counted`() throws {
    let file = try folder.write(
      "a.csv", "path,split\nx/old/a.jpg,train\nx/b.jpg,train\nx/c_mask.png,train\nx/d.jpg,holdout\n")
    let manifest = try Manifest.read([file], options: options { $0.excludedPatterns = ["old", "*_mask.*", "x/d*"] })
    #expect(manifest.named == [NamedSample(path: "x/b.jpg", split: "train", line: 3)])
    #expect(manifest.inputs.flatMap(\.notes) == ["3 rows are left out by --exclude"])
    let all = failure(of: [file], options { $0.excludedPatterns = ["*"] }, in: folder)
    #expect(all.text == "command line: --exclude leaves every row out")
  }

  @Test func `missing images that a table names are left out too`() throws {
    try write("train/a.jpg")
    try folder.write("train/metadata.csv", "file_name\na.jpg\nb.jpg\n")
    #expect(try excluding("b.*").named.map(\.path) == ["train/a.jpg"])
  }
}
