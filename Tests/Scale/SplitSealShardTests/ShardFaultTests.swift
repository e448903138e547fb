import SplitSealFingerprint
import SplitSealImage
import SplitSealManifest
import SplitSealShard
import SplitSealTestSupport
import Testing

/// Everything that can be wrong with a shard is an error that says so.
@Suite struct ShardFaultTests {
  let folder: ShardFolder

  init() throws { folder = try ShardFolder() }

  /// What reading some files throws; `nil` when they can be read.
  private func fault(_ files: [[UInt8]], split: String? = nil) throws -> ShardError? {
    let sources = try files.enumerated().map { try folder.write("\($0).fp", $1, split: split) }
    do {
      _ = try ShardReader.read(sources)
      return nil
    } catch let error as ShardError {
      #expect(error.description.contains(error.file) && error.hint != nil)
      return error
    }
  }

  @Test func `a file that ends anywhere before its end is truncated`() throws {
    let whole = try ShardFixture(count: 2).segment()
    for length in whole.indices {
      #expect(try fault([Array(whole.prefix(length))])?.code == .truncated, "\(length) of \(whole.count) bytes")
    }
    #expect(try fault([whole]) == nil)
  }

  @Test func `a second segment that ends anywhere before its end is truncated`() throws {
    let first = try ShardFixture(count: 2).segment()
    let second = try ShardFixture(count: 1, seed: 2).segment()
    for length in 1..<second.count {
      let error = try fault([first + second.prefix(length)])
      #expect(error?.code == .truncated && error?.segment == 2)
    }
  }

  @Test func `no changed byte goes unseen`() throws {
    let whole = try ShardFixture(count: 4).segment()
    for index in whole.indices {
      for flip in [UInt8(1), 0x80, 0xFF] {
        var changed = whole
        changed[index] ^= flip
        let code = try fault([changed])?.code
        let expected: Set<ShardError.Code> =
          index < 8 ? [.notAShard] : index < 12 ? [.newerFormat, .corrupt] : [.corrupt, .truncated]
        #expect(code.map { expected.contains($0) } == true, "byte \(index) ^ \(flip): \(String(describing: code))")
      }
    }
  }

  @Test func `blocks that are left out, doubled or swapped do not fit`() throws {
    let whole = try ShardFixture(count: 8_200).segment()
    // Header, three blocks of records, end.
    var starts: [Int] = []
    var place = 16
    while place < whole.count {
      starts.append(place)
      place += 8 + (4..<8).reduce(0) { $0 | Int(whole[place + $1]) << (8 * ($1 - 4)) } + 16
    }
    try #require(starts.count == 5 && place == whole.count)
    let blocks = zip(starts, starts.dropFirst() + [whole.count]).map { Array(whole[$0..<$1]) }
    let mark = Array(whole[..<16])
    for order in [[0, 1, 2, 4], [0, 1, 1, 2, 3, 4], [0, 2, 1, 3, 4], [0, 4], [1, 2, 3, 4], [0, 1, 2, 3, 4, 4]] {
      let file = mark + order.flatMap { blocks[$0] }
      #expect([.corrupt, .notAShard].contains(try fault([file])?.code), "\(order)")
    }
  }

  @Test(arguments: ["path,split\na.png,train\n", "\u{1F}\u{8B}", "SSFP"])
  func `another file is not a shard`(text: String) throws {
    let error = try fault([Array(text.utf8)])
    #expect(error?.code == .notAShard)
    #expect(error?.message == "it is not a shard")
    let behind = try fault([try ShardFixture().segment() + Array(text.utf8)])
    #expect(behind?.code == .notAShard && behind?.segment == 2)
  }

  @Test func `a newer format is named`() throws {
    var segment = try ShardFixture().segment()
    segment[8] = 6
    let error = try fault([segment])
    #expect(error?.code == .newerFormat)
    #expect(error?.message == "the format is version 6, and this program reads versions 4 and 5")
  }

