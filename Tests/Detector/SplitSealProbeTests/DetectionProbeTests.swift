import SplitSealBase
import SplitSealFingerprint
import SplitSealImage
import SplitSealMatch
import Synchronization
import Testing

@testable import SplitSealProbe

/// The probe on drawn pictures, with the hash whose strengths are known.
@Suite struct DetectionProbeTests {
  /// Pictures in memory.
  struct Pictures: PictureSource {
    var images: [DecodedImage?]

    func picture(of sample: Int) -> DecodedImage? { images[sample] }
  }

  /// Blobs, another arrangement for every seed; plain ones for no seed.
  static func picture(_ seed: Int?) -> DecodedImage {
    guard let seed else { return Canvas(width: 64, height: 48, grey: 90).image(format: .png) }
    var random = ProbeRandom(UInt64(seed), 99)
    var coarse = Canvas(width: 32, height: 24, grey: 0)
    // Grey, and detail of all the sizes that the hash looks at.
    for pixel in 0..<(32 * 24) {
      let grey = UInt8(random.below(256))
      for channel in 0..<3 { coarse.pixels[3 * pixel + channel] = grey }
    }
    return coarse.resized(width: 64, height: 48).image(format: .png)
  }

  struct Dataset {
    var outcomes: [FingerprintOutcome]
    var splitOf: [Int]
    var pictures: Pictures

    init(_ seeds: [Int?], testCount: Int) {
      pictures = Pictures(images: seeds.map { DetectionProbeTests.picture($0) })
      var fingerprinter = Fingerprinter(includesPDQ: true)
      outcomes = pictures.images.enumerated().map { index, image in
        let content = ContentDigest(of: [UInt8(index)])
        return image.map { fingerprinter.outcome(of: $0, content: content) } ?? .unreadable(.missing, nil)
      }
      splitOf = seeds.indices.map { $0 < seeds.count - testCount ? 0 : 1 }
    }

    func probe(imageLimit: Int = 300, seed: UInt32 = 1, workerCount: Int = 2) -> DetectionProbe {
      var options = MatchOptions()
      options.method = .pdq
      options.workerCount = workerCount
      var probe = ProbeOptions()
      probe.imageLimit = imageLimit
      probe.seed = seed
      return DetectionProbe(
        outcomes: outcomes, splitOf: splitOf, splitCount: 2, options: options, probe: probe, pictures: pictures)
    }
  }

