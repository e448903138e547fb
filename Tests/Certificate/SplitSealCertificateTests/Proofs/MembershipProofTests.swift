@testable import SplitSealKeys
import SplitSealBase
import SplitSealFingerprint
import SplitSealJSON
import Testing

@testable import SplitSealCertificate

/// Proofs about one file, checked with the certificate alone.
@Suite struct MembershipProofTests {
  let signed: SignedCertificate
  let verifier: CertificateVerifier

  init() throws {
    signed = try Fixture().signed()
    verifier = CertificateVerifier(trust: .keys([try #require(Fixture.key).verificationKey]))
  }

  private func prover() throws -> RecordProver {
    let (verification, records) = verifier.verifyStatement(certificate: signed.bundle, records: signed.records)
    return try RecordProver(verification, records: #require(records))
  }

  private func inclusion(_ path: String) throws -> InclusionProof {
    var prover = try prover()
    return prover.inclusion(ofRecordAt: try #require(prover.indices(ofPath: path).first))
  }

  private func absence(_ text: String, from splits: [String]? = nil) throws -> AbsenceProof? {
    var prover = try prover()
    return try prover.absence(of: Fixture.digest(text), from: splits)
  }

  private func verify(_ bytes: [UInt8], _ content: ContentDigest? = nil) -> CertificateVerification {
    verifier.verify(proof: bytes, certificate: signed.bundle, content: content).0
  }

  private func content(_ text: String) -> ContentDigest { ContentDigest(of: Array(text.utf8)) }

  /// A proof in which a text was replaced.
  private func changed(_ proof: MembershipProof, _ text: String, _ other: String) throws -> [UInt8] {
    let document = String(decoding: proof.bytes, as: UTF8.self)
    try #require(document.contains(text), "the proof does not hold \(text): \(document)")
    return Array(document.replacing(text, with: other, maxReplacements: 1).utf8)
  }

  // MARK: Inclusion

  @Test func `every record of every split is proven`() throws {
    var prover = try prover()
    for index in 0..<6 {
      let proof = MembershipProof.inclusion(prover.inclusion(ofRecordAt: index))
      let (verification, read) = verifier.verify(proof: proof.bytes, certificate: signed.bundle)
      #expect(verification.status == .verified)
      #expect(read == proof)
      #expect(!verification.checkedFiles)
    }
  }

  @Test func `a proof is one canonical line with the record as it stands in the file`() throws {
    let proof = try inclusion("cat/three.png")
    let line = try #require(signed.records.split(separator: UInt8(ascii: "\n")).first)
    #expect(proof.line == Array(line))
    let bytes = MembershipProof.inclusion(proof).bytes
    #expect(bytes.last == UInt8(ascii: "\n"))
    #expect(try JSONParser.parse(Array(bytes.dropLast())).canonicalBytes == Array(bytes.dropLast()))
    #expect(proof.split == "test" && proof.index == 0 && proof.size == 2 && proof.certificateID == signed.id)
  }

  @Test func `the image's bytes are held against the record`() throws {
    let proof = MembershipProof.inclusion(try inclusion("cat/three.png")).bytes
    let right = verify(proof, content("a picture of a cat"))
    #expect(right.status == .verified && right.checkedFiles)
    let wrong = verify(proof, content("a picture of a cow"))
    #expect(wrong.status == .mismatch)
    #expect(wrong.problems.first?.message.hasPrefix("the image is not the one of the record (SHA-256 ") == true)
  }

  @Test(arguments: [
    (#""index":1"#, #""index":0"#, "does not lead to the signed root"),
    (#""index":1"#, #""index":3"#, "has not the index"),
    (
      #""size":3,"split":"train"}"#, #""size":4,"split":"train"}"#,
      "the proof is of a tree of 4, and split 'train' has 3"
    ),
    (
      #""split":"train"}"# + "\n", #""split":"test"}"# + "\n", "the record is of split 'train', and the proof of 'test'"
    ),
    (#""split":"train"}"# + "\n", #""split":"none"}"# + "\n", "the certificate has no split 'none'"),
    (
      #""hashes":["#, #""hashes":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","#,
      "number of hashes"
    ),
    (#"cat/two.png"#, #"cat/six.png"#, "does not lead to the signed root"),
  ])
  func `a proof of another place, size, split or record is refused`(text: String, other: String, told: String) throws {
    let proof = MembershipProof.inclusion(try inclusion("cat/two.png"))
    let verification = verify(try changed(proof, text, other))
    #expect(verification.status == .mismatch)
    #expect(verification.problems.contains { $0.message.contains(told) }, "\(verification.problems.map(\.message))")
  }

  @Test func `a proof with fewer hashes, or of another certificate, is refused`() throws {
    let proof = try inclusion("cat/two.png")
    let short = InclusionProof(
      certificateID: proof.certificateID, split: proof.split, index: proof.index, size: proof.size, line: proof.line,
      path: MerklePath(hashes: proof.path.hashes.dropLast()))
    #expect(verify(MembershipProof.inclusion(short).bytes).status == .mismatch)
    let zero = String(repeating: "0", count: 64)
    let other = verify(try changed(.inclusion(proof), signed.id.description, zero))
    #expect(other.problems.map(\.message) == ["the proof is of certificate \(zero), and this one is \(signed.id)"])
  }

  @Test func `a node in the place of a record is refused`() throws {
    // One level up: the first two records' node as the leaf of a tree of two, the signed tree having three.
    let proof = try inclusion("dog/one.png")
    let node = InclusionProof(
      certificateID: proof.certificateID, split: "train", index: 0, size: 2,
      line: Array(String(repeating: "a", count: 64).utf8), path: MerklePath(hashes: proof.path.hashes))
    #expect(verify(MembershipProof.inclusion(node).bytes).status == .malformed)
  }

  @Test func `whichever other members a record has, its proof is the same`() {
    let zero = String(repeating: "0", count: 64)
    let salted = RecordLine(Array(#"{"path":"a","salt":"00","sha256":"\#(zero)","size":1,"split":"t"}"#.utf8))
    #expect(salted?.split == "t" && salted?.path == "a" && salted?.size == 1)
    for bad in [
      #"{"path":"a","sha256":"\#(zero)","size":1}"#, #"{"path": "a","sha256":"\#(zero)","size":1,"split":"t"}"#,
      #"{"path":"../a","sha256":"\#(zero)","size":1,"split":"t"}"#, "[]", "",
      #"{"path":"a","sha256":"0","size":1,"split":"t"}"#, #"{"path":"a","sha256":"\#(zero)","size":-1,"split":"t"}"#,
    ] { #expect(RecordLine(Array(bad.utf8)) == nil, "\(bad)") }
  }

  // MARK: Absence

  @Test func `what is in no split is proven absent from each, at the edges too`() throws {
    // Many digests: before all, between, behind all.
    for number in 0..<60 {
      let proof = try #require(try absence("absent \(number)"))
      #expect(proof.gaps.map(\.split) == ["test", "train", "val"])
      let verification = verify(MembershipProof.absence(proof).bytes, content("absent \(number)"))
      #expect(verification.status == .verified, "\(verification.problems.map(\.message))")
    }
    let edges = try (0..<60).compactMap { try absence("absent \($0)") }.flatMap(\.gaps)
    #expect(edges.contains { $0.before == nil && $0.after?.index == 0 })
    #expect(edges.contains { $0.after == nil && $0.before?.index == $0.size - 1 })
    #expect(edges.contains { $0.before != nil && $0.after != nil })
  }

  @Test func `what is in a split cannot be proven absent from it, and can from others`() throws {
    #expect(try absence("a picture of a dog") == nil)
    #expect(try absence("a picture of a dog", from: ["train"]) == nil)
    let proof = try #require(try absence("a picture of a dog", from: ["test", "val"]))
    #expect(verify(MembershipProof.absence(proof).bytes).status == .verified)
    #expect(throws: CertificateError.self) { try absence("x", from: ["none"]) }
  }

  @Test func `digests that are not side by side, or not around the absent one, prove nothing`() throws {
    var prover = try prover()
    let proof = try #require(try prover.absence(of: Fixture.digest("absent 1"), from: ["train"]))
    let gap = try #require(proof.gaps.first)
    func told(
      sha256: Digest256? = nil, before: AbsenceProof.Neighbour?, after: AbsenceProof.Neighbour?
    ) -> [String] {
      let other = AbsenceProof(
        certificateID: proof.certificateID, sha256: sha256 ?? proof.sha256,
        gaps: [.init(split: gap.split, size: gap.size, before: before, after: after)])
      let verification = verify(MembershipProof.absence(other).bytes)
      #expect(verification.status == .mismatch)
      return verification.problems.map(\.message)
    }
    let room = "split 'train': the digests before and after leave room for others between them"
    if gap.before != nil { #expect(told(before: nil, after: gap.after).contains(room)) }
    if gap.after != nil { #expect(told(before: gap.before, after: nil).contains(room)) }
    #expect(told(before: nil, after: nil).contains(room))
    #expect(
      told(before: gap.after, after: gap.before).contains { $0.contains("is not below") || $0.contains("is not above") }
    )
    // The digest itself as its own neighbour.
    let present = Fixture.digest("a picture of a dog")
    let beside = gap.before ?? gap.after
    #expect(!told(sha256: present, before: beside, after: nil).isEmpty)
    // The first and the last of three leave room for the one between them.
    let sorted = ["a picture of a cat", "another picture of a cat", "a picture of a dog"].map(Fixture.digest).sorted()
    let tree = MerkleLevels(leaves: sorted.map(\.bytes))
    func neighbour(_ index: Int) -> AbsenceProof.Neighbour {
      .init(sha256: sorted[index], index: index, path: tree.path(ofLeafAt: index))
    }
    #expect(told(sha256: sorted[1], before: neighbour(0), after: neighbour(2)) == [room])
    // And cannot be passed off as neighbours.
    let moved = AbsenceProof.Neighbour(sha256: sorted[2], index: 1, path: tree.path(ofLeafAt: 2))
    #expect(told(sha256: sorted[1], before: neighbour(0), after: moved).count == 1)
  }

  @Test func `the image that is absent has to be the one of the proof`() throws {
    let proof = MembershipProof.absence(try #require(try absence("absent"))).bytes
    #expect(verify(proof, content("something else")).status == .mismatch)
  }

  // MARK: Documents

  @Test(arguments: [
    "", "{}", "[]", "null", "{\"schema\":\"splitseal-inclusion-proof\"}", "\u{FEFF}{}",
    #"{"schema":"splitseal-absence-proof","schemaVersion":"1.0","certificate":"00","sha256":"00","splits":[]}"#,
  ])
  func `what is no proof is malformed`(text: String) {
    let verification = verify(Array(text.utf8))
    #expect(verification.status == .malformed)
  }

  @Test(arguments: [
    (#""schema":"splitseal-inclusion-proof""#, #""schema":"another""#),
    (#""schemaVersion":"1.0""#, #""schemaVersion":"2.0""#),
    (#""schemaVersion":"1.0""#, #""schemaVersion":"1.0","x":1"#),
    (#""index":0"#, #""index":-1"#), (#""index":0"#, #""index":0.0"#), (#""index":0"#, #""index":0,"index":0"#),
    (#""hashes":["#, #""hashes":["AB","#), (#""hashes":["#, #""hashes":[1,"#), (#""size":2,"#, ""),
  ])
  func `a proof of another form or version is refused`(text: String, other: String) throws {
    let verification = verify(try changed(.inclusion(inclusion("cat/three.png")), text, other))
    #expect(verification.status == .malformed)
  }

  @Test func `a path of more than 64 hashes is refused`() throws {
    let proof = try inclusion("cat/three.png")
    let long = InclusionProof(
      certificateID: proof.certificateID, split: proof.split, index: proof.index, size: proof.size, line: proof.line,
      path: MerklePath(hashes: Array(repeating: Fixture.digest("x"), count: 65)))
    #expect(verify(MembershipProof.inclusion(long).bytes).status == .malformed)
  }

  @Test func `a proof says no more than its certificate is trusted`() throws {
    let proof = MembershipProof.inclusion(try inclusion("cat/three.png")).bytes
    let key = try #require(Fixture.key).verificationKey
    let unknown = CertificateVerifier(trust: .nobody(keyBeside: key))
    #expect(unknown.verify(proof: proof, certificate: signed.bundle).0.status == .signerNotTrusted)
    let other = CertificateVerifier(trust: .keys([SigningKey().verificationKey]))
    #expect(other.verify(proof: proof, certificate: signed.bundle).0.status == .mismatch)
  }

  @Test func `records that were not signed make no proofs`() throws {
    var other = Fixture()
    other.rows[0].label = "dog"
    let (verification, records) = verifier.verifyStatement(
      certificate: signed.bundle, records: try other.records.serialized)
    #expect(throws: CertificateError.self) { try RecordProver(verification, records: #require(records)) }
  }
}
