@testable import SplitSealKeys
import SplitSealBase
import SplitSealFingerprint
import Testing

@testable import SplitSealCertificate

@Suite struct RecordSummaryTests {
  private func roots(_ change: (inout Fixture) -> Void = { _ in }) throws -> [String: (
    record: Digest256, content: Digest256
  )] {
    var fixture = Fixture()
    change(&fixture)
    let splits = try RecordSummary(fixture.records).splits
    return Dictionary(uniqueKeysWithValues: splits.map { ($0.name, ($0.recordRoot, $0.contentRoot)) })
  }

  @Test func `counts are those of the rows`() throws {
    let summary = try RecordSummary(Fixture().records)
    #expect(summary.count == 6)
    #expect(summary.fields == ["group", "label", "path", "sha256", "size", "split"])
    #expect(summary.splits.map(\.name) == ["test", "train", "val"])
    #expect(summary.splits.map(\.count) == [2, 3, 1])
    #expect(summary.splits.map(\.groupCount) == [1, 2, 1])
    // 18 and 24 letters; 18, 24 and 18; 24.
    #expect(summary.splits.map(\.byteCount) == [42, 60, 24])
    #expect(summary.splits[1].classes == [.init(label: "cat", count: 2), .init(label: "dog", count: 1)])
    #expect(summary.recordsDigest == Fixture.digest(String(decoding: try Fixture().records.serialized, as: UTF8.self)))
  }

  @Test func `overlaps count pairs of equal files and shared groups`() throws {
    let overlaps = try RecordSummary(Fixture().records).overlaps
    #expect(overlaps.map(\.first) == ["test", "test", "train"])
    #expect(overlaps.map(\.second) == ["train", "val", "val"])
    #expect(overlaps.map(\.equalFilePairCount) == [1, 0, 0])
    #expect(overlaps.map(\.sharedGroupCount) == [1, 0, 0])
    var fixture = Fixture()
    fixture.rows.append(.init("train", "copy", nil, nil, "a picture of a cat"))
    fixture.rows.append(.init("test", "copy2", nil, nil, "a picture of a cat"))
    #expect(try RecordSummary(fixture.records).overlaps.first?.equalFilePairCount == 4)
  }

  @Test func `members that no record has are not among the fields`() throws {
    let set = try RecordSet([Record(split: "a", path: "b", sha256: Fixture.digest(""), size: 0)])
    let summary = try RecordSummary(set)
    #expect(summary.fields == ["path", "sha256", "size", "split"])
    #expect(summary.overlaps.isEmpty)
    #expect(summary.splits[0].classes.isEmpty)
  }

  @Test func `a swapped label changes the record root and not the content root`() throws {
    let before = try roots()
    let after = try roots {
      $0.rows[1].label = "dog"
      $0.rows[2].label = "cat"
    }
    #expect(before["train"]?.record != after["train"]?.record)
    #expect(before["train"]?.content == after["train"]?.content)
    #expect(before["test"]?.record == after["test"]?.record)
  }

  @Test func `a changed group changes the record root and not the content root`() throws {
    let after = try roots { $0.rows[0].group = "bob" }
    #expect(try roots()["train"]?.record != after["train"]?.record)
    #expect(try roots()["train"]?.content == after["train"]?.content)
  }

  @Test func `a moved sample changes both roots of both splits`() throws {
    let before = try roots()
    let after = try roots { $0.rows[0].split = "test" }
    for split in ["train", "test"] {
      #expect(before[split]?.record != after[split]?.record)
      #expect(before[split]?.content != after[split]?.content)
    }
    #expect(before["val"]?.record == after["val"]?.record)
  }

  @Test func `the order of the rows changes nothing`() throws {
    var fixture = Fixture()
    fixture.rows.reverse()
    #expect(try fixture.records == Fixture().records)
    #expect(try RecordSummary(fixture.records) == RecordSummary(Fixture().records))
  }

  @Test func `more splits than a certificate can hold are refused`() throws {
    func set(_ count: Int) throws -> RecordSet {
      try RecordSet((0..<count).map { Record(split: "s\($0)", path: "p", sha256: Fixture.digest(""), size: 0) })
    }
    #expect(try RecordSummary(set(128)).splits.count == 128)
    #expect(throws: CertificateError.self) { try RecordSummary(set(129)) }
  }
}
