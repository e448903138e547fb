import SplitSealBase
import Crypto
import Foundation
import SplitSealFingerprint
import SplitSealImage
import SplitSealManifest
import SplitSealShard
import SplitSealTestSupport
import Testing

/// Packs: what is written is read again, and nothing else is.
@Suite struct PackTests {
  let folder: ShardFolder

  init() throws { folder = try ShardFolder() }

  /// Twenty samples whose bytes could all be read.
  private func fixture(count: Int = 20) -> ShardFixture {
    var fixture = ShardFixture(count: count, hasPDQ: true)
    let outcomes = fixture.dataset.outcomes.enumerated().map { index, outcome -> FingerprintOutcome in
      guard case .unreadable(let fault, nil) = outcome else { return outcome }
      let content = ContentDigest(
        sha256: Digest256(Array(repeating: UInt8(index), count: 32)), xxh3: Digest128(high: 1, low: 2), byteCount: 3)
      return .unreadable(fault, content)
    }
    fixture.dataset = HashedDataset(manifest: fixture.dataset.manifest, outcomes: outcomes)
    return fixture
  }

  private func pack(_ fixture: ShardFixture, _ info: PackInfo) throws -> [UInt8] {
    let sink = Sink()
    try PackWriter.write(fixture.dataset, info: info, limits: ImageLimits()) { sink.bytes += $0 }
    return sink.bytes
  }

