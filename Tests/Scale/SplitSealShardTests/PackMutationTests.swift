import SplitSealBase
import SplitSealFingerprint
import SplitSealImage
import SplitSealManifest
import SplitSealShard
import SplitSealTestSupport
import Testing

/// Packs whose checksums a forger has set right: whatever they hold, they are read or refused.
@Suite struct PackMutationTests {
  let folder: ShardFolder

  init() throws { folder = try ShardFolder() }

  /// A pack of three images, in its two marks and their blocks.
  private func parts() throws -> [(mark: [UInt8], blocks: [[UInt8]])] {
    var random = SplitMix64(seed: 8)
    let manifest = Manifest(
      root: "/data", splits: [Split(name: "train", role: .training), Split(name: "test", role: .test)],
      labels: ["cat"], samples: (0..<3).map { Sample(path: "\($0).png", split: $0 % 2, label: $0 == 2 ? 0 : nil) },
      inputs: [ManifestInput(path: "data", format: .folder)])
    let outcomes = (0..<3).map { _ in
      FingerprintOutcome.readable(randomFingerprint(using: &random, hasPDQ: true))
    }
    let info = try #require(PackInfo(name: "x", holdsPaths: true, holdsLabels: true))
    let sink = Sink()
    try PackWriter.write(
      HashedDataset(manifest: manifest, outcomes: outcomes), info: info, limits: ImageLimits()
    ) { sink.bytes += $0 }
    var place = 0
    func take(_ count: Int) -> [UInt8] {
      defer { place += count }
      return Array(sink.bytes[place..<place + count])
    }
    func block() -> [UInt8] {
      let length = sink.bytes[place + 4..<place + 8].enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
      defer { place += 16 }
      return take(8 + length)
    }
    let pack = (take(16), [block()])
    let segment = (take(16), [block(), block(), block()])
    try #require(place == sink.bytes.count)
    return [pack, segment]
  }

  private func joined(_ parts: [(mark: [UInt8], blocks: [[UInt8]])]) -> [UInt8] {
    parts.flatMap { part in
      var mark = part.mark
      var bytes = mark
      for block in part.blocks {
        let digest = Digest128(xxh3Of: mark + block)
        mark = [digest.high, digest.low].flatMap { word in
          (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
        }
        bytes += block + mark
      }
      return bytes
    }
  }

  private func isRead(_ bytes: [UInt8]) throws -> Bool {
    do {
      _ = try FingerprintPack(reading: try folder.write("x.pack", bytes).path)
      return true
    } catch is ShardError {
      return false
    }
  }

  @Test func `the parts that are put together again are the pack`() throws {
    #expect(try isRead(joined(parts())))
  }

  @Test func `no change of a payload is more than another pack or an error`() throws {
    let whole = try parts()
    var random = SplitMix64(seed: 12)
    var readCount = 0
    for round in 0..<1_000 {
      var changed = whole
      let part = round % 4 == 0 ? 0 : 1
      let block = part == 0 ? 0 : round % 4 - 1
      var bytes = changed[part].blocks[block]
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        // Most of a record is descriptors: what stands before them decides more.
        let place = 8 + Int.random(in: 0..<min(bytes.count - 8, 120), using: &random)
        bytes[place] =
          [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
      }
      changed[part].blocks[block] = bytes
      if try isRead(joined(changed)) { readCount += 1 }
    }
    // Some changes are of digests and sizes, and nobody can tell: both outcomes occur.
    #expect(readCount > 30 && readCount < 970)
  }

  @Test func `a payload of another length is an error`() throws {
    let whole = try parts()
    for (part, block) in [(0, 0), (1, 0), (1, 1), (1, 2)] {
      for change in [-1, 1] {
        var changed = whole
        var bytes = changed[part].blocks[block]
        if change < 0 { bytes.removeLast() } else { bytes.append(0) }
        let length = UInt32(bytes.count - 8)
        for index in 0..<4 { bytes[4 + index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
        changed[part].blocks[block] = bytes
        #expect(try !isRead(joined(changed)), "block \(block) of part \(part) by \(change)")
      }
    }
  }

  private final class Sink {
    var bytes: [UInt8] = []
  }
}
