@testable import SplitSealKeys
import SplitSealFingerprint
import SplitSealManifest
import Testing

@testable import SplitSealCertificate

/// Files drawn at random, and what they would miss.
@Suite struct FileSampleTests {
  // C(N - m, K) / C(N, K) by Python: Fraction(comb(N - m, K), comb(N, K)).
  @Test(arguments: [
    (40, 4, 5, 376_992.0 / 658_008.0), (10, 1, 3, 0.7), (10, 0, 3, 1), (10, 8, 3, 0), (10, 10, 1, 0), (10, 1, 10, 0),
    (60_000, 600, 300, 0.048_670_771_198_264_934), (1_000_000, 10_000, 459, 0.009_910_443_188_319_336),
    (5, 2, 2, 0.3),
  ])
  func `the probability of missing a change is the hypergeometric one`(
    count: Int, changed: Int, drawn: Int, expected: Double
  ) {
    let probability = FileSample(drawn, of: count, seed: 1).missProbability(changedCount: changed)
    #expect(abs(probability - expected) <= 1e-12 * max(expected, 1e-300))
  }

  @Test func `a sample of all misses nothing, and one of none everything`() {
    #expect(FileSample(100, of: 7, seed: 3).indices == Array(0..<7))
    #expect(FileSample(100, of: 7, seed: 3).missProbability(changedCount: 1) == 0)
    #expect(FileSample(0, of: 7, seed: 3).missProbability(changedCount: 7) == 1)
  }

  @Test func `each seed draws its own files, and the same again`() {
    let first = FileSample(20, of: 1000, seed: 7)
    #expect(first == FileSample(20, of: 1000, seed: 7))
    #expect(first.indices != FileSample(20, of: 1000, seed: 8).indices)
    #expect(Set(first.indices).count == 20)
    #expect(first.indices == first.indices.sorted())
  }

  // 2,000 draws of 3 of 10: each is drawn 600 times on average, with a deviation of 20.5.
  @Test func `every file is as likely to be drawn`() {
    var counts = [Int](repeating: 0, count: 10)
    for seed in 0..<2000 { for index in FileSample(3, of: 10, seed: UInt64(seed)).indices { counts[index] += 1 } }
    #expect(counts.reduce(0, +) == 6000)
    #expect(counts.allSatisfy { (500...700).contains($0) })
  }

  @Test(arguments: [(0, []), (1, [1]), (40, [1, 4]), (60_000, [1, 60, 600, 6000]), (100, [1, 10])])
  func `changes of one file, 0.1 %, 1 % and 10 % are stated`(count: Int, expected: [Int]) {
    #expect(FileSample(1, of: count, seed: 1).statedChanges == expected)
  }

  // MARK: Against a certificate

  private func verify(
    _ count: Int, seed: UInt64 = 1, _ change: (inout Fixture) -> Void = { _ in }
  ) throws -> CertificateVerification {
    let signed = try Fixture().signed()
    let verifier = CertificateVerifier(trust: .keys([try #require(Fixture.key).verificationKey]))
    var (verification, records) = verifier.verifyStatement(certificate: signed.bundle, records: signed.records)
    let set = try #require(records)
    let sample = FileSample(count, of: set.records.count, seed: seed)
    var fixture = Fixture()
    change(&fixture)
    let (manifest, contents) = (fixture.manifest, fixture.contents)
    let read = sample.samples(of: set, in: manifest)
    let dataset = DatasetState(manifest: manifest, read: read, contents: read.map { contents[$0] }, signed: set)
    verifier.check(sample, of: set, dataset: dataset, &verification)
    return verification
  }

  @Test func `an untouched dataset passes, and the files are not called checked`() throws {
    let verification = try verify(2)
    #expect(verification.status == .verified)
    #expect(verification.checkedRecords && !verification.checkedFiles)
    #expect(verification.sample?.indices.count == 2)
    #expect(verification.sample?.recordCount == 6)
  }

  @Test func `a changed file is found exactly when it is drawn`() throws {
    var found = 0
    for seed in 0..<30 {
      let verification = try verify(3, seed: UInt64(seed)) { $0.rows[0].content = "changed" }
      // 'train/cat/one.png' is the third record: test has two.
      let isDrawn = FileSample(3, of: 6, seed: UInt64(seed)).indices.contains(2)
      #expect((verification.status == .mismatch) == isDrawn)
      found += isDrawn ? 1 : 0
    }
    #expect((1..<30).contains(found))
  }

  @Test func `rows that changed are found whatever is drawn`() throws {
    #expect(try verify(1) { $0.rows[0].label = "dog" }.status == .mismatch)
    #expect(try verify(1) { $0.rows[1].split = "test" }.status == .mismatch)
    #expect(try verify(1) { $0.rows.removeLast() }.status == .mismatch)
    let added = try verify(1) { $0.rows.append(.init("val", "new.png", nil, nil, "new")) }
    #expect(added.problems.map(\.message) == ["'new.png' in split 'val' is not signed"])
  }

  @Test func `a drawn file that cannot be read is named`() throws {
    let verification = try verify(6) { $0.rows[0].content = nil }
    #expect(verification.problems.map(\.message) == ["'cat/one.png' in split 'train' is listed and cannot be read"])
  }

  // MARK: The statement alone

  @Test func `the statement alone is checked, and says so`() throws {
    let signed = try Fixture().signed()
    let verifier = CertificateVerifier(trust: .keys([try #require(Fixture.key).verificationKey]))
    let (alone, none) = verifier.verifyStatement(certificate: signed.bundle, records: nil)
    #expect(alone.status == .verified)
    #expect(!alone.checkedRecords && !alone.checkedFiles && none == nil)
    let (lie, _) = verifier.verifyStatement(
      certificate: try Fixture.lie(signed, #""images":6"#, #""images":7"#), records: nil)
    #expect(lie.status == .mismatch)
    var other = Fixture()
    other.rows[0].label = "dog"
    let (wrong, _) = verifier.verifyStatement(certificate: signed.bundle, records: try other.records.serialized)
    #expect(wrong.status == .mismatch)
  }
}
