import SplitSealBase
import SplitSealFingerprint
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealMatch

/// The search for equal files and pixels, and for near-duplicates by PDQ.
@Suite struct MatchSearchTests {
  @Test func `every cross-split pair is found, none within a split`() async throws {
    var random = SplitMix64(seed: 3)
    let outcomes = randomOutcomes(count: 300, using: &random)
    let splitOf = outcomes.indices.map { _ in Int.random(in: 0..<3, using: &random) }
    let result = try await search(outcomes, splitOf, splitCount: 3)
    let expected = plainMatches(outcomes, splitOf)
    #expect(result.matches.map(Pair.init) == expected)
    #expect(result.unlistedCount == 0)
    for count in result.counts {
      let pairs = expected.filter { splitOf[$0.first] + splitOf[$0.second] == count.first + count.second }
      #expect(count.bytePairs == pairs.count { $0.kind == .bytes })
      #expect(count.pixelPairs == pairs.count { $0.kind == .pixels })
      #expect(count.nearPairs == pairs.count { $0.kind == .pdq })
      let affected = Set(pairs.flatMap { [$0.first, $0.second] })
      #expect(count.affectedInFirst == affected.count { splitOf[$0] == count.first })
      #expect(count.affectedInSecond == affected.count { splitOf[$0] == count.second })
    }
    #expect(expected.contains { $0.kind == .bytes } && expected.contains { $0.kind == .pdq })
  }

  @Test(arguments: Orientation.allCases)
  func `a picture is found in every orientation, and the evidence says which`(orientation: Orientation) async throws {
    var random = SplitMix64(seed: 11)
    let base = hashSet(using: &random)
    let moved = PDQHashSet(identity: base.standard[orientation].flipping(9, using: &random))
    // Of two equal splits the first counts as the largest, so the second sample is hashed in eight orientations.
    let result = try await search([readable(2, moved), readable(1, base)], [0, 1], splitCount: 2)
    let match = try #require(result.matches.first)
    #expect(match.distance == 9)
    #expect(match.score == 1 - 9.0 / 62)
    #expect(match.orientation == orientation.inverse)
  }

  @Test func `thousands of identical images are counted in full and listed in part`() async throws {
    var random = SplitMix64(seed: 5)
    let picture = hashSet(using: &random)
    let outcomes = (0..<6000).map { _ in readable(1, picture) }
    let splitOf = outcomes.indices.map { $0 < 4000 ? 0 : 1 }
    let result = try await search(outcomes, splitOf, splitCount: 2)
    let count = try #require(result.counts.first)
    #expect(count.bytePairs == 4000 * 2000)
    #expect(count.affectedInFirst == 4000 && count.affectedInSecond == 2000)
    let cap = MatchOptions().listedPerSample
    // Each sample of a split lists the first of the other; the first of both splits list each other.
    let listedCount = (4000 + 2000) * cap - cap * cap
    #expect(result.matches.count == listedCount)
    #expect(result.unlistedCount == 4000 * 2000 - listedCount)
    #expect(result.withinSplit.count == 3999 + 1999)
  }

  @Test func `a film of one scene is counted in full and listed in part`() async throws {
    var random = SplitMix64(seed: 6)
    let scene = PDQHash(words: SIMD4((0..<4).map { _ in random.next() }))
    let outcomes = (0..<500).map { index in
      readable(UInt64(index), PDQHashSet(identity: scene.flipping(5, using: &random)))
    }
    let splitOf = outcomes.indices.map { $0 < 300 ? 0 : 1 }
    let result = try await search(outcomes, splitOf, splitCount: 2)
    #expect(result.counts.first?.nearPairs == 300 * 200)
    // Each sample lists its nearest in the other split, of equal ones the earlier.
    let expected = Set(
      outcomes.indices.flatMap { sample in
        let others = outcomes.indices.filter { splitOf[$0] != splitOf[sample] }
        let nearest = others.map { (distance(outcomes[sample], outcomes[$0]), $0) }.sorted { $0 < $1 }
        return nearest.prefix(MatchOptions().listedPerSample).map { [min(sample, $0.1), max(sample, $0.1)] }
      })
    #expect(Set(result.matches.map { [$0.first, $0.second] }) == expected)
    #expect(result.matches.count == expected.count)
    #expect(result.unlistedCount == 300 * 200 - expected.count)
  }

