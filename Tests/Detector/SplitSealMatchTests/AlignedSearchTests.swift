import SplitSealBase
import SplitSealFingerprint
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealMatch

/// The search for near-duplicates by descriptors and alignment, from pixels on.
@Suite struct AlignedSearchTests {
  /// What may be done to a picture and leaves it the same picture.
  enum Edit: String, CaseIterable {
    case mirrored, turnedByQuarter, cropped, painted, tilted, besideAnother, brightened

    func applied(to picture: DrawnPicture) -> DrawnPicture {
      switch self {
      case .mirrored: picture.moved(.mirror)
      case .turnedByQuarter: picture.moved(.turn90)
      case .cropped: picture.cropped(left: 12, top: 36, width: 140, height: 112)
      case .painted: picture.mapped { _, y, colour in y < 112 || y >= 140 ? colour : SIMD3(240, 30, 30) }
      case .tilted: picture.turned(degrees: 7)
      case .besideAnother: picture.beside(.scene(900))
      case .brightened: picture.mapped { $2 * 0.8 + 40 }
      }
    }
  }

  @Test func `windows that slide over one picture by a quarter of their width are found across splits`() async throws {
    let scenes = (0..<6).map { DrawnPicture.scene(UInt64(300 + $0), width: 400, height: 224) }
    func windows(at left: Int) -> [DrawnPicture] {
      scenes.map { $0.cropped(left: left, top: 0, width: 224, height: 224) }
    }
    let result = try await searchAligned(
      windows(at: 60) + windows(at: 116), Array(repeating: 0, count: 6) + Array(repeating: 1, count: 6))
    #expect(result.matches.map { [$0.first, $0.second] }.sorted { $0[0] < $1[0] } == (0..<6).map { [$0, $0 + 6] })
  }

  @Test(arguments: Edit.allCases, [UInt64(1), 2])
  func `an edited copy is found among unrelated pictures`(edit: Edit, seed: UInt64) async throws {
    let picture = DrawnPicture.scene(seed)
    let edited = edit.applied(to: picture)
    let result = try await searchAligned([.scene(50), picture, .scene(51), edited], [0, 0, 1, 1])
    let match = try #require(result.matches.first)
    #expect(result.matches.map { [$0.first, $0.second] } == [[1, 3]])
    #expect(match.kind == .aligned)
    #expect(match.score >= 0.5 && match.score <= 1)
    let overlap = try #require(match.alignment?.overlap)
    #expect(overlap > 0.6 && overlap <= 1)
    let count = SplitPairCount(first: 0, second: 1, nearPairs: 1, affectedInFirst: 1, affectedInSecond: 1)
    #expect(result.counts == [count])
    #expect(result.tooPlainCounts == [0, 0])
  }

  /// Two codings of the same pixels have digests of their own: the pixels decide.
  @Test(arguments: [true, false])
  func `pictures that lie on each other are compared pixel by pixel`(areEqual: Bool) async throws {
    let picture = DrawnPicture.scene(4)
    let pictures = [picture, areEqual ? picture : picture.mapped { $0 + $1 == 0 ? $2 + 8 : $2 }]
    let recoded = outcomes(of: pictures).enumerated().map { index, outcome -> FingerprintOutcome in
      guard let found = outcome.fingerprint else { return outcome }
      return .readable(
        Fingerprint(
          content: found.content, pixels: Digest128(high: 0, low: UInt64(index)), format: .jpeg, width: found.width,
          height: found.height, descriptors: found.descriptors))
    }
    let images = Dictionary(uniqueKeysWithValues: pictures.enumerated().map { ($0, $1.image) })
    for split in [[0, 1], [0, 0]] {
      let result = try await MatchSearch(
        outcomes: recoded, splitOf: split, splitCount: 2, options: MatchOptions(),
        pictures: PictureCache(MemoryPictures(pictures: images))
      ).run()
      let isAcross = split == [0, 1]
      let match = try #require((isAcross ? result.matches : result.withinSplit).first)
      #expect(match.kind == (areEqual ? .pixels : .aligned))
      #expect(result.counts.map(\.pixelPairs) == [isAcross && areEqual ? 1 : 0])
      #expect(result.counts.map(\.nearPairs) == [isAcross && !areEqual ? 1 : 0])
    }
  }

  @Test(arguments: Orientation.allCases)
  func `the evidence says what turns the first picture into the second`(orientation: Orientation) async throws {
    let picture = DrawnPicture.scene(3)
    let moved = picture.noisy(4).moved(orientation)
    let result = try await searchAligned([picture, moved], [0, 1])
    let match = try #require(result.matches.first)
    #expect(match.orientation == orientation)
    #expect(match.alignment?.firstView == .whole)
    #expect(match.alignment?.secondView == .whole)
    // The same the other way round: now the moved picture is of the split that is asked.
    let reversed = try await searchAligned([moved, picture], [0, 1])
    #expect(reversed.matches.map(\.orientation) == [orientation.inverse])
  }

  @Test func `the evidence names the part that is the other picture`() async throws {
    let picture = DrawnPicture.scene(5)
    let result = try await searchAligned([picture, picture.beside(.scene(6))], [0, 1])
    let alignment = try #require(result.matches.first?.alignment)
    #expect(alignment.firstView == .whole)
    #expect(alignment.secondView == .leftHalf)
  }