  private func info(_ name: String = "CIFAR-10 test", paths: Bool = false, labels: Bool = false) throws -> PackInfo {
    try #require(
      PackInfo(
        name: name, version: "1.0", uri: "https://example.org/x.pack", license: "MIT", holdsPaths: paths,
        holdsLabels: labels))
  }

  private func read(_ bytes: [UInt8]) throws -> FingerprintPack {
    try FingerprintPack(reading: try folder.write("x.pack", bytes).path)
  }

  private func fault(_ bytes: [UInt8]) throws -> ShardError? {
    do {
      _ = try read(bytes)
      return nil
    } catch let error as ShardError {
      #expect(error.hint != nil)
      return error
    }
  }

  @Test func `a pack says what it was given, and holds the fingerprints in their order`() throws {
    let fixture = fixture()
    let info = try info()
    let bytes = try pack(fixture, info)
    let read = try read(bytes)
    #expect(read.info == info)
    #expect(read.sha256 == Digest256(Array(SHA256.hash(data: bytes))))
    #expect(read.dataset.manifest.splits == fixture.dataset.manifest.splits)
    #expect(read.dataset.manifest.samples.map(\.split) == fixture.dataset.manifest.samples.map(\.split))
    for (kept, whole) in zip(read.dataset.outcomes, fixture.dataset.outcomes) {
      #expect(kept.content == whole.content)
      #expect(kept.fingerprint?.pixels == whole.fingerprint?.pixels)
      #expect(kept.fingerprint?.descriptors == whole.fingerprint?.descriptors)
      #expect(kept.fingerprint?.pdq == whole.fingerprint?.pdq)
    }
    #expect(try pack(fixture, info) == bytes)
  }

  @Test func `paths, labels, groups, times, inputs and cameras are left out unless they are asked for`() throws {
    let fixture = fixture()
    let bytes = try pack(fixture, info())
    for word in ["images/", "cat", "dog", "patient", "scene", "g1", "taken", "a.csv", "/data/set"] {
      #expect(bytes.firstRange(of: Array(word.utf8)) == nil, "the pack holds \(word)")
    }
    let read = try read(bytes)
    #expect(read.dataset.manifest.samples.map(\.path) == (1...20).map(String.init))
    #expect(read.dataset.manifest.labels.isEmpty && read.dataset.manifest.groupings.isEmpty)
    #expect(read.dataset.outcomes.allSatisfy { $0.fingerprint.map { $0.properties == ImageProperties() } ?? true })
  }

  @Test func `paths and labels are kept where they are asked for`() throws {
    let fixture = fixture()
    let read = try read(pack(fixture, info(paths: true, labels: true)))
    #expect(read.dataset.manifest.samples.map(\.path) == fixture.dataset.manifest.samples.map(\.path))
    func labels(_ dataset: HashedDataset) -> [String?] {
      dataset.manifest.samples.map { $0.label.map { dataset.manifest.labels[$0] } }
    }
    #expect(labels(read.dataset) == labels(fixture.dataset))
  }

  @Test func `an image without bytes is named and no pack is written`() throws {
    let error = #expect(throws: ShardError.self) {
      try pack(ShardFixture(count: 20, hasPDQ: true), info())
    }
    #expect(error?.code == .unreadableImage)
    #expect(error?.file == "images/1-3.jpg")
  }

  @Test func `a pack that ends anywhere before its end is truncated`() throws {
    let whole = try pack(fixture(count: 2), info())
    for length in whole.indices {
      #expect(try fault(Array(whole.prefix(length)))?.code == .truncated, "\(length) of \(whole.count) bytes")
    }
    #expect(try fault(whole) == nil)
  }

  @Test func `no changed byte goes unseen`() throws {
    let whole = try pack(fixture(count: 2), info())
    for index in whole.indices {
      var changed = whole
      changed[index] ^= 0x41
      #expect(try fault(changed) != nil, "byte \(index)")
    }
  }

  @Test func `another format, a shard and what is behind a pack are refused`() throws {
    let whole = try pack(fixture(count: 2), info())
    var newer = whole
    newer[8] = 2
    #expect(try fault(newer)?.message == "the pack's format is version 2, and this program reads version 1")
    #expect(try fault(ShardFixture(hasPDQ: true).segment())?.message == "it is a shard and no pack")
    #expect(try fault(Array("path,split\na.png,train\n".utf8))?.message == "it is not a pack")
    #expect(try fault([])?.code == .truncated)
    let segment = try ShardFixture(seed: 2, hasPDQ: true).segment()
    #expect(try fault(whole + segment)?.message == "damaged: something stands behind the pack")
    #expect(try fault(whole + [0])?.code == .notAShard)
  }

  @Test func `counts that are not those of the records are refused, and cost no memory`() throws {
    let whole = try pack(fixture(count: 2), info())
    // The number of images stands behind the mark, the block's prefix and the flags.
    let place = 16 + 8 + 1
    for count in [[3, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF]] as [[UInt8]] {
      var bytes = whole
      bytes.replaceSubrange(place..<place + 4, with: count)
      #expect(try fault(resealed(bytes))?.message == "damaged: the pack does not hold what it says")
    }
    var bytes = whole
    bytes.replaceSubrange(place..<place + 8, with: Array(repeating: 0xFF, count: 8))
    #expect(try fault(resealed(bytes))?.message == "damaged: the pack does not say what it holds")
    bytes = whole
    bytes[16 + 8] = 4
    #expect(try fault(resealed(bytes))?.code == .corrupt)
    // A block of 4 GiB.
    bytes = whole
    bytes.replaceSubrange(20..<24, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(try fault(bytes)?.code == .corrupt)
  }

  /// The pack with the checksum of its first block as it has to be.
  private func resealed(_ pack: [UInt8]) -> [UInt8] {
    let length = pack[20..<24].enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    let end = 16 + 8 + length
    let digest = Digest128(xxh3Of: Array(pack[..<end]))
    var bytes = pack
    for (index, word) in [digest.high, digest.low].enumerated() {
      for byte in 0..<8 { bytes[end + 8 * index + byte] = UInt8(truncatingIfNeeded: word >> (56 - 8 * byte)) }
    }
    return bytes
  }

  @Test func `texts have bytes, no control characters and an end`() {
    #expect(PackInfo(name: "") == nil)
    #expect(PackInfo(name: String(repeating: "x", count: 256)) != nil)
    #expect(PackInfo(name: String(repeating: "x", count: 257)) == nil)
    #expect(PackInfo(name: "a\u{1B}[31m") == nil)
    #expect(PackInfo(name: "a", uri: "\u{9B}") == nil)
    #expect(PackInfo(name: "a", uri: "") == nil)
    #expect(PackInfo(name: "a", license: String(repeating: "x", count: 2049)) == nil)
  }

  @Test func `a file is told by its first bytes`() throws {
    let pack = try folder.write("a", try pack(fixture(count: 2), info())).path
    let shard = try folder.write("b", try ShardFixture().segment()).path
    let text = try folder.write("c", Array("path,split\n".utf8)).path
    #expect(FingerprintFile(path: pack) == .pack && FingerprintFile(path: shard) == .shard)
    #expect(FingerprintFile(path: text) == nil && FingerprintFile(path: folder.path) == nil)
    #expect(FingerprintFile(path: folder.path + "/none") == nil)
  }

  private final class Sink {
    var bytes: [UInt8] = []
  }
}
