import SplitSealFingerprint
import SplitSealImage
import SplitSealManifest
import SplitSealTestSupport
import Testing

@testable import SplitSealShard

/// The shard and the pack that Tests/fuzz.sh starts from are made here.
@Suite struct ShardCorpusTests {
  private static let kinds: [ShardFormat.Kind] = [.header, .records, .end, .pack]

  /// The blocks of a file without its frame, as the fuzz targets take them: kind (1 byte), length (2), payload.
  private static func unframed(_ file: [UInt8]) -> [UInt8] {
    let prefix = ShardFormat.prefixByteCount
    var place = ShardFormat.markByteCount
    var blocks: [UInt8] = []
    while place < file.count {
      let name = String(decoding: file[place..<place + 4], as: UTF8.self)
      guard let kind = kinds.firstIndex(where: { $0.rawValue == name }) else {
        // The mark of a segment within a pack.
        blocks += [UInt8(kinds.count), 0, 0]
        place += ShardFormat.markByteCount
        continue
      }
      let length = Int(file[place + 4]) | Int(file[place + 5]) << 8
      blocks += [UInt8(kind), file[place + 4], file[place + 5]] + file[place + prefix..<place + prefix + length]
      place += prefix + length + ShardFormat.markByteCount
    }
    return blocks
  }

  private static func pack() throws -> [UInt8] {
    var random = SplitMix64(seed: 3)
    let manifest = Manifest(
      root: "/data", splits: [Split(name: "train", role: .training), Split(name: "test", role: .test)],
      labels: ["cat"], samples: (0..<2).map { Sample(path: "\($0).png", split: $0, label: $0 == 1 ? 0 : nil) },
      inputs: [ManifestInput(path: "data", format: .folder)])
    let outcomes = (0..<2).map { _ in FingerprintOutcome.readable(randomFingerprint(using: &random, hasPDQ: true)) }
    let info = try #require(PackInfo(name: "tiny", holdsPaths: true, holdsLabels: true))
    let sink = CorpusSink()
    try PackWriter.write(
      HashedDataset(manifest: manifest, outcomes: outcomes), info: info, limits: ImageLimits()
    ) { sink.bytes += $0 }
    return sink.bytes
  }

  @Test(arguments: ["shard/four-samples", "pack/two-images"]) func `the corpus holds what is made here`(name: String)
    throws
  {
    let isPack = name.hasPrefix("pack")
    let file = isPack ? try Self.pack() : try ShardFixture(count: 4).segment()
    let blocks = Self.unframed(file)
    #expect(framedShard(blocks, isPack: isPack) == file)
    if CorpusFile.isWritten {
      try CorpusFile(name).write(blocks)
      Issue.record("\(name) was written anew, not compared")
    } else {
      #expect(framedShard(try CorpusFile(name).bytes(), isPack: isPack) == file)
    }
  }
}

/// Takes bytes in.
private final class CorpusSink {
  var bytes: [UInt8] = []
}
