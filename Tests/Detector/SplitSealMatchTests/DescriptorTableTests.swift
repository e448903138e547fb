import CVision
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealMatch

@Suite struct DescriptorTableTests {
  @Test(arguments: [0, 1, 16, 17, 300])
  func `a search finds what comparing all descriptors finds`(count: Int) {
    var random = SplitMix64(seed: 1)
    let base = components(count, using: &random)
    let queries = components(9, using: &random)
    let thresholds = (0..<9).map { _ in Int32.random(in: -20_000...20_000, using: &random) }
    var hits: [DescriptorTable.Hit] = []
    let total = DescriptorTable(base).search(queries: queries, thresholds: thresholds, into: &hits)
    let expected = hitsByDefinition(queries: queries, thresholds: thresholds, base: base, range: 0..<count)
    #expect(total == expected.count)
    #expect(Set(hits) == expected)
    #expect(hits.count == total, "each is reported once")
  }

  @Test func `descriptors appended piece by piece are found as if packed at once`() {
    var random = SplitMix64(seed: 2)
    let base = components(100, using: &random)
    var table = DescriptorTable()
    table.reserveCapacity(100)
    var start = 0
    for piece in [0, 1, 14, 1, 1, 33, 50] {
      table.append(Array(base[start * 64..<(start + piece) * 64]))
      start += piece
    }
    #expect(table.count == 100)
    let queries = components(5, using: &random)
    let thresholds = [Int32](repeating: 1000, count: 5)
    var hits: [DescriptorTable.Hit] = []
    var expected: [DescriptorTable.Hit] = []
    table.search(queries: queries, thresholds: thresholds, into: &hits)
    DescriptorTable(base).search(queries: queries, thresholds: thresholds, into: &expected)
    #expect(!hits.isEmpty)
    #expect(hits == expected)
  }

  @Test(arguments: [0..<0, 16..<17, 32..<150, 144..<150])
  func `a range is searched and nothing else`(range: Range<Int>) {
    var random = SplitMix64(seed: 3)
    let base = components(150, using: &random)
    let queries = components(4, using: &random)
    let thresholds = [Int32](repeating: .min, count: 4)
    var hits: [DescriptorTable.Hit] = []
    let total = DescriptorTable(base).search(queries: queries, thresholds: thresholds, range: range, into: &hits)
    #expect(total == 2 * 4 * range.count)
    #expect(Set(hits) == hitsByDefinition(queries: queries, thresholds: thresholds, base: base, range: range))
  }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 70_000, 164_799, 164_800, .max])
  func `hits grow past the first buffer, and those beyond the limit are counted`(limit: Int) {
    var random = SplitMix64(seed: 4)
    let table = DescriptorTable(components(160, using: &random))
    let queries = components(515, using: &random)
    let thresholds = [Int32](repeating: .min, count: 515)
    let already = DescriptorTable.Hit(query: 1, base: 2, isMirrored: false, product: 3)
    var all: [DescriptorTable.Hit] = []
    table.search(queries: queries, thresholds: thresholds, into: &all)
    #expect(Set(all).count == 164_800)
    var hits = [already]
    #expect(table.search(queries: queries, thresholds: thresholds, into: &hits, limit: limit) == 164_800)
    #expect(hits == [already] + all.prefix(limit), "what was there stays, and the first hits are kept")
  }

  @Test func `runs of queries come one after the other, within a run tiles of the base`() {
    var random = SplitMix64(seed: 5)
    let table = DescriptorTable(components(300, using: &random))
    var hits: [DescriptorTable.Hit] = []
    table.search(queries: components(600, using: &random), thresholds: Array(repeating: 8000, count: 600), into: &hits)
    let order = hits.map { [$0.query / 512, $0.base / 128, $0.query, $0.base, $0.isMirrored ? 1 : 0] }
    #expect(order.count > 1000)
    #expect(zip(order, order.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
  }

  @Test func `a descriptor of length 1 has a cosine of 1 with itself, but for rounding`() throws {
    // 16 components of a quarter: 63.5 rounds to 64.
    let descriptor = [Int8](repeating: 64, count: 16) + [Int8](repeating: 0, count: 48)
    var hits: [DescriptorTable.Hit] = []
    DescriptorTable(descriptor).search(queries: descriptor, thresholds: [0], into: &hits)
    let hit = try #require(hits.first)
    #expect(hit.product == 65_536 && !hit.isMirrored)
    #expect(abs(hit.cosine - 1) < 0.02)
  }

  @Test func `the least product of a cosine is the first whose cosine reaches it`() {
    #expect(DescriptorTable.leastProduct(cosine: 0.5) == 32_258)
    for product in stride(from: Int32(-64_516), through: 64_516, by: 37) {
      let cosine = DescriptorTable.Hit(query: 0, base: 0, isMirrored: false, product: product).cosine
      #expect(DescriptorTable.leastProduct(cosine: cosine) == product)
      #expect(DescriptorTable.leastProduct(cosine: cosine.nextUp) == product + 1)
    }
  }

  /// Random descriptors.
  private func components(_ count: Int, using random: inout SplitMix64) -> [Int8] {
    (0..<count * 64).map { _ in Int8.random(in: -127...127, using: &random) }
  }

  private func hitsByDefinition(
    queries: [Int8], thresholds: [Int32], base: [Int8], range: Range<Int>
  ) -> Set<DescriptorTable.Hit> {
    var hits: Set<DescriptorTable.Hit> = []
    for (query, threshold) in thresholds.enumerated() {
      for index in range {
        for orientation in [Orientation.identity, .mirror] {
          var seen = [Int8](repeating: 0, count: 64)
          unsafe ss_vision_orient(Array(queries[query * 64..<(query + 1) * 64]), Int32(orientation.rawValue), &seen)
          let product = (0..<64).reduce(Int32(0)) { $0 + Int32(seen[$1]) * Int32(base[index * 64 + $1]) }
          guard product >= threshold else { continue }
          hits.insert(
            DescriptorTable.Hit(
              query: UInt32(query), base: UInt32(index), isMirrored: orientation == .mirror, product: product))
        }
      }
    }
    return hits
  }
}
