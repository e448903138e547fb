@testable import SplitSealKeys
import SplitSealBase
import SplitSealFingerprint
import SplitSealManifest
import Testing

@testable import SplitSealCertificate

/// What can happen to files between signing and verifying.
@Suite struct FileDifferenceTests {
  private func verify(
    allowsExtraFiles: Bool = false, _ change: (inout Fixture) -> Void
  ) throws -> CertificateVerification {
    let signed = try Fixture().signed()
    var fixture = Fixture()
    change(&fixture)
    var verifier = CertificateVerifier(trust: .keys([try #require(Fixture.key).verificationKey]))
    verifier.allowsExtraFiles = allowsExtraFiles
    verifier.listedPerKind = 3
    return verifier.verify(certificate: signed.bundle, records: signed.records, dataset: fixture.state)
  }

  private func told(_ change: (inout Fixture) -> Void) throws -> [String] {
    let verification = try verify(change)
    #expect(verification.status == .mismatch)
    #expect(verification.problems.allSatisfy { $0.subject == .files })
    return verification.problems.map(\.message)
  }

  @Test func `changed content is told with its new digest`() throws {
    let digest = Fixture.digest("x")
    #expect(
      try told { $0.rows[0].content = "x" } == [
        "'cat/one.png' in split 'train' has other content than was signed (SHA-256 \(digest))"
      ])
  }

  @Test func `a file of the same size with one byte changed is told`() throws {
    #expect(try told { $0.rows[0].content = "b picture of a cat" }.count == 1)
  }

  @Test func `an emptied file is told`() throws {
    #expect(try told { $0.rows[0].content = "" }.first?.contains("has other content") == true)
  }

  @Test func `a file that cannot be read and one that is no longer listed are told apart`() throws {
    #expect(
      try told { $0.rows[0].content = nil } == ["'cat/one.png' in split 'train' is listed and cannot be read"])
    #expect(try told { $0.rows.remove(at: 0) } == ["'cat/one.png' in split 'train' is signed and not there"])
  }

  @Test func `an extra image fails unless it is allowed`() throws {
    let extra = Fixture.Row("val", "new.png", nil, nil, "new")
    #expect(try told { $0.rows.append(extra) } == ["'new.png' in split 'val' is not signed"])
    let allowed = try verify(allowsExtraFiles: true) { $0.rows.append(extra) }
    #expect(allowed.status == .verified)
    #expect(allowed.notes == ["'new.png' in split 'val' is not signed"])
  }

  @Test func `labels and groups that changed are told with both values`() throws {
    #expect(
      try told { $0.rows[0].label = "dog" } == [
        "'cat/one.png' in split 'train' was labelled 'cat', and is labelled 'dog'"
      ])
    #expect(
      try told { $0.rows[5].group = "ann" } == [
        "'dog/three.png' in split 'test' was of group nothing, and is of group 'ann'"
      ])
  }

  @Test func `a label of other bytes that looks the same is another label`() throws {
    var fixture = Fixture()
    fixture.rows[0].label = "é"
    let signed = try fixture.signed()
    fixture.rows[0].label = "e\u{301}"
    #expect(try Fixture.verify(signed.bundle, records: signed.records, state: fixture.state).status == .mismatch)
  }

  @Test func `a sample that moved to another split is told as moved`() throws {
    #expect(
      try told { $0.rows[0].split = "test" } == ["'cat/one.png' in split 'train' is in split 'test' now"])
    #expect(
      try told {
        $0.rows[0].split = "test"
        $0.rows[0].content = "x"
      } == ["'cat/one.png' in split 'train' is in split 'test' now, with other content"])
  }

  @Test func `a sample copied into another split is an extra image`() throws {
    #expect(
      try told { $0.rows.append(.init("test", "cat/one.png", "cat", "ann", "a picture of a cat")) }
        == ["'cat/one.png' in split 'test' is not signed"])
  }

  @Test func `a row that stands twice today is told`() throws {
    #expect(try told { $0.rows.append($0.rows[0]) } == ["'cat/one.png' stands twice in split 'train'"])
  }

  @Test func `a path that a file system decomposed is the same path`() throws {
    var fixture = Fixture()
    fixture.rows[0].path = "caf\u{E9}.png"
    let signed = try fixture.signed()
    fixture.rows[0].path = "cafe\u{301}.png"
    #expect(try Fixture.verify(signed.bundle, records: signed.records, state: fixture.state).status == .verified)
  }

  @Test func `a manifest that was only written anew is mentioned, not refused`() throws {
    let verification = try verify {
      $0.manifestText = "path,split,label,group\r\n"
      $0.rows.reverse()
    }
    #expect(verification.status == .verified)
    #expect(
      verification.notes == ["manifest 'metadata.csv' has other bytes than were signed; its records are the same"])
  }

  @Test func `many differences of one kind are counted, not all told`() throws {
    let messages = try told { fixture in
      for index in fixture.rows.indices { fixture.rows[index].content = "\(index)" }
      fixture.rows[0].label = "dog"
    }
    #expect(messages.count == 5)
    #expect(messages[3] == "3 more images are changed")
    #expect(messages[4].contains("was labelled"))
  }

  @Test func `names that could act on a terminal are shown escaped`() throws {
    let messages = try told { $0.rows[0].label = "\u{1B}[31mred\u{202E}" }
    #expect(!messages.joined().utf8.contains(0x1B))
    #expect(!messages.joined().unicodeScalars.contains("\u{202E}"))
  }
}
