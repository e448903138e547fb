@testable import SplitSealKeys
import SplitSealBase
import SplitSealFingerprint
import SplitSealJSON
import Testing

@testable import SplitSealCertificate

/// Salts, keyed digests and keyed roots; expected values from Python's hmac and hashlib.
@Suite struct RecordSaltingTests {
  static let salting = RecordSalting(key: key(0), id: id)
  static let id = SaltID("6465666768696a6b6c6d6e6f70717273") ?? SaltID()

  /// The key of 32 bytes that count up from a first one.
  static func key(_ first: UInt8) -> SaltKey { (try? SaltKey(parsing: Array(first..<first + 32))) ?? SaltKey() }

  /// The vector of docs/certificate.md.
  private func vector() throws -> RecordSet {
    func record(_ split: String, _ path: String, _ label: String, _ content: String) -> Record {
      Record(split: split, path: path, label: label, sha256: Fixture.digest(content), size: content.utf8.count)
    }
    return try RecordSet([
      record("train", "a.png", "cat", "one"), record("train", "b.png", "dog", "two"),
      record("test", "c.png", "cat", "three"),
    ]).salted(Self.salting)
  }

  @Test func `the lines of the vector are those that Python writes`() throws {
    let text = String(decoding: try vector().serialized, as: UTF8.self)
    #expect(
      text == """
        {"label":"cat","path":"c.png","salt":"04c457d7eb4efcc8c926b6ea8aec9ddd","sha256":"8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f","size":5,"split":"test"}
        {"label":"cat","path":"a.png","salt":"53dc869ab5de31696a3ab89cf818cd03","sha256":"7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed","size":3,"split":"train"}
        {"label":"dog","path":"b.png","salt":"0b0521ca7531d89cdb022fd081b3e87f","sha256":"3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3","size":3,"split":"train"}

        """)
    #expect(try RecordSet(parsing: Array(text.utf8)) == vector())
  }

  @Test func `the roots of the vector are those that Python computes`() throws {
    let summary = try RecordSummary(vector(), salting: Self.salting)
    #expect(
      summary.recordsDigest.description == "704bad9fb20ea4781e219339b01814cf26c246d243f8540177a80ff4dc2941be")
    #expect(summary.fields == ["label", "path", "salt", "sha256", "size", "split"])
    #expect(
      summary.splits.map(\.recordRoot.description) == [
        "ff9d68a91268d15ba492b47951b2862f6166c033cc514ba2d984e548e1ab2439",
        "e70beed29ccf1c9b7a31a4898c7080a5d5cec515765a68a0a5b21d5921d73d38",
      ])
    #expect(
      summary.splits.map(\.contentRoot.description) == [
        "78adf54bfcc3374d0addcc765e51d90fd78ad58c6467601cbca00f2017961f15",
        "e729664cec49f19b3eb251a57685fa6b46a9ef4aefcc1d70d21629cce8dd7636",
      ])
  }

  @Test func `the check of the key and a finding are keyed as Python keys them`() {
    #expect(Self.salting.check.description == "7b07b28bfdf483f6522f37ed289765c3")
    #expect(
      Self.salting.keyedFinding(Fixture.digest("a finding")).description
        == "aa427bef25c9b899170e7ec140c2642390591282de54b60174b74758cc2cc003")
  }

  @Test func `another key, another id, another place: another salt`() {
    let salt = Self.salting.salt(split: "train", path: "a.png")
    #expect(RecordSalting(key: Self.key(1), id: Self.id).salt(split: "train", path: "a.png") != salt)
    #expect(RecordSalting(key: Self.key(0), id: SaltID()).salt(split: "train", path: "a.png") != salt)
    #expect(Self.salting.salt(split: "train", path: "b.png") != salt)
    #expect(Self.salting.salt(split: "test", path: "a.png") != salt)
  }

  @Test func `a salt key is 32 bytes or 64 digits, and no constant`() throws {
    let digits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    for file in [
      Array(digits.utf8), Array((digits + "\n").utf8), Array(digits.uppercased().utf8), Array(0..<32),
    ] {
      #expect(try SaltKey(parsing: file).bytes == Array(0..<32))
    }
    let faulty: [[UInt8]] = [
      [], Array(0..<31), Array(0..<33), Array(digits.dropLast().utf8), Array((digits + "\n\n").utf8),
      Array(repeating: 0, count: 32), Array(String(repeating: "0", count: 64).utf8),
    ]
    for file in faulty { #expect(throws: CertificateError.self) { try SaltKey(parsing: file) } }
    #expect(SaltKey().bytes != SaltKey().bytes)
    #expect(try SaltKey(parsing: SaltKey().fileBytes).bytes.count == 32)
  }

  @Test(arguments: [
    (#""salt":"04c457d7eb4efcc8c926b6ea8aec9dd""#, "the salt is not 32 lower-case hexadecimal digits"),
    (#""salt":"04C457D7EB4EFCC8C926B6EA8AEC9DDD""#, "the salt is not 32 lower-case hexadecimal digits"),
    (#""salt":"""#, "the salt is not 32 lower-case hexadecimal digits"), (#""salt":5"#, "'salt' is not a string"),
  ])
  func `a salt of another form is refused`(member: String, message: String) throws {
    let line = String(decoding: try vector().serialized, as: UTF8.self).split(separator: "\n")[0]
    let changed = line.replacing(#""salt":"04c457d7eb4efcc8c926b6ea8aec9ddd""#, with: member)
    let error = #expect(throws: CertificateError.self) { try RecordSet(parsing: Array((changed + "\n").utf8)) }
    #expect(error?.message == message)
  }

  @Test func `records with and without salts do not stand in one file`() throws {
    var records = try vector().records
    let bare = records[1]
    records[1] = Record(
      split: bare.split, path: bare.path, label: bare.label, sha256: bare.sha256, size: bare.size)
    let error = #expect(throws: CertificateError.self) {
      try RecordSet(parsing: RecordSet(checked: records).serialized)
    }
    #expect(error?.message == "some records have a salt and some have none")
    #expect(error?.line == 2)
  }

  @Test(arguments: [
    // Counts by class, and the classes that are named.
    ([4, 4, 9], ["c"]), ([5, 6, 7], ["a", "b", "c"]), ([4, 6, 7], ["c"]), ([1, 1, 5, 9], ["d"]), ([2, 3, 5], ["c"]),
    ([3, 9], []), ([3], []), ([], []), ([9], ["a"]), ([1, 2, 1, 2, 5], ["e"]),
  ])
  func `classes of fewer than five are not named, nor what would tell their number`(counts: [Int], named: [String]) {
    let letters = ["a", "b", "c", "d", "e"]
    let classes = zip(letters, counts).map { RecordSummary.ClassCount(label: $0, count: $1) }
    #expect(HiddenClasses.published(classes).map(\.label) == named)
  }

  @Test func `of more than 200 classes none is named`() {
    let classes = (0..<201).map { RecordSummary.ClassCount(label: String($0), count: 10) }
    #expect(HiddenClasses.published(Array(classes.dropLast())).count == 200)
    #expect(HiddenClasses.published(classes).isEmpty)
  }
}

/// The vectors that another program made.
@Suite(.enabled(if: SharedVectors.folder != nil, SharedVectors.comment)) struct SharedSaltVectorTests {
  @Test func `salts, records and leaves are those of the vectors`() throws {
    let bare = try RecordSet(parsing: SharedVectors.bytes("vectors/records.jsonl"))
    #expect(
      bare.salted(RecordSaltingTests.salting).serialized == (try SharedVectors.bytes("vectors/records.salted.jsonl")))
  }

  @Test func `the salted record of the inclusion proof is a leaf below its root`() throws {
    let proof = try JSONParser.parse(SharedVectors.bytes("vectors/inclusion.salted.json"))
    let line = try #require(proof["record"]?.string)
    let records = try RecordSet(parsing: SharedVectors.bytes("vectors/records.salted.jsonl"))
    let record = try #require(try RecordSet(parsing: Array((line + "\n").utf8)).records.first)
    #expect(record.salt == RecordSaltingTests.salting.salt(split: "train", path: "train/dog/img001.png"))
    let summary = try RecordSummary(records, salting: RecordSaltingTests.salting)
    let train = try #require(summary.splits.first { $0.name == "train" })
    #expect(train.recordRoot.description == proof["root"]?.string)
  }

  @Test func `a guess at a neighbour is in the proof of public records, and not in that of salted ones`() throws {
    func proof(_ name: String) throws -> [String] {
      let document = try JSONParser.parse(SharedVectors.bytes("vectors/inclusion.\(name).json"))
      return try #require(document["proof"]?.array).compactMap(\.string)
    }
    // The image is public, and the paths are numbered: label and group are few guesses away.
    let guess = try RecordSet(parsing: SharedVectors.bytes("vectors/records.jsonl"))
      .records.filter { $0.split == "train" }.map { record in
        var line: [UInt8] = []
        record.appendLine(to: &line)
        return Fixture.digest(bytes: [0] + line).description
      }
    #expect(try !Set(guess).isDisjoint(with: proof("public")))
    #expect(try Set(guess).isDisjoint(with: proof("salted")))
  }
}
