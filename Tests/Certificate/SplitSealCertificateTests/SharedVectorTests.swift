import SplitSealRules
@testable import SplitSealKeys
import SplitSealBase
import Foundation
import SplitSealAudit
import SplitSealFingerprint
import SplitSealManifest
import Testing

@testable import SplitSealCertificate

/// Certificates that other programs made.
///
/// They lie in `shared/certificate` beside the repository and are not part of it: `vectors/`, `keys/`, `ds/`.
enum SharedVectors {
  static let folder: String? = {
    let path = URL(fileURLWithPath: #filePath)
      .appending(path: "../../../../../shared/certificate").standardizedFileURL.path
    return FileManager.default.fileExists(atPath: path + "/vectors") ? path : nil
  }()
  static let comment: Comment = "there is no shared/certificate beside the repository"

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder ?? "")/\(name)")))
  }
}

@Suite(.enabled(if: SharedVectors.folder != nil, SharedVectors.comment)) struct SharedVectorTests {
  @Test(arguments: ["p256", "ed25519"], ["dsse", "sigstore"])
  func `a full certificate verifies with its records and files`(algorithm: String, form: String) throws {
    let key = try VerificationKey(pem: SharedVectors.bytes("keys/test_\(algorithm)_pk.pem"))
    let records = try SharedVectors.bytes("vectors/records.jsonl")
    let set = try RecordSet(parsing: records)
    var splits: [String] = []
    var samples: [Sample] = []
    var contents: [ContentDigest?] = []
    let labels = ["cat", "dog"]
    for record in set.records {
      if !splits.contains(record.split) { splits.append(record.split) }
      let bytes = try SharedVectors.bytes("ds/" + record.path)
      contents.append(
        ContentDigest(
          sha256: Fixture.digest(bytes: bytes), xxh3: Digest128(high: 0, low: 0), byteCount: bytes.count))
      samples.append(
        Sample(
          path: record.path, split: splits.firstIndex(of: record.split) ?? 0,
          label: labels.firstIndex(of: record.label ?? "")))
    }
    let manifest = Manifest(
      root: "/", splits: splits.map { Split(name: $0, role: .other) }, labels: labels,
      groupings: [Grouping(name: "patient", of: set.records.map(\.group))], samples: samples,
      inputs: [
        ManifestInput(
          path: "metadata.csv", format: .csv,
          sha256: Fixture.digest(bytes: try SharedVectors.bytes("ds/metadata.csv")).bytes)
      ])
    let verification = CertificateVerifier(trust: .keys([key])).verify(
      certificate: try SharedVectors.bytes("vectors/cert.\(algorithm).\(form).json"), records: records,
      dataset: DatasetState(manifest: manifest, contents: contents))
    #expect(verification.status == .verified)
    #expect(verification.problems.isEmpty && verification.notes.isEmpty)
    #expect(verification.certificateID?.description.hasPrefix("1c4a7dda") == true)
    #expect(verification.claims?.verdict == .pass)
    #expect(verification.claims?.verdictWithoutWaivers == .fail)
  }

  @Test(arguments: ["p256", "ed25519"])
  func `a minimal envelope has a valid signature`(algorithm: String) throws {
    let key = try VerificationKey(pem: SharedVectors.bytes("keys/test_\(algorithm)_pk.pem"))
    let envelope = try Envelope(parsing: SharedVectors.bytes("vectors/min.\(algorithm).dsse.json"))
    #expect(envelope.preAuthenticationEncoding == (try SharedVectors.bytes("vectors/min.pae.bin")))
    #expect(envelope.isSigned(by: key))
  }

  @Test func `salted records and another project's bundle are not taken for ours`() throws {
    let key = try VerificationKey(pem: SharedVectors.bytes("keys/test_p256_pk.pem"))
    let salted = CertificateVerifier(trust: .keys([key])).verify(
      certificate: try SharedVectors.bytes("vectors/cert.p256.dsse.json"),
      records: try SharedVectors.bytes("vectors/records.salted.jsonl"), dataset: nil)
    #expect(salted.status == .mismatch)
    let verification = CertificateVerifier(trust: .keys([key])).verify(
      certificate: try SharedVectors.bytes("vectors/oms.sig"), records: [], dataset: nil)
    #expect(verification.status == .malformed)
  }

  @Test(.enabled(if: Tool.exist("python3", "jq"), "needs python3 and jq"))
  func `the reviewer's script accepts a certificate of ours, and not one with a swapped label`() throws {
    let folder = try Tool.certifiedFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = "'\(SharedVectors.folder ?? "")/root_from_records.py'"
    #expect(try Tool.run(Tool.takeApart + "python3 \(script) payload.json records.jsonl", in: folder).status == 0)
    let swapped = "sed s/dog/cow/ records.jsonl > swapped; python3 \(script) payload.json swapped"
    #expect(try Tool.run(Tool.takeApart + swapped, in: folder).status == 1)
  }
}
