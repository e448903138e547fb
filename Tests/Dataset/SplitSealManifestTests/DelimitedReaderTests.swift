import SplitSealBase
import SplitSealManifest
import SplitSealTestSupport
import Testing

/// CSV and TSV: RFC 4180, columns, blank lines.
@Suite struct DelimitedReaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `rows keep their order and know their lines`() throws {
    let file = try folder.write(
      "a.csv", "path,split,label,subject\nb.jpg,train,dog,p2\na.jpg,test,cat,p1\nb.jpg,train,,\n")
    let manifest = try Manifest.read([file])
    #expect(
      manifest.named == [
        NamedSample(path: "b.jpg", split: "train", label: "dog", group: "p2", line: 2),
        NamedSample(path: "a.jpg", split: "test", label: "cat", group: "p1", line: 3),
        NamedSample(path: "b.jpg", split: "train", line: 4),
      ])
    #expect(manifest.splits == [Split(name: "train", role: .training), Split(name: "test", role: .test)])
    #expect(manifest.labels == ["cat", "dog"])
    #expect(manifest.groupings.map(\.groups) == [["p1", "p2"]])
    #expect(manifest.root == folder.path)
  }

  /// The digest is that of `printf 'path,split\na,train\n' | sha256sum`.
  @Test func `the input is recorded with the digest of its bytes`() throws {
    let file = try folder.write("a.csv", "path,split\na,train\n")
    let input = try #require(try Manifest.read([file]).inputs.first)
    #expect(input.path == file)
    #expect(input.format == .csv)
    #expect(input.ignoredFileCount == 0)
    let digest = try #require(input.sha256).map { byte in
      let digits = Array("0123456789abcdef")
      return "\(digits[Int(byte / 16)])\(digits[Int(byte % 16)])"
    }
    #expect(digest.joined() == "4ec08e97b379d9530fe479f737188a5c1d4a463a2bdc5498ed2ff0e3ceb638c0")
  }

  @Test(arguments: [
    "path,split\na,train\nb,train\n",
    "path,split\r\na,train\r\nb,train\r\n",
    "path,split\na,train\nb,train",
    "path,split\r\na,train\nb,train",
    "\u{FEFF}path,split\na,train\nb,train\n",
    "path,split\na,train\nb,train\n\n\r\n\n",
    "path,split\n\na,train\n\n\nb,train\n",
    "\n\npath,split\na,train\nb,train\n",
    "\"path\",\"split\"\n\"a\",\"train\"\n\"b\",\"train\"",
    "\u{FEFF}\"path\",split\n\"a\",train\nb,\"train\"\r\n",
    "PATH,Split\na,train\nb,train\n",
    "x,path,y,split,z\n1,a,2,train,3\n,b,,train,\n",
    "path,split\r\r\na,train\r\r\nb,train\r\r\n",
    "path,split,\na,train,\nb,train,\n,,\n,,\n",
    "sep=,\r\npath,split\r\na,train\r\nb,train\r\n",
    "SEP=;\npath;split\na;train\nb;train\n",
    "path;split\na;train\nb;train\n",
    "path\tsplit\na\ttrain\nb\ttrain\n",
    "\"a,b\";path;split\n1;a;train\n2;b;train\n",
    "path, split\na, train\nb, \"train\"\n",
    " Path _,SPLIT\na,train\nb,train\n",
  ])
  func `every way to write two rows is read alike`(text: String) throws {
    let manifest = try Manifest.read([try folder.write("a.csv", text)])
    #expect(manifest.named.map(\.path) == ["a", "b"])
    #expect(manifest.named.map(\.split) == ["train", "train"])
  }

  @Test(arguments: [true, false])
  func `UTF-16 with a byte order mark is read, and the digest is that of the file`(isLittleEndian: Bool) throws {
    let units = Array("\u{FEFF}path\tsplit\n\u{E9}.jpg\ttrain\n".utf16)
    let bytes = units.flatMap { unit in
      let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
      return isLittleEndian ? [low, high] : [high, low]
    }
    let utf16 = try Manifest.read([try folder.write("a.csv", bytes)])
    #expect(utf16.named == [NamedSample(path: "\u{E9}.jpg", split: "train", line: 2)])
    let utf8 = try Manifest.read([try folder.write("a.csv", "path\tsplit\n\u{E9}.jpg\ttrain\n")])
    #expect(utf16.inputs.first?.sha256?.count == 32)
    #expect(utf16.inputs.first?.sha256 != utf8.inputs.first?.sha256)
  }

  @Test func `UTF-16 that ends within a character is refused`() throws {
    let file = try folder.write("a.csv", [0xFF, 0xFE] + Array("p".utf8) + [0, 0])
    #expect(failure(of: [file], in: folder).text == "a.csv:1:1: not valid UTF-8")
  }

  @Test func `quoted fields hold separators, quotes and line ends`() throws {
    let file = try folder.write(
      "a.csv",
      "path,split,label\n\"a,b.jpg\",train,\"say \"\"hi\"\"\"\n\"c.jpg\",train,\"two\r\nlines\"\nd,train,\"\"\"\"\n")
    #expect(
      try Manifest.read([file]).named == [
        NamedSample(path: "a,b.jpg", split: "train", label: "say \"hi\"", line: 2),
        NamedSample(path: "c.jpg", split: "train", label: "two\r\nlines", line: 3),
        NamedSample(path: "d", split: "train", label: "\"", line: 5),
      ])
  }

  @Test func `a TSV is separated by tabs alone`() throws {
    let file = try folder.write("a.TSV", "path\tsplit\tlabel\na,b.jpg\ttest\t\"tab\there\"\n")
    #expect(
      try Manifest.read([file]).named == [NamedSample(path: "a,b.jpg", split: "test", label: "tab\there", line: 2)])
  }

  @Test(arguments: [
    ("path,file,split", "0"), ("file,path,split", "1"), ("filename,image,split", "1"), ("file_name,image,split", "0"),
    ("FileName,other,split", "0"),
  ])
  func `the path column is the first of its usual names`(header: String, expected: String) throws {
    let file = try folder.write("a.csv", "\(header)\n0,1,train\n")
    #expect(try Manifest.read([file]).named.map(\.path) == [expected])
  }

  @Test(arguments: [
    ("label,class", "0"), ("class,label", "1"), ("target,category", "1"), ("Target,x", "0"),
  ])
  func `the label column is the first of its usual names`(header: String, expected: String) throws {
    let file = try folder.write("a.csv", "path,split,\(header)\na,train,0,1\n")
    #expect(try Manifest.read([file]).named.map(\.label) == [expected])
  }

  @Test func `columns can be named`() throws {
    let file = try folder.write("a.csv", "path,photo,fold,y,Y,who\nx,a.jpg,train,1,2,p\n")
    let options = options {
      $0.pathColumn = "PHOTO"
      $0.splitColumn = "fold"
      $0.labelColumn = "Y"
      $0.groupColumns = ["who"]
    }
    #expect(
      try Manifest.read([file], options: options).named == [
        NamedSample(path: "a.jpg", split: "train", label: "2", group: "p", line: 2)
      ])
  }

  @Test func `labels and groups that differ only in normalisation are two`() throws {
    let file = try folder.write("a.csv", "path,split,label\na,train,\u{E9}\nb,train,e\u{301}\nc,train,\u{E9}\n")
    let manifest = try Manifest.read([file])
    #expect(manifest.labels.map { Array($0.utf8) } == [[0x65, 0xCC, 0x81], [0xC3, 0xA9]])
    #expect(manifest.samples.map(\.label) == [1, 0, 1])
  }

  @Test func `labels are sorted by bytes`() throws {
    let file = try folder.write("a.csv", "path,split,label\na,train,b\nb,train,é\nc,train,Z\nd,train,10\ne,train,9\n")
    #expect(try Manifest.read([file]).labels == ["10", "9", "Z", "b", "é"])
  }

  @Test func `a thousand labels keep their rows`() throws {
    let rows = (0..<5000).map { "\($0).jpg,train,label-\($0 % 1000),group-\($0 % 777)" }
    let file = try folder.write("a.csv", "path,split,label,group\n" + rows.joined(separator: "\n"))
    let named = try Manifest.read([file]).named
    #expect(named.count == 5000)
    for (index, sample) in named.enumerated() {
      #expect(sample.path == "\(index).jpg")
      #expect(sample.label == "label-\(index % 1000)")
      #expect(sample.group == "group-\(index % 777)")
    }
  }

  @Test func `a file of one column needs SPLIT=`() throws {
    let file = try folder.write("a.csv", "path\na.jpg\nb.jpg\n\n\n")
    #expect(
      try Manifest.read(["test=\(file)"]).named == [
        NamedSample(path: "a.jpg", split: "test", line: 2), NamedSample(path: "b.jpg", split: "test", line: 3),
      ])
  }
}
