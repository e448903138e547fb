import SplitSealMatch
import Testing

/// What a cache keys results by.
@Suite struct MatchOptionsTests {
  @Test func `every option that changes a result changes the key`() {
    let changes: [(inout MatchOptions) -> Void] = [
      { $0.method = .pdq }, { $0.reportingThreshold = 0.6 }, { $0.listingThreshold = 0.4 },
      { $0.doubtThreshold = 0.2 }, { $0.descriptorThreshold = 0.8 }, { $0.comparesPixels = false },
      { $0.minimumQuality = 51 }, { $0.listedPerSample = 33 }, { $0.searchesWithinSplits = false },
    ]
    let keys = changes.map { change in
      var options = MatchOptions()
      change(&options)
      return options.coded
    }
    #expect(Set(keys + [MatchOptions().coded]).count == changes.count + 1)
    // The number of workers is the one option that does not: a new option has to be coded, and changed above.
    #expect(Mirror(reflecting: MatchOptions()).children.count == changes.count + 1)
    var options = MatchOptions()
    options.workerCount = 7
    #expect(options.coded == MatchOptions().coded)
  }
}