  @Test func `the split that is named is the one that is asked, else the largest`() async throws {
    var random = SplitMix64(seed: 13)
    let first = hashSet(using: &random)
    // Only a hash of the second picture in another orientation is near, so what asks decides whether it is found.
    let second = PDQHashSet(
      standard: PDQOrientations(
        identity: hashSet(using: &random).standard.identity, mirror: first.standard.identity,
        turn180: hashSet(using: &random).standard.identity, flip: hashSet(using: &random).standard.identity),
      centred: hashSet(using: &random).centred, quality: 100)
    let outcomes = [readable(1, first), readable(2, second)]
    var options = MatchOptions()
    options.method = .pdq
    func matches(reference: Int?) async throws -> [Match] {
      try await MatchSearch(
        outcomes: outcomes, splitOf: [0, 1], splitCount: 2, options: options, reference: reference
      ).run().matches
    }
    #expect(try await matches(reference: nil).map(\.orientation) == [.mirror])
    #expect(try await matches(reference: 0).map(\.orientation) == [.mirror])
    #expect(try await matches(reference: 1).isEmpty)
  }

  @Test func `what only the centred hash finds is found, and the evidence says so`() async throws {
    var random = SplitMix64(seed: 12)
    let first = hashSet(using: &random)
    let other = hashSet(using: &random)
    let second = PDQHashSet(
      standard: other.standard,
      centred: PDQOrientations(
        identity: first.centred.identity.flipping(3, using: &random), mirror: other.centred.mirror,
        turn180: other.centred.turn180, flip: other.centred.flip), quality: 100)
    let result = try await search([readable(1, first), readable(2, second)], [0, 1], splitCount: 2)
    #expect(result.matches.map(\.distance) == [3])
    #expect(result.matches.map(\.sampling) == [.centred])
  }

  @Test func `hashes of low quality are not compared, equal pixels are`() async throws {
    let blank = PDQHashSet(identity: PDQHash(), quality: 10)
    let outcomes = [readable(1, blank), readable(2, blank), readable(1, blank, bytes: 9)]
    let result = try await search(outcomes, [0, 1, 1], splitCount: 2)
    #expect(result.matches.map(Pair.init) == [Pair(first: 0, second: 2, kind: .pixels)])
  }

  @Test func `equal bytes match even where nothing can be decoded`() async throws {
    let broken = FingerprintOutcome.unreadable(.notAnImage, content(3))
    let missing = FingerprintOutcome.unreadable(.missing, nil)
    let result = try await search([broken, broken, missing, missing], [0, 1, 0, 1], splitCount: 2)
    #expect(result.matches.map(Pair.init) == [Pair(first: 0, second: 1, kind: .bytes)])
  }

  @Test func `a lower listing threshold lists more and counts the same`() async throws {
    var random = SplitMix64(seed: 8)
    let scene = PDQHash(words: SIMD4((0..<4).map { _ in random.next() }))
    let far = PDQHashSet(identity: scene.flipping(45, using: &random))
    let outcomes = [readable(1, PDQHashSet(identity: scene)), readable(2, far)]
    var options = MatchOptions()
    options.method = .pdq
    options.listingThreshold = 0.02
    let result = try await MatchSearch(outcomes: outcomes, splitOf: [0, 1], splitCount: 2, options: options).run()
    #expect(result.matches.isEmpty)
    #expect(result.belowThreshold.map(\.distance) == [45])
    #expect(result.counts.first?.nearPairs == 0)
    #expect(result.unlistedCount == 0)
  }

  @Test func `the number of workers changes nothing`() async throws {
    var random = SplitMix64(seed: 9)
    let outcomes = randomOutcomes(count: 1000, using: &random)
    let splitOf = outcomes.indices.map { _ in Int.random(in: 0..<3, using: &random) }
    let one = try await search(outcomes, splitOf, splitCount: 3, workers: 1)
    let eight = try await search(outcomes, splitOf, splitCount: 3, workers: 8)
    #expect(one == eight)
  }

  @Test func `a cancelled search throws`() async throws {
    var random = SplitMix64(seed: 10)
    let outcomes = randomOutcomes(count: 500, using: &random)
    let splitOf = outcomes.indices.map { $0 % 2 }
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await search(outcomes, splitOf, splitCount: 2)
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}

/// A pair and how it was found.
private struct Pair: Hashable {
  let first: Int
  let second: Int
  let kind: MatchKind

