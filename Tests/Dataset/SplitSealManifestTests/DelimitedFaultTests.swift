import SplitSealManifest
import SplitSealTestSupport
import Testing

/// Every fault of a CSV or TSV, with the words a person reads.
@Suite struct DelimitedFaultTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let code: ManifestError.Code
    let message: String
    var file = "a.csv"

    init(_ text: String, _ code: ManifestError.Code, _ message: String, file: String = "a.csv") {
      self.text = text
      self.code = code
      self.message = message
      self.file = file
    }

    var testDescription: String { message }
  }

  @Test(arguments: [
    Case("", .empty, "a.csv: the file is empty"),
    Case("\u{FEFF}", .empty, "a.csv: the file is empty"),
    Case("\n\r\n", .empty, "a.csv: the file is empty"),
    Case("path,split\n", .empty, "a.csv: a header and no rows"),
    Case("path,split\n\n\n", .empty, "a.csv: a header and no rows"),
    Case("path,split\na,train,x\n", .raggedRow, "a.csv:2: 3 fields where the header has 2"),
    Case("path,split,x\na,train,1\nb,train,\"b\nc\"\nd\n", .raggedRow, "a.csv:5: 1 field where the header has 3"),
    Case("path,split\na,train\n   \n", .raggedRow, "a.csv:3: 1 field where the header has 2"),
    Case(
      "path,split\na,train\nb,\"train\nc,train\n", .malformed, "a.csv:3:3: a quote opens here and is never closed"),
    Case("path,split\n\"a\"b,train\n", .malformed, "a.csv:2:4: text after the closing quote"),
    Case(
      "path,split\na\"b\",train\n", .malformed, "a.csv:2:2: a quote inside a field that does not begin with one"),
    Case("path,split\ra,train\r", .malformed, "a.csv:1:11: a carriage return without a line feed"),
    Case("path,split\n\"a\"\r,train\n", .malformed, "a.csv:2:4: a carriage return without a line feed"),
    Case("path,split\na,tr\rain\n", .malformed, "a.csv:2:5: a carriage return without a line feed"),
    Case(
      "name,split\na,train\n", .missingColumn,
      "a.csv:1: no column 'path', 'file', 'file_name', 'image' or 'filename'; there are 'name', 'split'"),
    Case("path,label\na,cat\n", .missingColumn, "a.csv:1: no column 'split'; there are 'path', 'label'"),
    Case(
      "path,split,Path\na,train,b\n", .malformed, "a.csv:1: two columns could be the path: 'path' and 'Path'"),
    Case(
      "path,split,label,label\na,train,1,2\n", .malformed,
      "a.csv:1: two columns could be the label: 'label' and 'label'"),
    Case("path,split\na,train\nb,holdout\n", .unknownSplit, "a.csv:3:2: unknown split 'holdout'"),
    Case("path,split\na,\n", .unknownSplit, "a.csv:2:2: the split is empty"),
    Case(
      "path,split\na,\u{1B}[31mtest\u{202E}\n", .unknownSplit,
      "a.csv:2:2: unknown split '\\u{1b}[31mtest\\u{202e}'"),
    Case("split,path\ntrain,\n", .invalidPath, "a.csv:2:2: the path is empty"),
    Case("path,split\na,train\n/etc/passwd,test\n", .invalidPath, "a.csv:3:1: the path '/etc/passwd' is absolute"),
    Case(
      "path\tsplit\na\"\ttrain\n", .malformed, "a.tsv:2:2: a quote inside a field that does not begin with one",
      file: "a.tsv"),
  ])
  func `a fault names file, line, column and what is wrong`(fault: Case) throws {
    let error = failure(of: [try folder.write(fault.file, fault.text)], in: folder)
    #expect(error.code == fault.code)
    #expect(error.text == fault.message)
  }

  @Test func `an empty line in the middle of one column is a row without a path`() throws {
    let file = try folder.write("a.csv", "path\na.jpg\n\nb.jpg\n")
    #expect(failure(of: ["train=\(file)"], in: folder).text == "a.csv:3:1: the path is empty")
  }

  @Test func `invalid UTF-8 is named by line and byte, wherever it stands`() throws {
    let file = try folder.write(
      "a.csv", Array("path,split,note\na,train,x\nb,train,y".utf8) + [0xE9] + Array("\n".utf8))
    let error = failure(of: [file], in: folder)
    #expect(error.code == .invalidUTF8)
    #expect(error.text == "a.csv:3:10: not valid UTF-8")
    #expect(error.hint == "save the file as UTF-8")
  }

  @Test(
    arguments: [
      [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC3, 0x28], [0xFF], [0xFE],
    ] as [[UInt8]])
  func `every kind of malformed sequence is found`(bytes: [UInt8]) throws {
    let file = try folder.write("a.csv", Array("path,split,é€😀\na,train,".utf8) + bytes)
    #expect(failure(of: [file], in: folder).text == "a.csv:2:9: not valid UTF-8")
  }

  @Test(arguments: [
    ("pathColumn", "a.csv:1: no column 'x'; there are 'path', 'split', 'label'", "name the column with --path-column"),
    (
      "splitColumn", "a.csv:1: no column 'x'; there are 'path', 'split', 'label'",
      "give the split with the file, SPLIT=PATH, or name the column with --split-column"
    ),
    (
      "labelColumn", "a.csv:1: no column 'x'; there are 'path', 'split', 'label'", "name the column with --label-column"
    ),
    (
      "groupColumn", "a.csv:1: no column 'x'; there are 'path', 'split', 'label'", "name the column with --group-column"
    ),
  ])
  func `a named column that is absent is an error that lists the columns`(
    option: String, message: String, hint: String
  ) throws {
    let file = try folder.write("a.csv", "path,split,label\na,train,x\n")
    let options = options {
      switch option {
      case "pathColumn": $0.pathColumn = "x"
      case "splitColumn": $0.splitColumn = "x"
      case "labelColumn": $0.labelColumn = "x"
      default: $0.groupColumns = ["x"]
      }
    }
    let error = failure(of: [file], options, in: folder)
    #expect(error.code == .missingColumn)
    #expect(error.text == message)
    #expect(error.hint == hint)
  }

  @Test func `a table without a header is told so`() throws {
    let error = failure(of: [try folder.write("a.csv", "images/1.jpg,train,cat\n")], in: folder)
    #expect(error.code == .missingColumn)
    #expect(error.hint == "the first line is a row: put a line before it that names the columns, as path,split,label")
  }

  @Test func `a header of many columns is not listed whole`() throws {
    let names = (1...30).map { "c\($0)" }.joined(separator: ",")
    let text = failure(of: [try folder.write("a.csv", "\(names)\n")], in: folder).text
    #expect(text.hasSuffix("'c19', 'c20' and 10 more"))
  }

  @Test func `too many fields in a row are refused`() throws {
    let file = try folder.write("a.csv", "path" + String(repeating: ",x", count: 65536))
    #expect(failure(of: [file], in: folder).text == "a.csv:1:131076: more than 65,536 fields in one row")
  }

  @Test(arguments: ["split", "label", "group"])
  func `a name that is too long is refused`(column: String) throws {
    let long = String(repeating: "x", count: 4097)
    let header = column == "split" ? "path,split" : "path,split,\(column)"
    let row = column == "split" ? "a,\(long)" : "a,train,\(long)"
    let file = try folder.write("a.csv", "\(header)\n\(row)\n")
    let error = failure(of: [file], options { $0.roles = [long: .test] }, in: folder)
    let shown = String(repeating: "x", count: 120) + "…" + String(repeating: "x", count: 79)
    #expect(error.code == .tooLarge)
    #expect(error.text == "a.csv:2:\(column == "split" ? 2 : 3): the \(column) has more than 4,096 bytes: '\(shown)'")
  }

  @Test func `every prefix of a manifest is read or refused and never a crash`() throws {
    let text = Array("\u{FEFF}path,\"split\",label\r\n\"a,\"\"b\",train,\"é\r\n😀\"\r\nc.jpg,test,\n".utf8)
    for count in 0...text.count {
      let file = try folder.write("a.csv", Array(text.prefix(count)))
      _ = try? Manifest.read([file])
    }
    #expect(try Manifest.read([try folder.write("a.csv", text)]).named.map(\.path) == ["a,\"b", "c.jpg"])
  }
}