  @Test func `unrelated pictures do not match, neither across splits nor within them`() async throws {
    let pictures = (100..<116).map { DrawnPicture.scene($0) }
    let result = try await searchAligned(pictures, pictures.indices.map { $0 % 2 })
    #expect(result.matches.isEmpty)
    #expect(result.withinSplit.isEmpty)
  }

  @Test func `plain pictures match only where their pixels are equal, and are counted`() async throws {
    let pictures = (0..<50).map { plainPicture($0) }
    let fingerprints = outcomes(of: pictures)
    #expect(fingerprints.allSatisfy { $0.fingerprint?.descriptors.isPlain == true })
    // An image of every kind has an equal in the other split.
    let all = pictures + [plainPicture(0), plainPicture(1), plainPicture(2), .scene(7)]
    let splitOf = pictures.indices.map { $0 % 2 } + [1, 0, 1, 1]
    let result = try await searchAligned(all, splitOf)
    #expect(result.matches.map { [$0.first, $0.second] } == [[0, 50], [1, 51], [2, 52]])
    #expect(result.matches.allSatisfy { $0.kind == .pixels })
    #expect(result.withinSplit.isEmpty)
    #expect(result.tooPlainCounts == [26, 27])
  }

  @Test func `the number of workers changes nothing`() async throws {
    let originals = (200..<206).map { DrawnPicture.scene($0) }
    let pictures = originals + originals.map { $0.noisy(8) } + originals.map { $0.moved(.mirror) }
    let splitOf = pictures.indices.map { $0 < 9 ? 0 : 1 }
    func search(workers: Int) async throws -> MatchResult {
      var options = MatchOptions()
      options.workerCount = workers
      options.listingThreshold = 0
      return try await searchAligned(pictures, splitOf, options: options)
    }
    let one = try await search(workers: 1)
    #expect(!one.matches.isEmpty && !one.withinSplit.isEmpty)
    #expect(try await search(workers: 4) == one)
  }

  @Test func `without pixels very close descriptors count, and the evidence says so`() async throws {
    let picture = DrawnPicture.scene(9)
    let fingerprints = outcomes(of: [picture, .scene(10), picture.noisy(11), .scene(21)])
    func search(_ options: MatchOptions) async throws -> MatchResult {
      try await MatchSearch(outcomes: fingerprints, splitOf: [0, 0, 1, 1], splitCount: 2, options: options).run()
    }
    let result = try await search(MatchOptions())
    let match = try #require(result.matches.first)
    #expect(result.matches.map { [$0.first, $0.second] } == [[0, 2]])
    #expect(match.kind == .descriptor)
    let alignment = try #require(match.alignment)
    #expect(alignment.overlap == nil)
    #expect(alignment.cosine >= MatchOptions().descriptorThreshold)
    #expect(match.score == min(alignment.cosine, 1))

    var options = MatchOptions()
    options.descriptorThreshold = alignment.cosine.nextUp
    #expect(try await search(options).matches.isEmpty)
  }

  @Test func `a picture that cannot be read any more is judged by its descriptors`() async throws {
    let (a, b) = (DrawnPicture.scene(12), DrawnPicture.scene(13))
    let result = try await searchAligned([a, b, a.noisy(14), b.noisy(15)], [0, 0, 1, 1], unreadable: [1])
    #expect(result.matches.map { [$0.first, $0.second] } == [[0, 2], [1, 3]])
    #expect(result.matches.map(\.kind) == [.aligned, .descriptor])
  }

  @Test func `near-duplicates within a split are found, and a cluster is as sure as its weakest link`() async throws {
    let picture = DrawnPicture.scene(16)
    let pictures = [
      picture, .scene(17), picture.noisy(18), picture.mapped { $2 * 0.8 + 40 }.moved(.mirror), .scene(19), .scene(20),
    ]
    let splitOf = [0, 0, 0, 0, 1, 1]
    let result = try await searchAligned(pictures, splitOf)
    #expect(result.matches.isEmpty)
    #expect(result.withinSplit.map { [$0.first, $0.second] } == [[0, 2], [0, 3], [2, 3]])
    #expect(result.withinSplit.map(\.orientation) == [.identity, .mirror, .mirror])
    let cluster = try #require(PictureCluster.clusters(of: result.withinSplit, splitOf: splitOf).first)
    #expect(cluster.members == [0, 2, 3])
    #expect(cluster.splits == [0])
    // Of three links the two surest hold the three together.
    #expect(cluster.weakestLink == result.withinSplit.map(\.score).sorted()[1])

    var options = MatchOptions()
    options.searchesWithinSplits = false
    #expect(try await searchAligned(pictures, splitOf, options: options).withinSplit.isEmpty)
  }
}

/// A blank page, soft shading or weak noise; all differ.
private func plainPicture(_ number: Int) -> DrawnPicture {
  let level = Double(40 + 3 * number)
  switch number % 3 {
  case 0: return DrawnPicture(width: 96, height: 80) { _, _ in SIMD3(repeating: level) }
  case 1: return DrawnPicture(width: 96, height: 80) { x, y in SIMD3(repeating: level + Double(x + y) / 4) }
  default:
    let page = DrawnPicture(width: 96, height: 80) { _, _ in SIMD3(repeating: level) }
    return page.noisy(UInt64(number))
  }
}