  @Test func `fingerprints of another version are refused`() throws {
    var fixture = ShardFixture()
    fixture.terms = HashingTerms(fingerprints: "0 other/1 1", limits: ImageLimits(), includesPDQ: false)
    #expect(try fault([try fixture.segment()])?.code == .otherFingerprints)
  }

  @Test func `shards of other limits, or with PDQ and without, are not joined`() throws {
    var limits = ImageLimits()
    limits.maximumByteCount -= 1
    var other = ShardFixture(seed: 2)
    other.terms = HashingTerms(limits: limits, includesPDQ: false)
    let first = try ShardFixture().segment()
    #expect(try fault([first, try other.segment()])?.code == .differentTerms)
    #expect(try fault([first, try ShardFixture(seed: 2, hasPDQ: true).segment()])?.code == .differentTerms)
  }

  @Test func `image libraries that a terminal would act on are damage`() throws {
    var fixture = ShardFixture(count: 1)
    fixture.libraries = "libjpeg-turbo 2.1.5"
    #expect(try fault([try fixture.segment()]) == nil)
    fixture.libraries = "libjpeg\u{1B}[31m"
    #expect(try fault([try fixture.segment()])?.code == .corrupt)
  }

  @Test func `a part that is missing and a part that stands twice are named`() throws {
    let fixture = ShardFixture()
    let parts = try (1...4).map { try fixture.segment($0, of: 4) }
    #expect(try fault([parts[0], parts[1], parts[3]])?.message == "part 3 of 4 of the same hashing is missing")
    #expect(try fault([parts[2]])?.message == "part 1 of 4 and 2 more of the same hashing is missing")
    #expect(try fault(parts + [parts[1]])?.message == "part 2 of 4 stood in a segment before")
    let whole = try fixture.segment()
    #expect(try fault([whole, whole])?.code == .duplicatePart)
    // Parts of as many samples, of another dataset.
    #expect(try fault([parts[0], try ShardFixture(seed: 2).segment(2, of: 4)])?.code == .missingPart)
  }

  @Test(arguments: ["/etc/passwd", "../a.png", "a/../../b.png", "a//b.png", "./a.png", "a/.", "", "a\0b"])
  func `a path that leads out of the root is refused`(path: String) throws {
    var fixture = ShardFixture(count: 1)
    let manifest = fixture.dataset.manifest
    fixture.dataset = HashedDataset(
      manifest: Manifest(
        root: manifest.root, splits: manifest.splits, labels: manifest.labels,
        samples: [Sample(path: path, split: 0)], inputs: manifest.inputs), outcomes: fixture.dataset.outcomes)
    #expect(try fault([try fixture.segment()])?.code == .invalidPath)
  }

  @Test(arguments: ["", "data", "/data/../../etc", "/data//set", "/data/.", "/data/"])
  func `a root that is no real path is refused, as it becomes part of paths`(root: String) throws {
    #expect(try fault([try ShardFixture(count: 1, root: root).segment()])?.code == .corrupt)
    #expect(try fault([try ShardFixture(count: 1, root: "/").segment()]) == nil)
  }

  @Test func `a record of another split than the command line says is refused`() throws {
    let error = try fault([try ShardFixture().segment()], split: "train")
    #expect(error?.code == .conflictingSplit)
    #expect(error?.message == "the split of 'images/1-2.jpg' is 'hold-out' here and 'train' on the command line")
    #expect(try fault([try ShardFixture(count: 2).segment()], split: "train") == nil)
  }

  @Test func `a split that has two roles is refused`() throws {
    var other = ShardFixture(seed: 2)
    let manifest = other.dataset.manifest
    other.dataset = HashedDataset(
      manifest: Manifest(
        root: manifest.root, splits: [manifest.splits[0], Split(name: "hold-out", role: .validation)],
        labels: manifest.labels, groupings: manifest.groupings, samples: manifest.samples, inputs: manifest.inputs),
      outcomes: other.dataset.outcomes)
    #expect(try fault([try ShardFixture().segment(), try other.segment()])?.code == .conflictingRole)
  }