  init(first: Int, second: Int, kind: MatchKind) {
    self.first = first
    self.second = second
    self.kind = kind
  }

  init(_ match: Match) { self.init(first: match.first, second: match.second, kind: match.kind) }
}

private func search(
  _ outcomes: [FingerprintOutcome], _ splitOf: [Int], splitCount: Int, workers: Int = 2
) async throws -> MatchResult {
  var options = MatchOptions()
  options.method = .pdq
  options.workerCount = workers
  return try await MatchSearch(outcomes: outcomes, splitOf: splitOf, splitCount: splitCount, options: options).run()
}

/// Compares every pair, in the identity only: the random hashes have no near partner in another orientation.
private func plainMatches(_ outcomes: [FingerprintOutcome], _ splitOf: [Int]) -> [Pair] {
  outcomes.indices.flatMap { a in
    ((a + 1)..<max(a + 1, outcomes.count)).compactMap { b -> Pair? in
      guard splitOf[a] != splitOf[b] else { return nil }
      if outcomes[a].content?.sha256 == outcomes[b].content?.sha256 { return Pair(first: a, second: b, kind: .bytes) }
      if outcomes[a].fingerprint?.pixels == outcomes[b].fingerprint?.pixels {
        return Pair(first: a, second: b, kind: .pixels)
      }
      return distance(outcomes[a], outcomes[b]) <= 31 ? Pair(first: a, second: b, kind: .pdq) : nil
    }
  }
}

private func distance(_ a: FingerprintOutcome, _ b: FingerprintOutcome) -> Int {
  guard let a = a.fingerprint?.pdq, let b = b.fingerprint?.pdq else { return .max }
  return a.standard.identity.distance(to: b.standard.identity)
}

/// Pictures in families of near-duplicates; some share pixels, some share bytes.
private func randomOutcomes(count: Int, using random: inout SplitMix64) -> [FingerprintOutcome] {
  var outcomes: [FingerprintOutcome] = []
  while outcomes.count < count {
    let first = PDQHash(words: SIMD4((0..<4).map { _ in random.next() }))
    for _ in 0..<Int.random(in: 1...5, using: &random) {
      let picture = PDQHashSet(identity: first.flipping(Int.random(in: 0...20, using: &random), using: &random))
      let pixels = random.next()
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let bytes = random.next()
        for _ in 0..<Int.random(in: 1...2, using: &random) { outcomes.append(readable(pixels, picture, bytes: bytes)) }
      }
    }
  }
  return Array(outcomes.prefix(count))
}

private func hashSet(using random: inout SplitMix64) -> PDQHashSet {
  func hash() -> PDQHash { PDQHash(words: SIMD4((0..<4).map { _ in random.next() })) }
  func orientations() -> PDQOrientations {
    PDQOrientations(identity: hash(), mirror: hash(), turn180: hash(), flip: hash())
  }
  return PDQHashSet(standard: orientations(), centred: orientations(), quality: 100)
}

private func readable(_ pixels: UInt64, _ pdq: PDQHashSet, bytes: UInt64? = nil) -> FingerprintOutcome {
  .readable(
    Fingerprint(
      content: content(bytes ?? pixels), pixels: Digest128(high: 0, low: pixels), format: .png, width: 8, height: 8,
      pdq: pdq))
}

private func content(_ number: UInt64) -> ContentDigest {
  let bytes = (0..<32).map { UInt8(truncatingIfNeeded: number >> UInt64($0 % 8 * 8)) }
  return ContentDigest(sha256: Digest256(bytes), xxh3: Digest128(high: 0, low: number), byteCount: 8)
}

extension PDQHashSet {
  /// A set whose mirrored, turned and centred hashes are far from everything.
  fileprivate init(identity: PDQHash, quality: Int = 100) {
    func far(_ seed: UInt64) -> PDQHash {
      var random = SplitMix64(seed: (0..<4).reduce(seed) { ($0 &* 0x100_0000_01B3) ^ identity.words[$1] })
      return PDQHash(words: SIMD4((0..<4).map { _ in random.next() }))
    }
    self.init(
      standard: PDQOrientations(identity: identity, mirror: far(1), turn180: far(2), flip: far(3)),
      centred: PDQOrientations(identity: far(4), mirror: far(5), turn180: far(6), flip: far(7)), quality: quality)
  }
}
