import SplitSealBase
import SplitSealTestSupport
import Testing

@testable import SplitSealManifest

/// The catalogue of layouts, and what derives from it.
@Suite struct ManifestLayoutsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func layout(_ name: String, _ text: String) throws -> String {
    try ManifestLayouts.layout(of: LayoutCandidate(try folder.write(name, text), isFolder: false)).name
  }

  @Test func `names and numbers stay as reports and shards have them`() {
    #expect(
      ManifestLayouts.all.map { "\($0.wireCode) \($0.name)" }
        == ["0 csv", "1 tsv", "2 jsonl", "3 json", "4 folder", "5 croissant"])
    #expect(Set(ManifestLayouts.all.map(\.wireCode)).count == ManifestLayouts.all.count)
    #expect(Set(ManifestLayouts.all.map(\.name)).count == ManifestLayouts.all.count)
    #expect(Set(ManifestLayouts.all.map(\.title)).count == ManifestLayouts.all.count)
  }

  @Test func `certificates state the media types that they always did`() {
    #expect(
      ManifestInput.Format.allCases.map(\.mediaType) == [
        "text/csv", "text/tab-separated-values", "application/x-ndjson", "application/json", nil, nil,
      ])
  }

  @Test func `only folders and what lists them count ignored files`() {
    #expect(ManifestInput.Format.allCases.filter(\.listsFolders) == [.folder, .croissant])
  }

  @Test(arguments: [
    ("a.csv", "x", "csv"), ("A.CSV", "x", "csv"), ("a.tsv", "x", "tsv"), ("a.jsonl", "x", "jsonl"),
    ("a.NDJSON", "x", "jsonl"), ("a.json", "[]", "json"), ("a.json", "", "json"), ("a.json", "x{", "json"),
    ("a.json", "{}", "croissant"), ("a.json", " \r\n\t{", "croissant"), ("a.json", "\u{FEFF} {", "croissant"),
    ("a.jsonl", "{}", "jsonl"),
  ])
  func `a file has the layout that its name and its first character say`(
    name: String, text: String, layout: String
  ) throws {
    #expect(try self.layout(name, text) == layout)
  }

  @Test func `an object in UTF-16 is one too, even if the part that is looked at ends within a character`() throws {
    for text in ["{}", "{ " + String(repeating: "\u{1F600}", count: 20_000) + "}"] {
      var bytes: [UInt8] = [0xFF, 0xFE]
      for unit in text.utf16 { bytes += [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)] }
      let path = try folder.write("a.json", bytes)
      #expect(try ManifestLayouts.layout(of: LayoutCandidate(path, isFolder: false)).name == "croissant")
    }
  }

  @Test func `the context of a Croissant file makes its layout certain`() throws {
    func confidence(_ text: String) throws -> LayoutConfidence? {
      CroissantLayout().recognises(LayoutCandidate(try folder.write("a.json", text), isFolder: false))
    }
    #expect(try confidence(#"{"@context": {}}"#) == .certain)
    #expect(try confidence(#"{"images": []}"#) == .possible)
    #expect(try confidence("[]") == nil)
  }

  /// A layout that knows a folder by a name in it, or any file by its ending.
  private struct Fake: ManifestLayout {
    var name: String
    var title: String { "the \(name) layout" }
    var wireCode: UInt8 { 200 }
    var fileExtensions: [String] = []
    var takesFolders: Bool { true }
    var summary: String { "for a test" }
    var mark: String?
    var confidence = LayoutConfidence.likely

    func recognises(_ candidate: LayoutCandidate) -> LayoutConfidence? {
      guard candidate.isFolder else { return fileExtensions.contains(candidate.fileExtension) ? confidence : nil }
      return mark.map { candidate.holds($0) } == true ? confidence : nil
    }

    func read(
      _ source: ManifestSource, options: ManifestOptions, root: String, into builder: inout ManifestBuilder
    ) throws(ManifestError) -> ManifestInput {
      throw ManifestError(.unreadable, "a layout of a test reads nothing", file: source.path)
    }

    var editing: LayoutEditing { .asNewTable }
  }

  private func result(_ layouts: [any ManifestLayout], of path: String, isFolder: Bool = true) -> String {
    do {
      return try ManifestLayouts.layout(of: LayoutCandidate(path, isFolder: isFolder), among: layouts).name
    } catch {
      return "\(error.code): \(error.message)"
    }
  }

  @Test func `of two layouts that fit, the surer one is taken, whatever their order`() throws {
    try folder.write("set/data.yaml", "")
    let (yolo, other) = (
      Fake(name: "yolo", mark: "data.yaml", confidence: .certain), Fake(name: "b", mark: "data.yaml")
    )
    let all: [any ManifestLayout] = [FolderLayout(), yolo, other]
    #expect(result(all, of: folder("set")) == "yolo")
    #expect(result(all.reversed(), of: folder("set")) == "yolo")
    #expect(result([FolderLayout(), other], of: folder("set")) == "b")
  }

  @Test func `a layout whose files are not there does not fit`() throws {
    try folder.makeFolder("set")
    #expect(result([FolderLayout(), Fake(name: "yolo", mark: "data.yaml")], of: folder("set")) == "folder")
  }

  @Test func `two layouts that fit equally are an error that names both`() throws {
    try folder.write("set/annotations/train.json", "")
    let layouts = ["one", "two"].map { Fake(name: $0, mark: "annotations/train.json") }
    #expect(
      result([FolderLayout()] + layouts, of: folder("set"))
        == "unknownFormat: the one layout and the two layout fit equally well")
    let file = try folder.write("a.list", "")
    #expect(
      result(["one", "two"].map { Fake(name: $0, fileExtensions: ["list"]) }, of: file, isFolder: false)
        == "unknownFormat: the one layout and the two layout fit equally well")
  }

  @Test func `the error for an unknown name lists the extensions of all layouts`() throws {
    let path = try folder.write("a.txt", "x")
    let error = #expect(throws: ManifestError.self) {
      try ManifestLayouts.layout(
        of: LayoutCandidate(path, isFolder: false),
        among: ManifestLayouts.all + [Fake(name: "x", fileExtensions: ["yaml"])])
    }
    #expect(
      error?.hint
        == "a manifest ends in .csv, .tsv, .jsonl, .ndjson, .json or .yaml; a dataset without one is given as its folder"
    )
  }

  @Test func `the help names every extension once, and layouts without one of their own`() {
    #expect(
      ManifestLayouts.inputHelp
        == "a manifest (.csv, .tsv, .jsonl, .ndjson, .json or Croissant), "
        + "a folder (SPLIT/LABEL/image or SPLIT/image), or SPLIT=PATH for either")
  }

  @Test func `manifests are not taken for images of a folder`() {
    #expect(ManifestLayouts.fileExtensions.allSatisfy { IgnoredFiles.contains("a.\($0)") })
  }

  // MARK: Documentation

  /// Compares a part of the documentation with what the catalogue says, or writes it.
  private func expect(_ part: GeneratedPart, _ text: String) throws {
    guard GeneratedPart.isWritten else {
      #expect(try part.text() == text, "write it with SPLITSEAL_WRITE_DOCS=1")
      return
    }
    try part.write(text)
    Issue.record("the documentation was written, not compared")
  }

  @Test func `the table of inputs in the documentation is that of the catalogue`() throws {
    let rows = ManifestLayouts.all.map { "| \($0.requirement) | \($0.summary) | `\($0.name)` |\n" }
    try expect(
      GeneratedPart(of: "docs/manifests.md", from: "<!-- layouts: generated -->\n", to: "<!-- end of layouts -->"),
      "\n| input | read as | name in reports |\n|---|---|---|\n\(rows.joined())\n")
  }

  @Test func `the numbers of layouts in the documentation of shards are those of the catalogue`() throws {
    try expect(
      GeneratedPart(of: "docs/shards.md", from: "number of inputs, then for each: format (", to: ")"),
      ManifestLayouts.all.map { "\($0.wireCode) \($0.name)" }.joined(separator: ", "))
  }

  @Test func `the schema of the report allows the names of all layouts`() throws {
    try expect(
      GeneratedPart(of: "docs/report.schema.json", from: #""format": { "enum": ["#, to: "] }"),
      ManifestLayouts.all.map { "\"\($0.name)\"" }.joined(separator: ", "))
  }
}