  @Test(arguments: ["split", "input", "label"])
  func `a number that means nothing is damage, whatever the checksums say`(what: String) throws {
    var fixture = ShardFixture(count: 3)
    let manifest = fixture.dataset.manifest
    // A writer that lies: its header knows fewer splits or inputs than its records name, or its texts are too long.
    let samples = (0..<3).map { Sample(path: "\($0).png", split: $0 % 2, label: 0, input: $0 % 2) }
    fixture.dataset = HashedDataset(
      manifest: Manifest(
        root: manifest.root, splits: what == "split" ? [manifest.splits[0]] : manifest.splits,
        labels: [what == "label" ? String(repeating: "x", count: 4_097) : "x"], samples: samples,
        inputs: what == "input" ? [manifest.inputs[0]] : manifest.inputs), outcomes: fixture.dataset.outcomes)
    #expect(try fault([try fixture.segment()])?.code == .corrupt)
  }

  // MARK: Numbers that ask for too much

  /// The bytes of a shard of one sample.
  private func shard(
    splits: [Split] = [Split(name: "train", role: .training)], groupings: [String] = [], time: Int64? = nil,
    ignoredFileCount: Int = 0, side: Int = 1
  ) throws -> [UInt8] {
    var fixture = ShardFixture(count: 1)
    let fingerprint = try #require(fixture.dataset.outcomes[0].fingerprint)
    let manifest = Manifest(
      root: "/data", splits: splits, labels: [], groupings: groupings.map { Grouping(name: $0, of: ["g"]) },
      times: time.map { SampleTimes(name: "t", unit: .steps, values: [$0]) },
      samples: [Sample(path: "a.jpg", split: 0)],
      inputs: [ManifestInput(path: "images", format: .folder, ignoredFileCount: ignoredFileCount)])
    let outcome = FingerprintOutcome.readable(
      Fingerprint(
        content: fingerprint.content, pixels: fingerprint.pixels, format: .png, width: side, height: side,
        descriptors: fingerprint.descriptors))
    fixture.dataset = HashedDataset(manifest: manifest, outcomes: [outcome])
    return try fixture.segment()
  }

  private func splits(_ count: Int, _ prefix: String = "s") -> [Split] {
    (0..<count).map { Split(name: "\(prefix)\($0)", role: .other) }
  }

  @Test func `numbers at the end of their range are damage`() throws {
    #expect(try fault([shard(time: .max / 2, ignoredFileCount: Int(UInt32.max), side: 1 << 15)]) == nil)
    #expect(try fault([shard(time: .max / 2 + 1)])?.code == .corrupt)
    #expect(try fault([shard(time: .min + 1)])?.code == .corrupt)
    #expect(try fault([shard(ignoredFileCount: .max)])?.code == .corrupt)
    #expect(try fault([shard(side: Int(UInt32.max))])?.code == .corrupt)
  }

  @Test func `more splits than a dataset may have are refused, in one shard and in two`() throws {
    #expect(try fault([shard(splits: splits(128))]) == nil)
    #expect(try fault([shard(splits: splits(129))])?.code == .corrupt)
    let error = try fault([shard(splits: splits(128)), shard(splits: splits(1, "t"))])
    #expect(error?.code == .tooMany)
    #expect(error?.message == "with it there are more than 128 splits")
  }

  @Test func `more groupings than a shard may name are refused in two shards as well, and one twice in one`() throws {
    let names = (0..<64).map { "g\($0)" }
    #expect(try fault([shard(groupings: names)]) == nil)
    #expect(try fault([shard(groupings: names), shard(groupings: ["h"])])?.code == .tooMany)
    #expect(try fault([shard(groupings: ["g", "g"])])?.code == .corrupt)
  }

  @Test func `a file that is not there is named`() throws {
    let path = folder.path + "/none.fp"
    let error = #expect(throws: ShardError.self) { try ShardReader.read([ShardSource(path: path)]) }
    #expect(error?.code == .notFound && error?.file == path)
    let isFolder = #expect(throws: ShardError.self) { try ShardReader.read([ShardSource(path: folder.path)]) }
    #expect(isFolder?.message == "it is a folder")
  }
}
