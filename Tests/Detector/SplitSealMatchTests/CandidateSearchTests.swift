import SplitSealFingerprint
import SplitSealImage
import Testing

@testable import SplitSealMatch

@Suite struct CandidateSearchTests {
  @Test(arguments: [
    (1, 0.15), (12_500, 0.04), (25_000, 0.02), (25_001, 0), (50_000, 0), (99_999, 0), (100_000, -0.02),
    (1_280_000, -0.08), (1 << 40, -0.15),
  ])
  func `a small base is searched deeper than a large one`(count: Int, slack: Double) {
    #expect(abs(CandidateSearch.slack(baseCount: count) - slack) < 1e-9)
  }

  /// More pictures of one kind than are kept: the first that are seen are not the closest.
  @Test func `the candidates are the closest of all, with their closest views, whatever was seen first`() throws {
    let picture = DrawnPicture.scene(1, width: 48, height: 48)
    let pictures = (0..<150).map { picture.noisy(UInt64($0), levels: Double(150 - $0)) }
    let descriptors = try outcomes(of: pictures).map { try #require($0.fingerprint).descriptors }
    let base = Array(1..<150)
    let pairs = ViewPair.acrossSplits
    let search = CandidateSearch(descriptors: descriptors, base: base, pairs: pairs)
    let found = try #require(search.candidates(of: [0][...]) { _, _ in true }.first)
    let slack = CandidateSearch.slack(baseCount: base.count)
    let all = base.map { other in
      let hits = pairs.compactMap { pair -> Double? in
        guard !descriptors[0].isPlain(pair.query), !descriptors[other].isPlain(pair.base) else { return nil }
        var (one, two): ([Int8], [Int8]) = ([], [])
        descriptors[0].append(pair.query, oriented: pair.orientation, to: &one)
        descriptors[other].append(pair.base, oriented: .identity, to: &two)
        let product = zip(one, two).reduce(0) { $0 + Int($1.0) * Int($1.1) }
        let excess = Double(product) / Double(DescriptorTable.unitProduct) - pair.chanceCosine
        return excess >= -slack ? excess : nil
      }
      return (other: other, hits: hits.sorted(by: >).prefix(CandidateSearch.hitsPerCandidate))
    }
    let expected = all.filter { !$0.hits.isEmpty }.sorted { ($1.hits[0], $0.other) < ($0.hits[0], $1.other) }
    try #require(expected.count > CandidateSearch.candidatesPerPicture)
    #expect(found.map(\.index) == expected.prefix(CandidateSearch.candidatesPerPicture).map(\.other))
    for (candidate, expected) in zip(found, expected) {
      #expect(candidate.hits.count == expected.hits.count)
      #expect(zip(candidate.hits, expected.hits).allSatisfy { abs($0.excess - $1) < 1e-9 })
    }
  }
}
