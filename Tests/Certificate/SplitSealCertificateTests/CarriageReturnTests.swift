@testable import SplitSealKeys
import Testing

@testable import SplitSealCertificate

/// Records that git, or an editor on Windows, wrote with CRLF.
@Suite struct CarriageReturnTests {
  private static func withCRLF(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { $0 == UInt8(ascii: "\n") ? Array("\r\n".utf8) : [$0] }
  }

  @Test func `records with CRLF are those that were signed, with a note that names core.autocrlf`() throws {
    let signed = try Fixture().signed()
    let verification = try Fixture.verify(
      signed.bundle, records: Self.withCRLF(signed.records), state: Fixture().state)
    #expect(verification.status == .verified)
    #expect(verification.problems.isEmpty)
    #expect(verification.checkedRecords && verification.checkedFiles)
    #expect(verification.notes.count { $0.contains("core.autocrlf") } == 1)
    let plain = try Fixture.verify(signed.bundle, records: signed.records, state: Fixture().state)
    #expect(!plain.notes.contains { $0.contains("core.autocrlf") })
  }

  @Test func `the certificate and the key are read with CRLF too`() throws {
    let signed = try Fixture().signed()
    let verification = try Fixture.verify(
      Self.withCRLF(signed.bundle), records: signed.records, state: Fixture().state)
    #expect(verification.status == .verified)
    let pem = Self.withCRLF(Array(signed.publicKey.pem.utf8))
    #expect(try VerificationKey(pem: pem) == signed.publicKey)
  }

  @Test func `records of which only some lines end with CRLF are refused, and so are other changes`() throws {
    let signed = try Fixture().signed()
    let whole = Self.withCRLF(signed.records)
    let firstEnd = try #require(whole.firstIndex(of: UInt8(ascii: "\r")))
    var mixed = whole
    mixed.remove(at: firstEnd)
    var doubled = whole
    doubled.insert(UInt8(ascii: "\r"), at: firstEnd)
    let changed = whole.map { $0 == UInt8(ascii: "a") ? UInt8(ascii: "b") : $0 }
    for records in [mixed, changed] {
      #expect(try Fixture.verify(signed.bundle, records: records, state: Fixture().state).status != .verified)
    }
    #expect(RecordSet.withoutCarriageReturns(doubled) == signed.records)
  }
}
