import Foundation
import SplitSealFingerprint
import SplitSealImage
import SplitSealManifest
import SplitSealShard
import SplitSealTestSupport

/// A folder for shards that is gone when its owner is.
final class ShardFolder {
  let url = FileManager.default.temporaryDirectory.appending(path: "splitseal-shards-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Path of the folder.
  var path: String { url.path }

  /// Writes a file and names it as a source.
  func write(_ name: String, _ bytes: [UInt8], split: String? = nil) throws -> ShardSource {
    let path = url.appending(path: name).path
    try Data(bytes).write(to: URL(filePath: path))
    return ShardSource(path: path, splitName: split)
  }
}

/// A small dataset of random fingerprints and of every fault, and its segments.
struct ShardFixture {
  var dataset: HashedDataset
  var terms: HashingTerms
  /// What the header names as the image libraries.
  var libraries: String?

  /// Every fault that an image may have.
  static let faults: [ImageFault] = [
    .missing, .notAFile, .unreadable(reason: "permission denied"), .empty, .notAnImage,
    .unsupported(.webp, detail: nil), .unsupported(.jpeg, detail: "arithmetic coding"), .truncated(reason: "no end"),
    .corrupt(reason: "bad Huffman code ü"), .tooManyPixels(width: 70_000, height: 70_000, limit: 1 << 27),
    .tooManyBytes(count: 1 << 40, limit: 1 << 28), .tooMuchMemory(byteCount: 1 << 31, limit: 1 << 28),
  ]

  /// Makes a dataset of two splits.
  ///
  /// - Parameters:
  ///   - count: Its samples.
  ///   - seed: Of its fingerprints.
  ///   - hasPDQ: Whether they hold the PDQ hashes.
  ///   - root: Its root.
  init(count: Int = 20, seed: UInt64 = 1, hasPDQ: Bool = false, root: String = "/data/set") {
    var random = SplitMix64(seed: seed)
    let samples = (0..<count).map { index in
      Sample(
        path: "images/\(seed)-\(index).jpg", split: index % 3 == 2 ? 1 : 0, label: index % 4 == 3 ? nil : index % 4,
        input: index % 2, line: index + 2)
    }
    let manifest = Manifest(
      root: root, splits: [Split(name: "train", role: .training), Split(name: "hold-out", role: .test)],
      labels: ["", "cat", "dog"].map { $0.isEmpty ? "a,b" : $0 },
      groupings: [
        Grouping(name: "patient", of: (0..<count).map { [nil, "g1", "g2", "g3", "g\u{301}4"][$0 % 5] }),
        Grouping(name: "scene", of: (0..<count).map { "s\($0 / 3)" }),
      ],
      times: SampleTimes(
        name: "taken", unit: .milliseconds, values: (0..<count).map { $0 % 7 == 3 ? nil : Int64($0) * -1_000 }),
      samples: samples,
      inputs: [
        ManifestInput(path: "a.csv", format: .csv, sha256: Array(0..<32)),
        ManifestInput(path: "images", format: .folder, ignoredFileCount: 3, hasLabelLists: true),
      ])
    let outcomes = (0..<count).map { index -> FingerprintOutcome in
      let fingerprint = randomFingerprint(using: &random, hasPDQ: hasPDQ)
      guard index % 2 == 1, index / 2 < Self.faults.count else { return .readable(fingerprint) }
      return .unreadable(Self.faults[index / 2], index % 4 == 1 ? fingerprint.content : nil)
    }
    dataset = HashedDataset(manifest: manifest, outcomes: outcomes)
    terms = HashingTerms(limits: ImageLimits(), includesPDQ: hasPDQ)
  }

  /// The bytes of the segment that holds a part.
  func segment(_ number: Int = 1, of count: Int = 1) throws -> [UInt8] {
    guard let part = HashingPart(number, of: count) else { return [] }
    let sink = ByteSink()
    var writer = try ShardWriter(
      dataset.manifest, header: ShardHeader(dataset.manifest, part: part, terms: terms, libraries: libraries)
    ) { sink.bytes += $0 }
    for sample in part.range(ofSampleCount: dataset.outcomes.count) { try writer.append(dataset.outcomes[sample]) }
    try writer.finish()
    return sink.bytes
  }
}

/// Takes bytes in.
private final class ByteSink {
  var bytes: [UInt8] = []
}
