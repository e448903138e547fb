@testable import SplitSealKeys
import Foundation
import Testing

@testable import SplitSealCertificate

@Suite struct CertificateFilesTests {
  private func root() throws -> String {
    let path = NSTemporaryDirectory() + "splitseal-files-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test func `everything is written below .splitseal, and reads back as it was`() throws {
    let root = try root()
    defer { try? FileManager.default.removeItem(atPath: root) }
    let signed = try Fixture().signed()
    let files = CertificateFiles(root: root)
    try files.write(signed, report: Array("report".utf8))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: root + "/.splitseal").sorted() == [
        ".gitattributes", "records.jsonl", "splitseal.pub", "splitseal.report.json", "splitseal.sigstore.json",
      ])
    #expect(try files.readCertificate() == signed.bundle)
    #expect(try files.readRecords() == signed.records)
    #expect(try files.readPublicKey() == signed.publicKey)
    let verification = try Fixture.verify(files.readCertificate(), records: files.readRecords(), state: Fixture().state)
    #expect(verification.status == .verified)
  }

  @Test func `a second certificate takes the place of the first`() throws {
    let root = try root()
    defer { try? FileManager.default.removeItem(atPath: root) }
    let files = CertificateFiles(root: root + "/")
    try files.write(Fixture().signed(), report: nil)
    var fixture = Fixture()
    fixture.rows.removeLast()
    let second = try fixture.signed()
    try files.write(second, report: nil)
    #expect(try files.readCertificate() == second.bundle)
    #expect(try files.readRecords() == second.records)
    #expect(try FileManager.default.contentsOfDirectory(atPath: files.folder).count == 4)
  }

  @Test func `a folder that is not there and a key that is not there are told apart`() throws {
    let root = try root()
    defer { try? FileManager.default.removeItem(atPath: root) }
    let files = CertificateFiles(root: root)
    #expect(try files.readPublicKey() == nil)
    let error = #expect(throws: CertificateError.self) { try files.readCertificate() }
    #expect(error?.code == .notFound)
    #expect(error?.file == root + "/.splitseal/splitseal.sigstore.json")
  }

  @Test func `a folder that cannot be written is an error that names the file`() throws {
    let root = try root()
    defer { try? FileManager.default.removeItem(atPath: root) }
    try "a file".write(toFile: root + "/.splitseal", atomically: false, encoding: .utf8)
    let error = #expect(throws: CertificateError.self) {
      try CertificateFiles(root: root).write(Fixture().signed(), report: nil)
    }
    #expect(error?.code == .inputOutput)
    #expect(error?.file?.hasPrefix(root + "/.splitseal") == true)
  }
}
