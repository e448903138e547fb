import SplitSealFingerprint
import SplitSealImage
import SplitSealManifest
import SplitSealShard
import Testing

/// What is written is what is read, whole, in parts, and put together.
@Suite struct ShardRoundTripTests {
  let folder: ShardFolder

  init() throws { folder = try ShardFolder() }

  private func expectEqual(_ read: HashedDataset, _ written: HashedDataset) {
    #expect(read.manifest == written.manifest)
    #expect(read.outcomes == written.outcomes)
  }

  @Test(arguments: [false, true])
  func `a dataset is read as it was written, with every fault an image can have`(hasPDQ: Bool) throws {
    let fixture = ShardFixture(count: 30, hasPDQ: hasPDQ)
    let (dataset, terms) = try ShardReader.read([try folder.write("a.fp", try fixture.segment())])
    expectEqual(dataset, fixture.dataset)
    #expect(terms == fixture.terms)
  }

  @Test func `more records than one block holds are read as they were written`() throws {
    let fixture = ShardFixture(count: 4_100)
    expectEqual(try ShardReader.read([try folder.write("a.fp", try fixture.segment())]).dataset, fixture.dataset)
  }

  @Test(arguments: [[1, 2, 3], [3, 1, 2], [2, 3, 1]])
  func `parts in any order make the whole`(order: [Int]) throws {
    let fixture = ShardFixture()
    let sources = try order.map { try folder.write("\($0).fp", try fixture.segment($0, of: 3)) }
    expectEqual(try ShardReader.read(sources).dataset, fixture.dataset)
    let joined = try order.flatMap { try fixture.segment($0, of: 3) }
    expectEqual(try ShardReader.read([try folder.write("all.fp", joined)]).dataset, fixture.dataset)
  }

  @Test func `a segment without image libraries is of the format that older programs read`() throws {
    var fixture = ShardFixture()
    let without = try fixture.segment()
    fixture.libraries = "libjpeg-turbo 2.1.5 (6b, 1991-2023), libpng 1.6.39"
    let with = try fixture.segment()
    #expect(without[8] == 4 && with[8] == 5)
    for segment in [without, with] {
      expectEqual(try ShardReader.read([try folder.write("a.fp", segment)]).dataset, fixture.dataset)
    }
  }

