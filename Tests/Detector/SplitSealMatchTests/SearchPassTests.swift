import SplitSealFingerprint
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealMatch

@Suite struct SearchPassTests {
  private let passes = SearchPass.passes(over: ViewPair.acrossSplits) { $0.chanceCosine }

  @Test func `every pair of views is searched once, most with its mirror image`() {
    let covered = passes.flatMap { [$0.pair] + ($0.mirrored.map { [$0] } ?? []) }
    #expect(covered.sorted() == Array(ViewPair.acrossSplits.indices))
    #expect(passes.count == 42)
    #expect(SearchPass.passes(over: ViewPair.withinSplits) { _ in 0.8 }.count == 1)
  }

  @Test func `pairs of other thresholds are searched by themselves`() {
    let apart = SearchPass.passes(over: ViewPair.acrossSplits) { $0.orientation == .mirror ? 0.6 : 0.5 }
    #expect(
      apart.allSatisfy { pass in
        pass.mirrored.map { ViewPair.acrossSplits[$0].orientation != .mirror } ?? true
      })
  }

  /// The search negates the odd components of the query: that must be the query of the second pair, number by number.
  @Test func `the second pair of a pass is the mirror image of the first`() throws {
    var random = SplitMix64(seed: 1)
    let count = DescriptorView.allCases.count * GradientDescriptors.length
    let descriptors = GradientDescriptors(
      values: (0..<count).map { _ in Int8.random(in: -127...127, using: &random) }, plainViews: 0)
    let base = (0..<64).map { _ in Int8.random(in: -127...127, using: &random) }
    let table = DescriptorTable(base)
    for pass in passes {
      for (pair, isMirrored) in [(pass.pair, false), (pass.mirrored, true)] {
        guard let pair = pair.map({ ViewPair.acrossSplits[$0] }) else { continue }
        var query: [Int8] = []
        descriptors.append(pair.query, oriented: pair.orientation, to: &query)
        let expected = zip(query, base).reduce(Int32(0)) { $0 + Int32($1.0) * Int32($1.1) }
        var searched: [Int8] = []
        let first = ViewPair.acrossSplits[pass.pair]
        descriptors.append(first.query, oriented: first.orientation, to: &searched)
        var hits: [DescriptorTable.Hit] = []
        table.search(queries: searched, thresholds: [.min], into: &hits)
        let hit = try #require(hits.first { $0.isMirrored == isMirrored })
        #expect(hit.product == expected)
      }
    }
  }
}
