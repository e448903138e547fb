import Testing

@testable import SplitSealMatch

@Suite struct SearchDepthTests {
  @Test(arguments: [
    (0, 0, SearchDepth.full), (1, 10_000_000, .full), (3000, 3333, .full), (3000, 3334, .slanted),
    (10_000, 10_000, .slanted), (10_000, 10_001, .stored), (.max, 2, .stored),
  ])
  func `the number of pairs decides how deep a search goes`(queries: Int, base: Int, depth: SearchDepth) {
    #expect(SearchDepth(queryCount: queries, baseCount: base, hasPictures: true) == depth)
    #expect(SearchDepth(queryCount: queries, baseCount: base, hasPictures: false) == .stored)
  }

  @Test func `a deeper search compares what a shallower one does, and more`() {
    let counts = SearchDepth.allCases.map { ViewPair.acrossSplits($0).count }
    #expect(counts == [76, 164, 888])
    for depth in SearchDepth.allCases {
      #expect(Array(ViewPair.acrossSplits(depth).prefix(76)) == ViewPair.acrossSplits)
    }
    #expect(ViewPair.acrossSplits(.full, includesBaseParts: true).count == 992)
    #expect(ViewPair.acrossSplits(.slanted, includesBaseParts: true).count == 164)
    #expect(ViewPair.described.count == 1636)
    #expect(Set(ViewPair.acrossSplits(.full, includesBaseParts: true)).count == 992)
  }

  @Test func `every described pair is searched once, together with its mirror image`() {
    let pairs = ViewPair.acrossSplits(.full, includesBaseParts: true)
    let passes = SearchPass.passes(over: pairs) { $0.chanceCosine }
    #expect(passes.flatMap { [$0.pair] + ($0.mirrored.map { [$0] } ?? []) }.sorted() == Array(pairs.indices))
    #expect(passes.count == 42 + 458)
  }
}