  @Test func `parts that were hashed with other image libraries are joined, and that is said`() throws {
    var fixture = ShardFixture()
    var sources: [ShardSource] = []
    for (number, libraries) in zip(1...4, ["libpng 1.6.39", "libpng 1.6.43", "libpng 1.6.39", nil]) {
      fixture.libraries = libraries
      sources.append(try folder.write("\(number).fp", try fixture.segment(number, of: 4)))
    }
    var warnings: [String] = []
    expectEqual(try ShardReader.read(sources) { warnings.append($0) }.dataset, fixture.dataset)
    #expect(
      warnings == [
        "these shards were hashed with different image libraries (libpng 1.6.39; libpng 1.6.43): equal files and "
          + "near-duplicates are found as usual, but equal pixels in different files may not be recognised as equal"
      ])
    // The same libraries, and none named, are nothing to say.
    fixture.libraries = "libpng 1.6.39"
    sources[1] = try folder.write("2.fp", try fixture.segment(2, of: 4))
    _ = try ShardReader.read(sources) { _ in Issue.record("there is nothing to warn of") }
  }

  @Test func `a part may hold no samples`() throws {
    let fixture = ShardFixture(count: 5)
    let sources = try (1...9).map { try folder.write("\($0).fp", try fixture.segment($0, of: 9)) }
    expectEqual(try ShardReader.read(sources).dataset, fixture.dataset)
  }

  @Test func `parts hold every sample once and differ by one sample at most`() {
    for count in [1, 2, 7, 100] {
      let parts = (1...7).compactMap { HashingPart($0, of: 7)?.range(ofSampleCount: count) }
      #expect(parts.flatMap { Array($0) } == Array(0..<count))
      #expect(parts.allSatisfy { (count / 7...count / 7 + 1).contains($0.count) })
    }
  }

  @Test(arguments: ["", "1", "0/3", "4/3", "1/0", "-1/3", "1/3/3", "1/1000001", "a/b", "1 /3"])
  func `what is no part is refused`(text: String) { #expect(HashingPart(text) == nil) }

  @Test func `two hashings are joined below the folder that holds both`() throws {
    let first = ShardFixture(count: 6, seed: 1, root: "/data/set/one")
    var second = ShardFixture(count: 5, seed: 2, root: "/data/set/two")
    let manifest = second.dataset.manifest
    second.dataset = HashedDataset(
      manifest: Manifest(
        root: manifest.root, splits: [Split(name: "val", role: .validation), manifest.splits[0]],
        labels: ["bee", "cat"], groupings: [Grouping(name: "patient", of: Array(repeating: "g0", count: 5))],
        samples: (0..<5).map { Sample(path: "\($0).png", split: $0 % 2, label: $0 % 2, input: 0) },
        inputs: [ManifestInput(path: "two", format: .folder)]),
      outcomes: second.dataset.outcomes)
    let sources = [
      try folder.write("1.fp", try first.segment()), try folder.write("2.fp", try second.segment()),
    ]
    let joined = try ShardReader.read(sources).dataset
    #expect(joined.manifest.root == "/data/set")
    #expect(joined.manifest.splits.map(\.name) == ["train", "hold-out", "val"])
    #expect(joined.manifest.labels == ["a,b", "bee", "cat", "dog"])
    let groups = ["g0", "g1", "g2", "g3", "g\u{301}4"]
    #expect(joined.manifest.groupings.map(\.name) == ["patient", "scene"])
    #expect(joined.manifest.groupings[0].groups.map { Array($0.utf8) } == groups.map { Array($0.utf8) })
    #expect(joined.manifest.groupName(of: 1) == "g1")
    #expect(joined.manifest.groupName(of: 10) == "g0")
    #expect(joined.manifest.groupings[1].group(of: 5) == 1)
    #expect(joined.manifest.groupings[1].group(of: 6) == nil)
    #expect(joined.manifest.times?.time(of: 2) == -2_000)
    #expect(joined.manifest.times?.time(of: 7) == nil)
    #expect(joined.manifest.inputs.map(\.path) == ["a.csv", "images", "two"])
    #expect(joined.manifest.samples[0].path == "one/images/1-0.jpg")
    let last = joined.manifest.samples[10]
    #expect(last.path == "two/4.png")
    #expect(joined.manifest.splits[Int(last.split)].name == "val")
    #expect(joined.manifest.labels[Int(try #require(last.label))] == "bee")
    #expect(Int(last.input) == 2)
    #expect(joined.outcomes == first.dataset.outcomes + second.dataset.outcomes)
  }

  @Test func `a pattern names its files by the bytes of their names, and SPLIT= holds for all of them`() throws {
    let fixture = ShardFixture()
    for number in 1...3 { _ = try folder.write("é\(number).fp", try fixture.segment(number, of: 3)) }
    let path = folder.path
    let sources = try ShardSource.sources(["train=\(path)/é*.fp", "-"])
    #expect(
      sources == [
        ShardSource(path: "\(path)/é1.fp", splitName: "train"), ShardSource(path: "\(path)/é2.fp", splitName: "train"),
        ShardSource(path: "\(path)/é3.fp", splitName: "train"), ShardSource(path: "-"),
      ])
    _ = try folder.write("[a].fp", try fixture.segment())
    #expect(try ShardSource.sources(["\(path)/[a].fp"]).map(\.path) == ["\(path)/[a].fp"])
    #expect(throws: ShardError.self) { try ShardSource.sources(["\(path)/*.none"]) }
    #expect(throws: ShardError.self) { try ShardSource.sources(["-", "train=-"]) }
  }
}
