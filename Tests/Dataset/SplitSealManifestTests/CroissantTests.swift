import SplitSealManifest
import SplitSealTestSupport
import Testing

/// Croissant files as inputs.
///
/// What is expected is what mlcroissant 1.1.1 loads from the same files.
@Suite struct CroissantTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for path in ["train/cat/1.png", "train/dog/2.png", "test/cat/3.png", "test/notes.txt"] {
      try folder.write(path, "x")
    }
    try folder.write("table.csv", "file_name,kind,part\ntrain/cat/1.png,cat,train\ntest/cat/3.png,kitten,heldout\n")
  }

  static let splits = """
    {"@type": "cr:RecordSet", "@id": "splits", "dataType": "cr:Split", "key": {"@id": "splits/name"},
     "field": [{"@type": "cr:Field", "@id": "splits/name", "dataType": "sc:Text"},
               {"@type": "cr:Field", "@id": "splits/url", "dataType": ["sc:URL", "cr:Split"]}],
     "data": [{"splits/name": "train", "splits/url": "cr:TrainingSplit"},
              {"splits/name": "heldout", "splits/url": "https://mlcommons.org/croissant/TestSplit"}]}
    """

  static let table = #"""
    {"@type": "cr:FileObject", "@id": "table", "contentUrl": "table.csv", "encodingFormat": "text/csv", "sha256": "SHA"}
    """#

  static let rows = """
    {"@type": "cr:RecordSet", "@id": "images", "field": [
      {"@id": "images/path", "dataType": "sc:ImageObject",
       "source": {"fileObject": {"@id": "table"}, "extract": {"column": "file_name"}}},
      {"@id": "images/kind", "dataType": ["sc:Text", "cr:Label"],
       "source": {"fileObject": {"@id": "table"}, "extract": {"column": "kind"}}},
      {"@id": "images/part", "dataType": "sc:Text", "references": {"field": {"@id": "splits/name"}},
       "source": {"fileObject": {"@id": "table"}, "extract": {"column": "part"}}}]}
    """

  static let fileSet = #"{"@type": "cr:FileSet", "@id": "pngs", "encodingFormat": "image/png", "includes": "*.png"}"#

  static func images(_ regex: String) -> String {
    """
    {"@type": "cr:RecordSet", "@id": "images", "field": [
      {"@id": "images/image", "dataType": "sc:ImageObject",
       "source": {"fileSet": {"@id": "pngs"}, "extract": {"fileProperty": "content"}}},
      {"@id": "images/split", "dataType": "sc:Text", "references": {"@id": "splits"},
       "source": {"fileSet": {"@id": "pngs"}, "extract": {"fileProperty": "fullpath"}, "transform": {"regex": "\(regex)"}}}]}
    """
  }

  func write(_ distribution: [String], _ recordSets: [String], version: String = "1.1") throws -> String {
    try folder.write(
      "croissant.json",
      """
      {"@context": {"@vocab": "https://schema.org/"}, "@type": "sc:Dataset", "name": "tiny",
       "conformsTo": "http://mlcommons.org/croissant/\(version)", "ratio": 0.5,
       "distribution": [\(distribution.joined(separator: ","))], "recordSet": [\(recordSets.joined(separator: ","))]}
      """)
  }

  @Test func `more patterns than can be held against every path are refused`() throws {
    let long = Self.fileSet.replacing("*.png", with: String(repeating: "*a", count: 2_049))
    let file = try write([long], [Self.images("^(train)")])
    let error = #expect(throws: ManifestError.self) { try Manifest.read([file]) }
    #expect(error?.code == .tooLarge)
    #expect(error?.message == "the patterns of the file set 'pngs' have more than 4096 bytes")
  }

  @Test func `a table gives paths, labels and splits, and the file the roles`() throws {
    let file = try write([Self.table], [Self.splits, Self.rows])
    let manifest = try Manifest.read([file])
    #expect(
      manifest.named == [
        NamedSample(path: "train/cat/1.png", split: "train", label: "cat", line: 2),
        NamedSample(path: "test/cat/3.png", split: "heldout", label: "kitten", line: 3),
      ])
    #expect(manifest.splits.map(\.role) == [.training, .test])
    #expect(manifest.inputs.map(\.format) == [.croissant, .csv])
    // The Croissant file may point to the certificate: its digest is nowhere.
    #expect(manifest.inputs.map { $0.sha256 == nil } == [true, false])
    #expect(manifest.samples.map(\.input) == [1, 1])
  }

  @Test func `a Croissant file cannot be written with other splits`() throws {
    let file = try write([Self.table], [Self.splits, Self.rows])
    let manifest = try Manifest.read([file])
    let error = #expect(throws: ManifestError.self) {
      try ManifestEdition(of: manifest, inputs: [file], options: ManifestOptions())
    }
    #expect(error?.message == "Croissant can be read but not written")
    #expect(error?.hint == "give the table or the folder that it describes instead")
  }

  @Test(arguments: ["text/tsv", "text/tab-separated-values", "TEXT/TSV"])
  func `a table is what the file says, whatever the table is called`(mediaType: String) throws {
    try folder.write("table.csv", "file_name\tkind, and more\tpart\ntrain/cat/1.png\tcat\ttrain\n")
    let table = Self.table.replacing("text/csv", with: mediaType)
    let manifest = try Manifest.read([
      try write([table], [Self.splits, Self.rows.replacing("\"kind\"", with: "\"kind, and more\"")])
    ])
    #expect(manifest.inputs.map(\.format) == [.croissant, .tsv])
    #expect(manifest.named == [NamedSample(path: "train/cat/1.png", split: "train", label: "cat", line: 2)])
  }

  @Test func `a table of no known kind is refused, with the media types that are known`() throws {
    let table = Self.table.replacing("table.csv", with: "table.xlsx").replacing("text/csv", with: "text/plain")
    try folder.write("table.xlsx", "x")
    let error = failure(of: [try write([table], [Self.splits, Self.rows])], in: folder)
    #expect(error.text == "croissant.json: the table 'table' is not CSV, TSV, JSON Lines or JSON")
    #expect(
      error.hint
        == "state its encodingFormat: text/csv, text/tab-separated-values, application/x-ndjson or application/json")
  }

  @Test(arguments: ["SHA", "https://github.com/mlcommons/croissant/issues/80", "d41d8cd98f00b204e9800998ecf8427e"])
  func `what is no SHA-256 counts as absent`(text: String) throws {
    let file = try write([Self.table.replacing("SHA", with: text)], [Self.splits, Self.rows])
    #expect(try Manifest.read([file]).samples.count == 2)
  }

  @Test func `a table of other bytes than the file says is refused`() throws {
    let table = Self.table.replacing("SHA", with: String(repeating: "0", count: 64))
    let error = failure(of: [try write([table], [Self.splits, Self.rows])], in: folder)
    #expect(error.code == .malformed)
    #expect(error.text.hasPrefix("table.csv: the file has SHA-256 "))
  }

  @Test(arguments: [("cr:Split", "1.0"), ("wd:Q3985153", "1.1"), ("https://www.wikidata.org/wiki/Q3985153", "1.0")])
  func `splits are found by either type`(type: String, version: String) throws {
    let splits = Self.splits.replacing("\"dataType\": \"cr:Split\"", with: "\"dataType\": \"\(type)\"")
    let file = try write([Self.table], [splits, Self.rows], version: version)
    #expect(try Manifest.read([file]).splits.map(\.name) == ["train", "heldout"])
  }

  @Test func `a file set gives files, the pattern splits, and the folder labels`() throws {
    let file = try write([Self.fileSet], [Self.splits, Self.images("(train|test)/")])
    let manifest = try Manifest.read([file])
    #expect(
      manifest.named == [
        NamedSample(path: "test/cat/3.png", split: "test", label: "cat"),
        NamedSample(path: "train/cat/1.png", split: "train", label: "cat"),
        NamedSample(path: "train/dog/2.png", split: "train", label: "dog"),
      ])
    #expect(manifest.inputs.map(\.format) == [.croissant])
  }

  @Test func `patterns are held against the start, and one that fits nothing is a fault`() throws {
    let error = failure(of: [try write([Self.fileSet], [Self.splits, Self.images("(cat)/")])], in: folder)
    #expect(error.code == .unknownSplit)
    #expect(error.text == "croissant.json: the field 'images/split' gives no split for 'test/cat/3.png'")
  }

  @Test func `excluded files are left out, and an extracted archive is found in a folder of its name`() throws {
    try folder.write("data/train/cat/9.png", "x")
    let archive = #"{"@type": "cr:FileObject", "@id": "zip", "contentUrl": "https://example.org/data.zip"}"#
    let set = """
      {"@type": "cr:FileSet", "@id": "pngs", "containedIn": {"@id": "zip"}, "includes": ["train/cat/9*.png"],
       "excludes": ["*/8.png"]}
      """
    let file = try write([archive, set], [])
    #expect(
      try Manifest.read([file]).named == [NamedSample(path: "data/train/cat/9.png", split: "train", label: "cat")])
  }

  @Test func `SPLIT= and column flags count more than the file`() throws {
    let file = try write([Self.table], [Self.splits, Self.rows])
    try folder.write("table.csv", "file_name,kind\na.png,cat\n")
    #expect(try Manifest.read(["val=\(file)"]).named.map(\.split) == ["val"])
    try folder.write("table.csv", "img,kind,part\na.png,cat,train\n")
    let rows = Self.rows.replacing("sc:ImageObject", with: "sc:Text").replacing("file_name", with: "img")
    let plain = try write([Self.table], [Self.splits, rows])
    #expect(failure(of: [plain], in: folder).code == .missingColumn)
    #expect(try Manifest.read([plain], options: options { $0.pathColumn = "img" }).named.map(\.path) == ["a.png"])
  }

  @Test func `what cannot be read says what to do`() throws {
    let parquet = #"{"@type": "cr:FileSet", "@id": "repo", "includes": "*/*.parquet"}"#
    let hint = "export to imagefolder first: folders SPLIT/LABEL/image, or files with a metadata.csv"
    #expect(failure(of: [try write([parquet], [])], in: folder).hint == hint)
    let old = failure(of: [try write([], [], version: "0.8")], in: folder)
    #expect(old.text == "croissant.json: a Croissant file of version '0.8', and 1.0 and 1.1 are known")
    let missing = Self.table.replacing("table.csv", with: "https://example.org/other.csv")
    #expect(
      failure(of: [try write([missing], [Self.splits, Self.rows])], in: folder).text
        == "croissant.json: the table 'other.csv' is not there")
    let outside = Self.table.replacing("table.csv", with: "../table.csv")
    #expect(failure(of: [try write([outside], [Self.splits, Self.rows])], in: folder).code == .invalidPath)
    #expect(failure(of: [try folder.write("x.json", "{\"a\": 1}")], in: folder).code == .malformed)
    #expect(failure(of: [try folder.write("x.json", "{\"a\": 1, \"a\": 2}")], in: folder).code == .malformed)
    let regex = failure(of: [try write([Self.fileSet], [Self.splits, Self.images("(?=train)")])], in: folder)
    #expect(regex.text.hasPrefix("croissant.json: the regular expression of 'images/split': "))
  }

  /// The form of the first files of version 1.0: names for identities, splits typed on fields, older addresses of roles.
  @Test func `older files are read`() throws {
    try folder.write("data/train2014/train2014/1.jpg", "x")
    try folder.write("data/train2014/val2014/2.jpg", "x")
    let file = try write(
      [
        #"{"@type": "cr:FileObject", "name": "images.zip", "contentUrl": "data/train2014.zip", "sha256": "x"}"#,
        #"{"@type": "cr:FileSet", "name": "image-files", "containedIn": "images.zip", "includes": "*.jpg"}"#,
      ],
      [
        """
        {"@type": "cr:RecordSet", "name": "split_enums",
         "field": [{"name": "name", "dataType": "sc:Text"}, {"name": "url", "dataType": ["wd:Q3985153", "sc:URL"]}],
         "data": [{"name": "train", "url": "https://mlcommons.org/definitions/training_split"},
                  {"name": "val", "url": "https://mlcommons.org/definitions/test_split"}]}
        """,
        #"""
        {"@type": "cr:RecordSet", "name": "images", "field": [
          {"name": "image", "dataType": "sc:ImageObject",
           "source": {"fileSet": "image-files", "extract": {"fileProperty": "content"}}},
          {"name": "split", "dataType": ["wd:Q3985153", "sc:Text"], "references": {"field": "split_enums/name"},
           "source": {"fileSet": "image-files", "extract": {"fileProperty": "fullpath"},
                      "transform": {"regex": "^(train|val|test)2014/.*\\.jpg$"}}}]}
        """#,
      ], version: "1.0")
    let manifest = try Manifest.read([file])
    #expect(
      manifest.named.map { "\($0.split) \($0.path)" } == [
        "train data/train2014/train2014/1.jpg", "val data/train2014/val2014/2.jpg",
      ])
    #expect(manifest.splits.map(\.role) == [.training, .test])
  }

  @Test func `a column typed as a split needs no record set of splits`() throws {
    let rows = Self.rows.replacing(
      "\"sc:Text\", \"references\": {\"field\": {\"@id\": \"splits/name\"}}", with: "[\"wd:Q3985153\"]")
    let file = try write([Self.table], [rows])
    #expect(failure(of: [file], in: folder).code == .unknownSplit)
    #expect(
      try Manifest.read([file], options: options { $0.roles = ["heldout": .test] }).named.map(\.split)
        == ["train", "heldout"])
  }

  @Test func `what is too much is refused`() throws {
    let field = #"{"@id": "f", "references": {"@id": "x"}}"#
    let fields = Array(repeating: field, count: 10_001).joined(separator: ",")
    let file = try write([Self.table], [#"{"@id": "s", "field": [\#(fields)]}"#])
    #expect(failure(of: [file], in: folder).text == "croissant.json: the Croissant file has more than 10000 fields")
    let patterns = Array(repeating: #""*""#, count: 1001).joined(separator: ",")
    let set = #"{"@type": "cr:FileSet", "@id": "f", "includes": [\#(patterns)]}"#
    #expect(failure(of: [try write([set], [])], in: folder).code == .tooLarge)
    let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(failure(of: [try folder.write("x.json", #"{"conformsTo": \#(deep)}"#)], in: folder).code == .malformed)
  }

  @Test func `thousands of references are followed in no time that counts`() throws {
    let sets = (0..<3000).map { number in
      #"{"@id": "s\#(number)", "field": [{"@id": "s\#(number)/f", "references": {"@id": "s\#(2999 - number)"}}]}"#
    }
    let file = try write([Self.table], sets + [Self.splits, Self.rows])
    #expect(try Manifest.read([file]).samples.count == 2)
  }

  @Test func `a link to a table outside is refused`() throws {
    let outside = try TemporaryFolder()
    try outside.write("table.csv", "file_name,kind,part\n")
    try folder.link("linked.csv", to: outside("table.csv"))
    let file = try write([Self.table.replacing("table.csv", with: "linked.csv")], [Self.splits, Self.rows])
    #expect(failure(of: [file], in: folder).code == .pathLeavesRoot)
  }
}
