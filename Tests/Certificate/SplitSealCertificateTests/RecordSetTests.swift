@testable import SplitSealKeys
import SplitSealBase
import SplitSealFingerprint
import SplitSealManifest
import Testing

@testable import SplitSealCertificate

@Suite struct RecordSetTests {
  private func record(_ path: String, split: String = "train", label: String? = nil) -> Record {
    Record(split: split, path: path, label: label, sha256: Fixture.digest(path), size: 1)
  }

  @Test func `a record is one canonical line`() {
    let record = Record(
      split: "train", path: "train/dog/img001.png", label: "dog", group: "patient-5", sha256: Fixture.digest(""),
      size: 74)
    var line: [UInt8] = []
    record.appendLine(to: &line)
    #expect(
      String(decoding: line, as: UTF8.self)
        == #"{"group":"patient-5","label":"dog","path":"train/dog/img001.png","#
        + #""sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":74,"split":"train"}"#)
  }

  @Test func `what is absent is left out, and only what JSON asks for is escaped`() {
    let record = Record(
      split: "a", path: "é/\"x\"", label: "tab\there/\u{1}\u{7F}\u{2028}", sha256: Fixture.digest(""), size: 0)
    var line: [UInt8] = []
    record.appendLine(to: &line)
    #expect(
      String(decoding: line, as: UTF8.self)
        == "{\"label\":\"tab\\there/\\u0001\u{7F}\u{2028}\",\"path\":\"é/\\\"x\\\"\","
        + "\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"size\":0,\"split\":\"a\"}")
  }

  @Test func `records are sorted by split and path as bytes, whatever the manifest's order`() throws {
    let set = try RecordSet([
      record("a/é"), record("a/z"), record("a-b"), record("a/b"), record("z", split: "Train"), record("a", split: "é"),
      record("\u{1F600}"), record("\u{FF5E}"),
    ])
    #expect(
      set.records.map { "\($0.split):\($0.path)" } == [
        "Train:z", "train:a-b", "train:a/b", "train:a/z", "train:a/é", "train:\u{FF5E}", "train:\u{1F600}", "é:a",
      ])
    #expect(try RecordSet(set.records.reversed()) == set)
  }

  @Test(arguments: [
    "", "/a", "a/", "a//b", ".", "..", "./a", "a/./b", "a/..", "../a", "a/../../b", "a\\b", "C:\\a", "C:/a", "c:a",
    "a\0b", "a\nb", "a\u{1B}[2J", "a\u{7F}", "a\u{85}", String(repeating: "a", count: 4097),
  ])
  func `a path that could leave the dataset, or act on a terminal, is refused`(path: String) {
    let error = #expect(throws: CertificateError.self) { try RecordSet([record("ok"), record(path)]) }
    #expect(error?.code == .badRecords)
    #expect(!(error?.message ?? "").utf8.contains { $0 < 0x20 })
  }

  @Test(arguments: ["...", "a/...", ".hidden", "a..b", "ab:c", " a", "a b", "ä/ö", "\u{A0}a"])
  func `a path that is only unusual is accepted`(path: String) throws {
    #expect(try RecordSet([record(path)]).records.map(\.path) == [path])
  }

  @Test(arguments: [
    ("A/x.png", "a/x.png"), ("e\u{301}.png", "é.png"), ("É.png", "é.png"), ("straße", "STRASSE"), ("σ", "ς"),
    ("a.", "a"), ("a ", "a"), ("a./b", "a/b"), ("x/\u{212A}", "x/k"), ("ﬁ", "FI"),
  ])
  func `two paths that are one file on some system are refused`(a: String, b: String) {
    let error = #expect(throws: CertificateError.self) { try RecordSet([record(a), record(b)]) }
    #expect(error?.message.contains("would be one file") == true)
    #expect(throws: CertificateError.self) { try RecordSet([record(a, split: "train"), record(b, split: "test")]) }
  }

  @Test(arguments: [("a", "b"), ("a/b", "ab"), ("e", "é"), ("a.png", "apng"), ("aa/b", "a/ab")])
  func `two paths that are two files everywhere are accepted`(a: String, b: String) throws {
    #expect(try RecordSet([record(a), record(b)]).records.count == 2)
  }

  @Test func `a decomposed path is stored composed`() throws {
    let set = try RecordSet([record("e\u{301}.png")])
    #expect(Array(set.records[0].path.utf8) == Array("\u{E9}.png".utf8))
  }

  @Test func `a row that stands twice in a split is refused by name, in two splits it is not`() throws {
    let error = #expect(throws: CertificateError.self) { try RecordSet([record("x"), record("y"), record("x")]) }
    #expect(error?.message.contains("'x' stands twice in split 'train'") == true)
    #expect(try RecordSet([record("x"), record("x", split: "test")]).records.count == 2)
  }

  @Test func `labels that look alike and differ in bytes are two labels`() throws {
    let set = try RecordSet([record("a", label: "é"), record("b", label: "e\u{301}")])
    #expect(try RecordSummary(set).splits[0].classes.count == 2)
  }

  @Test func `a file that cannot be read is named`() {
    var fixture = Fixture()
    fixture.rows[2].content = nil
    let error = #expect(throws: CertificateError.self) { try fixture.records }
    #expect(error?.code == .badRecords)
    #expect(error?.message.contains("'dog/one.png'") == true)
  }

  @Test func `a dataset without images is refused`() {
    #expect(throws: CertificateError.self) { try RecordSet([]) }
  }
}
