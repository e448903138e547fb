@testable import SplitSealCertifying
@testable import SplitSealKeys
import SplitSealRules
import SplitSealBase
import Crypto
import Foundation
import SplitSealFingerprint
import SplitSealImage
import SplitSealJSON
import SplitSealManifest
import SplitSealMatch
import SplitSealProbe
import Testing

@testable import SplitSealAudit
@testable import SplitSealCertificate
import SplitSealPolicy

/// A dataset of six images, and everything it takes to certify it.
struct Fixture {
  struct Row {
    var split: String
    var path: String
    var label: String?
    var group: String?
    /// What stands for the image's bytes; `nil` when the file is missing.
    var content: String?

    init(_ split: String, _ path: String, _ label: String?, _ group: String?, _ content: String?) {
      self.split = split
      self.path = path
      self.label = label
      self.group = group
      self.content = content
    }
  }

  static let rows = [
    Row("train", "cat/one.png", "cat", "ann", "a picture of a cat"),
    Row("train", "cat/two.png", "cat", "bob", "another picture of a cat"),
    Row("train", "dog/one.png", "dog", "bob", "a picture of a dog"),
    Row("val", "dog/two.png", "dog", "cid", "another picture of a dog"),
    Row("test", "cat/three.png", "cat", "bob", "a picture of a cat"),
    Row("test", "dog/three.png", "dog", nil, "a third picture of a dog"),
  ]

  var rows = Fixture.rows
  var findings: [Finding] = []
  var verdict = Verdict.pass
  var verdictWithoutWaivers: Verdict?
  /// Whether each finding counts; all do where absent.
  var statuses: [FindingStatus]?
  /// How much of the splits was read, compared and told, in the manifest's order of splits; `nil` for one image of the first
  /// split that could not be read.
  var coverage: [SplitCoverage]?
  /// Pairs of equal pixels and near-duplicates between every two splits.
  var (pixelPairs, nearPairs) = (3, 4)
  /// How alike different pictures are.
  var alikeness: Double?
  var power: DetectionPower?
  var references: [Comparison] = []
  var manifestText = "path,split,label,group\n..."
  /// The inputs that the manifest was read from; `nil` for a table with `manifestText` and a folder.
  var inputs: [ManifestInput]?

  /// The private scalar of RFC 6979, appendix A.2.5: a key that everybody knows.
  static let key = try? SigningKey(pem: Array(Fixture.keyPEM.utf8))
  static let keyPEM = PEM(
    label: "PRIVATE KEY",
    bytes: (try? P256.Signing.PrivateKey(
      rawRepresentation: bytes(hex: "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721")))
      .map { Array($0.derRepresentation) } ?? []
  ).text

  static func bytes(hex: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue.map(UInt8.init) }[...]
    while let high = digits.popFirst(), let low = digits.popFirst() { bytes.append(high << 4 | low) }
    return bytes
  }

  static func digest(_ text: String) -> Digest256 { digest(bytes: Array(text.utf8)) }

  static func digest(bytes: [UInt8]) -> Digest256 { Digest256(Array(SHA256.hash(data: bytes))) }

  var manifest: Manifest {
    func distinct(_ texts: [String]) -> [String] {
      Set(texts.map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
        .map { String(decoding: $0, as: UTF8.self) }
    }
    func index(_ text: String?, _ texts: [String]) -> Int? {
      text.flatMap { text in texts.firstIndex { $0.utf8.elementsEqual(text.utf8) } }
    }
    var splits: [String] = []
    for row in rows where index(row.split, splits) == nil { splits.append(row.split) }
    let labels = distinct(rows.compactMap(\.label))
    return Manifest(
      root: "/data", splits: splits.map { Split(name: $0, role: SplitRole(splitName: $0) ?? .other) }, labels: labels,
      groupings: [Grouping(name: "patient", of: rows.map(\.group))],
      samples: rows.map {
        Sample(
          path: $0.path, split: index($0.split, splits) ?? 0, label: index($0.label, labels))
      },
      inputs: inputs ?? [
        ManifestInput(path: "/data/metadata.csv", format: .csv, sha256: Fixture.digest(manifestText).bytes),
        ManifestInput(path: "/data/more", format: .folder, ignoredFileCount: 2),
      ])
  }

  var contents: [ContentDigest?] {
    rows.map { row in
      row.content.map {
        ContentDigest(
          sha256: Fixture.digest($0), xxh3: Digest128(high: 0, low: 0), byteCount: $0.utf8.count)
      }
    }
  }

  var records: RecordSet { get throws { try RecordSet(manifest: manifest, contents: contents) } }

  var state: DatasetState { DatasetState(manifest: manifest, contents: contents) }

  var result: AuditResult {
    let manifest = manifest
    let counts = manifest.splits.indices.flatMap { a in
      manifest.splits.indices.dropFirst(a + 1).map {
        SplitPairCount(first: a, second: $0, pixelPairs: pixelPairs, nearPairs: nearPairs)
      }
    }
    return AuditResult(
      input: AuditInput(
        manifest: manifest, outcomes: contents.map { .unreadable(.notAnImage, $0) },
        matches: MatchResult(matches: [], counts: counts, alikeness: alikeness), policy: Policy(), power: power,
        references: references),
      coverage: coverage
        ?? manifest.splits.indices.map { split in
          let count = manifest.samples.count { $0.split == split }
          return SplitCoverage(listedCount: count, checkedCount: split == 0 ? count - 1 : count)
        },
      classCounts: [], groupOverlaps: [], findings: findings, passedChecks: [], inconclusive: [], skippedChecks: [],
      verdict: verdict,
      verdictWithoutWaivers: verdictWithoutWaivers, statuses: statuses)
  }

  var options: CertificateOptions {
    var options = CertificateOptions(
      datasetName: "tiny-pets", createdAt: 1_795_420_800, toolVersion: "0.1.0",
      environment: CertificateEnvironment(
        operatingSystem: "linux", architecture: "x86_64", imageDecoder: "splitseal/1"),
      detectors: [Detector(id: "pdq", version: "1", threshold: "0.50")], policyDigest: Fixture.digest("policy"))
    options.datasetVersion = "1.0.0"
    options.report = NamedDigest(
      name: "splitseal.report.json", mediaType: "application/json", sha256: Fixture.digest("report"))
    return options
  }

  func signed() throws -> SignedCertificate {
    let key = try #require(Fixture.key)
    let records = try records
    return try SignedCertificate(
      signing: CertificateStatement(result, records: records, options: options), records: records, with: key)
  }

  /// What a verifier says that trusts the fixture's key.
  static func verify(
    _ certificate: [UInt8], records: [UInt8]?, state: DatasetState? = nil
  ) throws -> CertificateVerification {
    let key = try #require(Fixture.key).verificationKey
    return CertificateVerifier(trust: .keys([key])).verify(certificate: certificate, records: records, dataset: state)
  }

  /// A certificate over a statement in which a text was replaced, signed as if it were true.
  static func lie(_ signed: SignedCertificate, _ text: String, _ other: String) throws -> [UInt8] {
    let payload = String(decoding: try Envelope(parsing: signed.bundle).payload, as: UTF8.self)
    let changed = payload.replacing(text, with: other, maxReplacements: 1)
    try #require(changed != payload, "the statement does not hold \(text)")
    return try Envelope(signing: Array(changed.utf8), with: #require(Fixture.key)).bundleBytes
  }
}
