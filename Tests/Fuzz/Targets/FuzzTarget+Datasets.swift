internal import Foundation
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealShard

extension FuzzTarget {
  /// Calls `body` with the path of a file of these bytes, in a folder of its own.
  private static func withFile(_ name: String, _ bytes: [UInt8], _ body: (String) -> Void) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "splitseal-fuzz-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: folder.appending(path: name))
    } catch { fatalError("no file can be made in \(folder.path)") }
    body(folder.appending(path: name).path)
  }

  /// What is joined has as many outcomes as samples, each in a split that is there.
  static func readShard(_ bytes: [UInt8]) {
    withFile("s.fp", framedShard(bytes, isPack: false)) { path in
      guard let dataset = try? ShardReader.read([ShardSource(path: path)]).dataset else { return }
      let manifest = dataset.manifest
      precondition(dataset.outcomes.count == manifest.samples.count, "outcomes without samples")
      precondition(manifest.samples.allSatisfy { $0.split < manifest.splits.count }, "a sample without a split")
      precondition(manifest.splits.count <= Split.maximumCount, "too many splits")
    }
  }

  static func readPack(_ bytes: [UInt8]) {
    withFile("p.pack", framedShard(bytes, isPack: true)) { path in
      guard let pack = try? FingerprintPack(reading: path) else { return }
      precondition(pack.dataset.outcomes.allSatisfy { $0.fingerprint?.pdq != nil }, "a pack without PDQ hashes")
    }
  }

  /// A policy that is accepted is written and read again, and is the same.
  static func readPolicy(_ bytes: [UInt8]) {
    guard let file = try? PolicyFile(bytes, path: "p.yml") else { return }
    let again = try? PolicyFile(Array(file.policy.yaml { _, _ in "" }.utf8), path: "p.yml")
    precondition(again?.policy == file.policy, "a policy changed")
  }

  /// Each waiver can be taken out, or the text is none that goes on with others.
  static func readWaivers(_ bytes: [UInt8]) {
    guard let waivers = try? WaiverFile.parse(bytes, file: "w.yml") else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    for waiver in waivers.prefix(20) { _ = try? WaiverFile.removing(waiver.finding, from: text, file: "w.yml") }
  }

  static func readDecisions(_ bytes: [UInt8]) {
    withFile("d.jsonl", bytes) { path in _ = try? DecisionList.read(path: path) }
  }

  /// No path of a sample leaves the root.
  static func readManifest(_ bytes: [UInt8], name: String) {
    withFile(name, bytes) { path in
      guard let manifest = try? Manifest.read([path], options: ManifestOptions()) else { return }
      precondition(
        manifest.samples.allSatisfy { !$0.path.split(separator: "/").contains("..") && !$0.path.hasPrefix("/") },
        "a path leaves the root")
    }
  }

  /// What is decoded is written and read again, and is the same.
  static func readImage(_ bytes: [UInt8]) {
    var limits = ImageLimits()
    limits.maximumPixelCount = 1 << 20
    var fingerprinter = Fingerprinter(limits: limits, includesPDQ: true)
    guard let fingerprint = fingerprinter.outcome(of: bytes).fingerprint else { return }
    precondition(Fingerprint(coded: fingerprint.coded) == fingerprint, "a fingerprint changed")
  }
}
