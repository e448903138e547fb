import SplitSealRules
import SplitSealKeys
import SplitSealCertifying
import SplitSealBase
internal import ArgumentParser
internal import Foundation
internal import SplitSealAudit
internal import SplitSealCertificate
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealTestSupport

/// Certifies a dataset that never was, to measure what a certificate costs beyond the hashing of files.
@main
struct MakeRecords: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-records",
    abstract: "Certify random records without files, say how long each step took, and write the certificate's folder.")

  @Option(help: "Images, nine tenths of them in the training split.")
  var images = 1_000_000

  @Option(help: "Labels.")
  var labels = 10

  @Option(help: "Seed.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "Folder to write to.")
  var output: String

  func validate() throws {
    guard images > 9, labels > 0 else { throw ValidationError("there are 10 images or more, and a label") }
  }

  func run() throws {
    let manifest = manifest()
    let contents = contents()
    // A million findings would cost more memory than what is measured.
    var policy = Policy()
    policy.severities = [SeverityOverride(rule: .unreadableImage, severity: nil)]
    let result = Audit.run(
      AuditInput(
        manifest: manifest, outcomes: contents.map { .unreadable(.notAnImage, $0) },
        matches: MatchResult(matches: [], counts: [SplitPairCount(first: 0, second: 1, pixelPairs: 0, nearPairs: 0)]),
        policy: policy))
    var options = CertificateOptions(
      datasetName: "synthetic", createdAt: 0, toolVersion: "0.1.0", environment: .current(imageDecoder: "none"),
      detectors: [Detector(id: "exact-bytes", version: "1")], policyDigest: policy.digest)
    options.datasetVersion = "\(images) records"

    print("before: \(Self.peak)")
    let start = Moment()
    var last = start
    func tell(_ step: String) {
      let now = Moment()
      print("\(step): \(now.since(last))")
      last = now
    }
    let records = try RecordSet(manifest: manifest, contents: contents)
    tell("records")
    let statement = try CertificateStatement(result, records: records, options: options)
    tell("trees and statement")
    let signed = try SignedCertificate(signing: statement, records: records, with: SigningKey())
    tell("signature")
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    try CertificateFiles(folder: output).write(signed, report: nil)
    tell("files")
    print("all: \(last.since(start)), \(Self.peak); the certificate has \(signed.bundle.count) bytes")
  }

  /// The most memory that the process has held.
  private static var peak: String {
    var usage = rusage()
    // RUSAGE_SELF is 0 everywhere, and of another type on each system.
    guard unsafe getrusage(0, &usage) == 0 else { return "unknown memory" }
    return "\(usage.ru_maxrss / 1024) MB at most"
  }

  private func manifest() -> Manifest {
    let names = (0..<labels).map { "class-\(String(10_000 + $0).dropFirst())" }
    let samples = (0..<images).map { index in
      let split = index / 20 % 10 == 9 ? 1 : 0
      let number = String(10_000_000 + index).dropFirst()
      return Sample(
        path: "\(split == 0 ? "train" : "test")/\(names[index % labels])/\(number).jpg", split: split,
        label: index % labels)
    }
    return Manifest(
      root: "/synthetic", splits: [Split(name: "train", role: .training), Split(name: "test", role: .test)],
      labels: names, groupings: [Grouping(name: "patient", of: (0..<images).map { "patient-\($0 / 20)" })],
      samples: samples, inputs: [ManifestInput(path: "train", format: .folder)])
  }

  private func contents() -> [ContentDigest] {
    var random = SplitMix64(seed: seed)
    return (0..<images).map { _ in
      ContentDigest(
        sha256: Digest256(words: SIMD4(random.next(), random.next(), random.next(), random.next())),
        xxh3: Digest128(high: 0, low: 0), byteCount: 100_000 + Int(random.next() % 100_000))
    }
  }
}

/// A point in time, by the clock on the wall and by the work of the processors.
private struct Moment {
  private let wall = ContinuousClock.now
  private let work = clock()

  func since(_ earlier: Moment) -> String {
    let (seconds, attoseconds) = (wall - earlier.wall).components
    let waited = Double(seconds) + Double(attoseconds) * 1e-18
    return "\(fixed(waited, digits: 2)) s, \(fixed(Double(work - earlier.work) / 1e6, digits: 2)) s of work"
  }
}