  @Test func `PDQ finds what it is known to find and misses what it is known to miss`() async throws {
    let measured = try await Dataset(Array(0..<6), testCount: 3).probe().run()
    let edits = measured.edits
    #expect(measured.imageCount == 6)
    #expect(edits.map(\.name) == ProbeEdit.allCases.map(\.rawValue))
    #expect(edits.allSatisfy { (3...4).contains($0.madeCount) && $0.foundCount <= $0.madeCount })
    let recall = Dictionary(uniqueKeysWithValues: edits.map { ($0.name, $0.recall) })
    for edit in ["mirror", "flip", "turn90", "turn180"] { #expect(recall[edit] == 1, "\(edit)") }
    for edit in ["jpeg85", "half", "grayscale"] { #expect((recall[edit] ?? 0) > 0.6, "\(edit)") }
    for edit in ["crop50", "beside"] { #expect((recall[edit] ?? 1) < 0.3, "\(edit)") }
  }

  @Test func `a copy of another sample of equal pixels is found as well`() async throws {
    // Six times one picture: five copies are matched with samples that are not their own originals as well.
    let measured = try await Dataset(Array(repeating: 5, count: 6), testCount: 2).probe().run()
    #expect(measured.imageCount == 6)
    let mirrored = measured.edits.first { $0.name == "mirror" }
    #expect(mirrored?.foundCount == mirrored?.madeCount && mirrored?.madeCount == 4)
  }

  @Test func `recalls do not depend on the number of workers`() async throws {
    let dataset = Dataset(Array(0..<5), testCount: 2)
    let alone = try await dataset.probe(workerCount: 1).run()
    for workerCount in [2, 4] {
      let together = try await dataset.probe(workerCount: workerCount).run()
      #expect(together.edits == alone.edits)
    }
  }

  @Test func `plain and unreadable pictures are not edited`() async throws {
    var dataset = Dataset([0, nil, 1, nil, 2], testCount: 2)
    let measured = try await dataset.probe().run()
    #expect(measured.imageCount == 3)
    dataset.pictures.images[0] = nil
    #expect(try await dataset.probe().run().imageCount == 2)
    let plain = try await Dataset([nil, nil], testCount: 1).probe().run()
    #expect(plain.imageCount == 0 && plain.edits.isEmpty)
  }

  @Test func `images are chosen from every split in proportion, by the seed`() {
    let outcomes = Dataset(Array(0..<40), testCount: 10)
    func selection(_ seed: UInt32) -> [Int] {
      var options = MatchOptions()
      options.method = .pdq
      var selection = ProbeSelection(
        outcomes.outcomes, splitOf: outcomes.splitOf, splitCount: 2, options: options)
      selection.choose(12, seed: seed)
      return selection.samples
    }
    for seed: UInt32 in 1...5 {
      let samples = selection(seed)
      #expect(samples == samples.sorted() && Set(samples).count == 12)
      #expect(samples.count { $0 >= 30 } == 3)
      #expect(selection(seed) == samples)
    }
    #expect(selection(1) != selection(2))
  }

  @Test func `progress ends where it said it would`() async throws {
    let steps = Mutex<[[Int]]>([])
    _ = try await Dataset(Array(0..<3), testCount: 1).probe(workerCount: 1).run { completed, total in
      steps.withLock { $0.append([completed, total]) }
    }
    let seen = steps.withLock { $0 }
    #expect(seen.last == [111, 111])
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0[0] <= $1[0] })
  }

  @Test func `no image means no recall`() async throws {
    let nothing = try await Dataset(Array(0..<3), testCount: 1).probe(imageLimit: 0).run()
    #expect(nothing.imageCount == 0 && nothing.edits.isEmpty)
  }

  @Test func `the edits take turns, on every image as many`() {
    let canvas = Canvas(width: 8, height: 8, grey: 1)
    let originals = (0..<10).map { ProbeCopies.Original(sample: $0, format: .png, canvas: canvas) }
    let copies = ProbeCopies(originals: originals, seed: 1, copiesPerImage: 9)
    #expect(copies.count == 90)
    let tried = ProbeEdit.allCases.map { edit in (0..<90).count { copies.edit(of: $0) == edit } }
    #expect(tried.allSatisfy { (2...3).contains($0) } && tried.reduce(0, +) == 90)
    for number in 0..<10 {
      let own = (0..<90).filter { copies.original(of: $0).sample == number }
      #expect(own.count == 9 && Set(own.map { copies.edit(of: $0) }).count == 9)
    }
  }

  @Test(arguments: [
    // Comparable, images, queries, near-duplicates: images that are edited, edits of each.
    (6, 6, 3, 0, 6, 24), (40, 40, 20, 0, 37, 4), (300, 300, 60, 0, 165, 4), (918, 918, 450, 0, 300, 7),
    (900, 900, 450, 9_901, 300, 5), (900, 1000, 0, 0, 300, 6), (60_000, 60_000, 10_000, 500, 300, 37),
    (0, 50, 10, 0, 0, 0), (2, 100_000, 10, 3, 2, 37),
  ])
  func `the number of copies follows from the counts`(
    comparable: Int, samples: Int, queries: Int, pairs: Int, images: Int, edits: Int
  ) {
    let budget = ProbeBudget(
      comparableCount: comparable, sampleCount: samples, queryCount: queries, nearPairCount: pairs, imageLimit: 300,
      editCount: 37)
    #expect([budget.imageCount, budget.copiesPerImage] == [images, edits])
  }

  @Test func `a cancelled probe ends with an error`() async {
    let dataset = Dataset(Array(0..<4), testCount: 1)
    let task = Task { try await dataset.probe().run().imageCount }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
