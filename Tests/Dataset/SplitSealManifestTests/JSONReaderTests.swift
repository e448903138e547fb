import SplitSealManifest
import SplitSealTestSupport
import Testing

/// JSON Lines and JSON arrays.
@Suite struct JSONReaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private let rows = [
    #"{"path": "b.jpg", "split": "train", "label": "dog", "subject": "p1", "boxes": [[1, 2.5], {"x": null}]}"#,
    #"{"split": "test", "path": "a.jpg", "label": 7, "subject": 12}"#,
    #"{"path": "é\u0020\"c\".jpg", "split": "train", "label": null}"#,
    #"{"path": "d.jpg", "split": "train", "label": ""}"#,
  ]

  private func expected(lines: [Int]) -> [NamedSample] {
    [
      NamedSample(path: "b.jpg", split: "train", label: "dog", group: "p1", line: lines[0]),
      NamedSample(path: "a.jpg", split: "test", label: "7", group: "12", line: lines[1]),
      NamedSample(path: "é \"c\".jpg", split: "train", line: lines[2]),
      NamedSample(path: "d.jpg", split: "train", line: lines[3]),
    ]
  }

  @Test(arguments: ["a.jsonl", "a.ndjson", "a.JSONL"], ["\n", "\r\n"])
  func `JSON Lines are read, one object a line`(name: String, lineEnd: String) throws {
    let file = try folder.write(name, rows.joined(separator: lineEnd))
    let manifest = try Manifest.read([file])
    #expect(manifest.named == expected(lines: [1, 2, 3, 4]))
    #expect(manifest.inputs.map(\.format) == [.jsonLines])
  }

  @Test func `empty lines and a byte order mark do no harm`() throws {
    let file = try folder.write("a.jsonl", "\u{FEFF}\n\(rows[0])\n  \n\(rows[1])\n\(rows[2])\n\n\(rows[3])\n\n")
    #expect(try Manifest.read([file]).named == expected(lines: [2, 4, 5, 7]))
  }

  @Test(arguments: [
    ("[A,B,C,D]", [1, 1, 1, 1]), ("\n[\nA,\nB\n,C,\n\nD\n]\n", [3, 4, 5, 7]),
    ("\u{FEFF} [ A , B , C , D ] ", [1, 1, 1, 1]),
  ])
  func `a JSON array of objects is read`(template: String, lines: [Int]) throws {
    var text = template
    for (name, row) in zip(["A", "B", "C", "D"], rows) { text = text.replacing(name, with: row) }
    let manifest = try Manifest.read([try folder.write("a.json", text)])
    #expect(manifest.named == expected(lines: lines))
    #expect(manifest.inputs.map(\.format) == [.json])
  }

  @Test func `a list of labels is the classes of one image, in whatever order`() throws {
    let lists = [#"["dog", "cat"]"#, #"["cat","dog","cat"]"#, "[3.0, true]", #"["cat"]"#, "[]", #"["", null]"#]
    let rows = lists.prefix(5).enumerated().map { #"{"path": "\#($0).png", "split": "train", "label": \#($1)}"# }
    let manifest = try Manifest.read([try folder.write("a.jsonl", rows.joined(separator: "\n"))])
    #expect(manifest.named.map(\.label) == ["cat|dog", "cat|dog", "3|true", "cat", nil])
    #expect(manifest.inputs.map(\.hasLabelLists) == [true])
    let null = try folder.write("b.jsonl", #"{"path": "a.png", "split": "train", "label": \#(lists[5])}"#)
    #expect(failure(of: [null], in: folder).text.hasSuffix("is a list that holds null"))
    let text = try folder.write("c.jsonl", #"{"path": "a.png", "split": "train", "label": "cat|dog"}"#)
    #expect(try Manifest.read([text]).inputs.map(\.hasLabelLists) == [false])
  }

  @Test func `lists of labels in a table among the images are lists as well`() throws {
    try folder.write("set/train/a.png", "x")
    try folder.write("set/test/b.png", "x")
    try folder.write("set/train/metadata.jsonl", #"{"file_name": "a.png", "label": ["dog", "cat"]}"#)
    let manifest = try Manifest.read([folder("set")])
    #expect(manifest.named.map(\.label) == [nil, "cat|dog"])
    #expect(manifest.inputs.map(\.hasLabelLists) == [true])
  }

  @Test func `COCO's annotations are named and refused`() throws {
    let file = try folder.write("coco.json", #"{"info": {}, "images": [], "annotations": [], "categories": []}"#)
    let failure = failure(of: [file], in: folder)
    #expect(failure.text == "coco.json: it looks like COCO's annotations, which are not read")
    #expect(failure.hint?.contains("path, split and label") == true)
  }

  @Test func `an object over many lines counts them`() throws {
    let text = "[{\"path\": \"a\",\n \"split\":\n \"train\"}, {\"path\": \"b\", \"split\": \"x\"}]"
    #expect(failure(of: [try folder.write("a.json", text)], in: folder).text == "a.json:3:2: unknown split 'x'")
  }

  @Test func `keys may be named, in any case`() throws {
    let file = try folder.write("a.jsonl", #"{"image": "x", "photo": "a.jpg", "FOLD": "val", "y": -3}"#)
    let options = options {
      $0.pathColumn = "Photo"
      $0.splitColumn = "fold"
      $0.labelColumn = "y"
    }
    #expect(
      try Manifest.read([file], options: options).named == [
        NamedSample(path: "a.jpg", split: "val", label: "-3", line: 1)
      ])
  }

  @Test func `rows may have their keys in any order, and lack some`() throws {
    let file = try folder.write(
      "a.jsonl",
      """
      {"file_name": "a", "label": "x"}
      {"label": "y", "other": 1, "file_name": "b"}
      {"file_name": "c"}
      {"patient": 1, "file_name": "d", "label": "x"}
      """)
    #expect(
      try Manifest.read(["test=\(file)"]).named == [
        NamedSample(path: "a", split: "test", label: "x", line: 1),
        NamedSample(path: "b", split: "test", label: "y", line: 2), NamedSample(path: "c", split: "test", line: 3),
        NamedSample(path: "d", split: "test", label: "x", group: "1", line: 4),
      ])
  }

  @Test(
    arguments: [
      ("1.0", "1"), ("-2.0e0", "-2"), ("0.5", "0.5"), ("1e400", "1e400"), ("true", "true"), ("false", "false"),
      ("NaN", nil), ("Infinity", nil), ("-Infinity", nil), ("null", nil), ("\"nan\"", nil), ("\"none\"", "none"),
    ] as [(String, String?)])
  func `labels are what pandas and Python write`(literal: String, label: String?) throws {
    let file = try folder.write(
      "a.jsonl", #"{"path": "a", "split": "train", "label": \#(literal), "score": [NaN, {"x": -Infinity}]}"#)
    #expect(try Manifest.read([file]).named.map(\.label) == [label])
  }

  @Test(arguments: ["Nan", "nan", "Inf", "-NaN", "-Infinit", "NaNs"])
  func `what is no number and no NaN is refused`(literal: String) throws {
    let file = try folder.write("a.jsonl", #"{"path": "a", "split": "train", "score": \#(literal)}"#)
    #expect(failure(of: [file], in: folder).code == .malformed)
  }

  @Test(arguments: [
    ("", ManifestError.Code.empty, "a.jsonl: the file has no rows"),
    ("\n \n", .empty, "a.jsonl: the file has no rows"),
    ("[1]", .malformed, "a.jsonl:1: a row is an array; it has to be an object"),
    ("\n\"a\"", .malformed, "a.jsonl:2: a row is a string; it has to be an object"),
    ("{\"path\":\"a\",\"split\":\"train\"}\n{\"path\":}", .malformed, "a.jsonl:2:9: expected a value"),
    ("{\"path\":\"a\",\"split\":\"train\"} x", .malformed, "a.jsonl:1:30: unexpected bytes after the value"),
    ("{\"path\":\"a\",\n\"split\":\"train\"}", .malformed, "a.jsonl:1:13: expected a string"),
    (
      "{\"path\":\"a\",\"path\":\"b\",\"split\":\"train\"}", .malformed,
      "a.jsonl:1:13: key 'path' stands twice in one object"
    ),
    (
      "{\"path\":\"a\",\"Path\":\"b\",\"split\":\"train\"}", .malformed,
      "a.jsonl:1: two keys could be the path: 'path' and 'Path'"
    ),
    (
      "{\"path\":3,\"split\":\"train\"}", .malformed,
      "a.jsonl:1:1: the path under 'path' is a number; it has to be a string"
    ),
    (
      "{\"path\":\"a\",\"split\":\"train\",\"label\":{}}", .malformed,
      "a.jsonl:1:3: the label under 'label' is an object; it has to be a string, a number, a Boolean or a list of these"
    ),
    (
      "{\"path\":\"a\",\"split\":\"train\",\"label\":[\"x\",[1]]}", .malformed,
      "a.jsonl:1:3: the label under 'label' is a list that holds an array"
    ),
    (
      "{\"path\":\"a\",\"split\":\"train\",\"label\":[\"x|y\"]}", .malformed,
      "a.jsonl:1:3: 'x|y' in a list of labels holds '|'"
    ),
    (
      "{\"path\":\"a\",\"split\":[\"x\"]}", .malformed,
      "a.jsonl:1:2: the split under 'split' is an array; it has to be a string or a number"
    ),
    (
      "{\"path\":\"a\",\"split\":true}", .malformed,
      "a.jsonl:1:2: the split under 'split' is a Boolean; it has to be a string or a number"
    ),
    (
      "{\"path\":\"a\",\"split\":{},\"label\":1}", .malformed,
      "a.jsonl:1:2: the split under 'split' is an object; it has to be a string or a number"
    ),
    (
      "{\"name\":\"a\",\"split\":\"train\"}", .missingColumn,
      "a.jsonl:1: no key 'path', 'file', 'file_name', 'image' or 'filename'; there are 'name', 'split'"
    ),
    ("{\"path\":\"a\",\"split\":null}", .missingColumn, "a.jsonl:1: no key 'split'; there are 'path'"),
    (
      "{}", .missingColumn, "a.jsonl:1: no key 'path', 'file', 'file_name', 'image' or 'filename'; there is none"
    ),
    (
      "{\"path\":\"a\",\"split\":\"train\",\"class\":1}\n{\"path\":\"a\",\"split\":\"train\",\"class\":1,\"label\":2}",
      .malformed,
      "a.jsonl:2:4: the label is 'label' here and 'class' in rows before"
    ),
    ("{\"path\":\"a\",\"split\":\"\"}", .unknownSplit, "a.jsonl:1:2: the split is empty"),
    ("{\"split\":\"train\",\"path\":\"../a\"}", .invalidPath, "a.jsonl:1:2: the path '../a' goes up with '..'"),
    (
      "{\"path\":\"a\\u0000b\",\"split\":\"train\"}", .invalidPath,
      "a.jsonl:1:1: the path 'a\\u{0}b' has a control character"
    ),
  ])
  func `a fault of JSON Lines names line, place and what is wrong`(
    text: String, code: ManifestError.Code, message: String
  ) throws {
    let error = failure(of: [try folder.write("a.jsonl", text)], in: folder)
    #expect(error.code == code)
    #expect(error.text == message)
  }

  @Test(arguments: [
    ("", ManifestError.Code.empty, "a.json: the file is empty"),
    (" \n", .empty, "a.json: the file is empty"),
    ("[]", .empty, "a.json: the file has no rows"),
    ("\n [ ]\n", .empty, "a.json: the file has no rows"),
    ("{\"images\":[]}", .malformed, "a.json:1:1: a JSON manifest is an array of objects"),
    ("[", .malformed, "a.json:1:2: text ends where a value should stand"),
    ("[A", .malformed, "a.json:1:30: expected ',' or ']' after an object"),
    ("[A,]", .malformed, "a.json:1:31: expected a value"),
    ("[A\n A]", .malformed, "a.json:2:2: expected ',' or ']' after an object"),
    ("[A]\nA", .malformed, "a.json:2:1: unexpected bytes after the array"),
    ("[A,\n\n  {\"path\" 1}]", .malformed, "a.json:3:11: expected ':'"),
    ("[A,\n1]", .malformed, "a.json:2: a row is a number; it has to be an object"),
  ])
  func `a fault of a JSON array names line, place and what is wrong`(
    template: String, code: ManifestError.Code, message: String
  ) throws {
    let text = template.replacing("A", with: #"{"path":"a","split":"train"}"#)
    let error = failure(of: [try folder.write("a.json", text)], in: folder)
    #expect(error.code == code)
    #expect(error.text == message)
  }

  @Test func `a named key that no row has is an error`() throws {
    let file = try folder.write("a.jsonl", #"{"path":"a","split":"train"}"#)
    let error = failure(of: [file], options { $0.labelColumn = "y" }, in: folder)
    #expect(error.text == "a.jsonl: no key 'y'; there are 'path', 'split'")
    #expect(error.hint == "name the key with --label-column")
  }

  @Test(arguments: ["a.jsonl", "a.json"])
  func `an object of more than a mebibyte is refused`(name: String) throws {
    let boxes = String(repeating: "[1,2,3,4],", count: 110_000)
    let row = "{\"path\":\"a\",\"split\":\"train\",\"boxes\":[\(boxes)[]]}"
    let text = name == "a.json" ? "[\n\(row)]" : "\n\(row)"
    let error = failure(of: [try folder.write(name, text)], in: folder)
    #expect(error.code == .tooLarge)
    #expect(
      error.text == "\(name):2:1048577: \(name == "a.json" ? "value" : "text") is longer than 1048576 bytes")
    #expect(error.hint == "leave out what is not needed")
  }

  @Test(arguments: ["a.jsonl", "a.json"])
  func `every prefix of a manifest is read or refused and never a crash`(name: String) throws {
    let text = Array((name == "a.json" ? "[\n\(rows.joined(separator: ",\n"))]" : rows.joined(separator: "\n")).utf8)
    for count in 0..<text.count { _ = try? Manifest.read([try folder.write(name, Array(text.prefix(count)))]) }
    #expect(try Manifest.read([try folder.write(name, text)]).samples.count == 4)
  }
}
