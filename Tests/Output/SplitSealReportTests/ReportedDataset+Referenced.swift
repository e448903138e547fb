import SplitSealBase
import SplitSealAudit
import SplitSealFingerprint
import SplitSealManifest
import SplitSealMatch
import SplitSealTestSupport

extension ReportedDataset {
  /// A dataset that was compared with a pack of a hostile name: some of its training images are in the pack's test split.
  static let referenced: ReportedDataset = {
    let input = DatasetBuilder("train *60\ntest *30").input()
    let pack = DatasetBuilder("test *40").input()
    var options = MatchOptions()
    options.comparesPixels = false
    let comparison = Comparison(
      first: ComparisonSide(name: "set", origin: .dataset, manifest: input.manifest, outcomes: input.outcomes),
      second: ComparisonSide(
        name: "Pets\u{1B}[31m", origin: .pack,
        pack: .init(
          sha256: Digest256(Array(repeating: 0xAB, count: 32)), version: "2", uri: "https://example.org/pets.pack"),
        manifest: pack.manifest, outcomes: pack.outcomes),
      found: [
        CrossSearch.Found(
          first: 0, second: 0,
          counts: SplitPairCount(
            first: 0, second: 1, bytePairs: 2, pixelPairs: 1, nearPairs: 4, affectedInFirst: 6, affectedInSecond: 5),
          matches: [], unlistedCount: 7),
        CrossSearch.Found(first: 1, second: 0, counts: SplitPairCount(first: 0, second: 1), matches: []),
      ], options: options)
    return ReportedDataset(
      name: "referenced",
      result: Audit.run(
        AuditInput(
          manifest: input.manifest, outcomes: input.outcomes, matches: input.matches, policy: input.policy,
          matchOptions: input.matchOptions, references: [comparison])))
  }()
}
