import SplitSealBase
import SplitSealRules
import SplitSealAudit
import SplitSealFingerprint
import SplitSealImage
import SplitSealManifest
import SplitSealMatch
import SplitSealPolicy
import SplitSealProbe
import SplitSealTestSupport
import Testing

/// A verdict that follows from what was compared and told.
@Suite struct SettledVerdictTests {
  @Test func `a dataset of which nothing could be compared is inconclusive`() {
    let lines = (0..<41).map { "\($0 < 20 ? "train" : "test") p\($0) plain" }
    let result = DatasetBuilder(lines.joined(separator: "\n")).audit()
    #expect(result.verdict == .inconclusive)
    #expect(
      result.inconclusive.contains(
        "of the 21 images of test that were read, 21 cannot be judged (100.00 %): 21 show too little to be"
          + " compared; look for copies of what shows too little by eye, or accept that with --allow-unsettled 1.0"))
    #expect(result.coverage.map(\.comparedCount) == [0, 0])
    #expect(result.coverage.map(\.checkedCount) == [20, 21])
    #expect(!result.passedChecks.contains { $0.contains("near-duplicates between") })
  }

  /// 200 images of test, some of which are plain.
  private func plain(_ count: Int, policy: Policy = Policy()) -> AuditResult {
    let lines = ["train/a *200", "test/a *\(200 - count)"] + (0..<count).map { "test/a p\($0) plain" }
    return DatasetBuilder(lines.joined(separator: "\n"), policy: policy).audit()
  }

  @Test func `one in a hundred may show too little, and more may not`() {
    #expect(plain(2).inconclusive == [])
    #expect(plain(2).verdict != .inconclusive)
    #expect(
      plain(3).inconclusive == [
        "of the 200 images of test that were read, 3 cannot be judged (1.50 %): 3 show too little to be compared;"
          + " look for copies of what shows too little by eye, or accept that with --allow-unsettled 0.015"
      ])
    var policy = Policy()
    policy.allowedUnsettledShare = 0.015
    #expect(plain(3, policy: policy).inconclusive == [])
    policy = Policy()
    policy.severities = [SeverityOverride(rule: .nearDuplicate, severity: nil)]
    #expect(plain(3, policy: policy).inconclusive == [])
  }

  @Test func `what was read and what was compared stand beside each other`() {
    #expect(
      plain(2).skippedChecks.contains(
        "of 200 images of test read, 198 were compared; 2 show too little to be judged: only equal bytes and pixels were"
          + " looked for"))
    #expect(
      plain(2).passedChecks.contains(
        "0 near-duplicates between train and test by alignment at probability 0.50 (200 x 198 images, 15 views, 8"
          + " orientations)"))
  }

  private let doubtful = "train/a *50\ntrain/a x\ntest/a *50\ntest/a x@0.3"

  @Test func `a pair in doubt is a note and no error, and keeps the verdict from being a pass`() {
    let result = DatasetBuilder(doubtful).audit()
    #expect(result.findings(of: .nearDuplicate).isEmpty)
    let found = result.findings(of: .inDoubt)
    #expect(found.map(\.severity) == [.note])
    #expect(
      found.map(\.message) == [
        "1 pair of 1 image of train and 1 image of test scores 0.15 to below 0.50: whether these are copies or pictures that"
          + " only look alike cannot be told; look at them with splitseal review"
      ])
    #expect(found.first?.isAboutSplits == true && found.first?.samples == [50, 101])
    #expect(result.verdict == .inconclusive)
    #expect(
      result.inconclusive.contains(
        "of the 51 images of test that were read, 1 cannot be judged (1.96 %): 1 has pairs in doubt; decide the"
          + " pairs with splitseal review, or accept that with --allow-unsettled 0.020"))
    #expect(result.coverage.map(\.doubtfulCount) == [1, 1])
    #expect(result.input.doubt.pairCount == 1)
    // What is in doubt is not among what held.
    #expect(
      result.passedChecks.contains(
        "0 near-duplicates between train and test by alignment at probability 0.50 (50 x 50 images, 15 views, 8"
          + " orientations)"))
  }

  @Test func `a leak fails whatever is in doubt`() {
    let result = DatasetBuilder(doubtful + "\ntest/a x@0.8").audit()
    #expect(result.verdict == .fail)
    #expect(result.messages(of: .nearDuplicate).count == 1)
    // The image of train has a reported pair now.
    #expect(result.coverage.map(\.doubtfulCount) == [0, 1])
  }

  @Test func `between splits that may share pictures nothing is in doubt`() {
    var policy = Policy()
    policy.allowedOverlaps = [AllowedOverlap("test", "train", rules: [.nearDuplicate], reason: "meant")]
    let result = DatasetBuilder(doubtful, policy: policy).audit()
    #expect(result.findings(of: .inDoubt).isEmpty && result.coverage.map(\.doubtfulCount) == [0, 0])
    policy.allowedOverlaps = [AllowedOverlap("test", "train", rules: [.groupLeak], reason: "meant")]
    #expect(DatasetBuilder(doubtful, policy: policy).audit().findings(of: .inDoubt).count == 1)
  }

  @Test(arguments: [(Judgement.different, 0, 0), (.unsure, 1, 0), (.same, 0, 1)])
  func `a look settles what is in doubt`(_ judgement: Judgement, _ notes: Int, _ errors: Int) {
    let input = DatasetBuilder(doubtful).input()
    func place(_ sample: Int) -> Decision.Place {
      let row = input.manifest.samples[sample]
      return Decision.Place(
        split: input.manifest.splits[row.split].name, path: row.path,
        sha256: input.outcomes[sample].content?.sha256.description ?? "")
    }
    let match = input.doubt.pairs[0]
    let decision = Decision(
      finding: input.findingIdentity(of: match).description, judgement: judgement, by: "Ann",
      at: "2026-11-25T17:00:00Z", reason: nil, score: 0.3, first: place(match.first), second: place(match.second))
    let result = Audit.run(
      AuditInput(
        manifest: input.manifest, outcomes: input.outcomes, matches: input.matches, policy: Policy(),
        decisions: DecisionList(file: "d.jsonl", history: [decision])))
    #expect(result.findings(of: .inDoubt).count == notes)
    #expect(result.input.doubt.pairCount == notes)
    #expect(result.coverage.map(\.doubtfulCount) == [notes, notes])
    #expect(result.findings(of: .nearDuplicate).count == errors)
    #expect(result.inconclusive.contains { $0.contains("cannot be judged") } == (notes > 0))
  }

  // MARK: Alike by design

  @Test func `pictures that are alike by design are called so`() {
    let few = DatasetBuilder("train/a *50\ntrain/a x\ntest/a *50\ntest/a x@0.8", alikeness: 0.87).input()
    #expect(few.alikeness.isByDesign && !few.alikeness.isCountDoubtful && few.alikeness.crowd == nil)
    #expect(
      few.alikenessSentences == [
        "the pictures are alike by design: of random pairs of different ones 87.0 % look as alike as copies do (of"
          + " photographs less than 0.1 %)",
        "what fine detail tells apart is told apart, and no pair is in doubt; another picture of the same kind may still"
          + " pass for a copy: look at some of the pairs (splitseal review)",
      ])
    #expect(
      Audit.run(few).skippedChecks.contains {
        $0.hasPrefix("which matches are copies: the pictures are alike by design")
      })
    let copies = (0..<20).map { "train/a x\($0)\ntest/a x\($0)@0.8" }.joined(separator: "\n")
    #expect(DatasetBuilder(copies, alikeness: 0.87).input().alikeness.isCountDoubtful)
    // Many copies among photographs are many copies.
    let photographs = DatasetBuilder(copies, alikeness: 0.0004).input()
    #expect(!photographs.alikeness.isCountDoubtful && photographs.alikenessSentences == [])
  }

  @Test func `where nearly everything matches everything the report does not speak of copies`() {
    let lines =
      (0..<12).map { _ in "train/a x" }.enumerated().map { "\($1)@0.9\($0)" }
      + (0..<12).map { "test/a x@0.8\($0)" }
    let input = DatasetBuilder(lines.joined(separator: "\n")).input()
    let crowd = input.alikeness.crowd
    #expect(crowd?.split == 1 && crowd?.other == 0)
    #expect(crowd?.matchedCount == 12 && crowd?.comparedCount == 12 && crowd?.partnerCount == 12)
    #expect(input.alikeness.isCountDoubtful && !input.alikeness.isByDesign)
    #expect(
      input.alikenessSentences.first
        == "nearly everything matches everything: 12 of the 12 images of test that were compared match in train, with 12"
        + " images each at the median")
  }

  // MARK: Power

  @Test func `power is stated over all images`() {
    let edit = DetectionPower.Edit(name: "crop50", foundCount: 60, madeCount: 100)
    let power = DetectionPower(
      seed: 1, imageCount: 100, threshold: 0.5,
      edits: [edit, DetectionPower.Edit(name: "jpeg85", foundCount: 100, madeCount: 100)], expectedChanceMatches: 0,
      chanceMatchesBound: 0.1, chanceScoreCount: 50, proposedThreshold: nil)
    let coverage = [
      SplitCoverage(listedCount: 60, checkedCount: 60, comparedCount: 50),
      SplitCoverage(listedCount: 40, checkedCount: 30, comparedCount: 30),
    ]
    let overall = OverallPower(power, coverage)
    #expect(overall.listedCount == 100 && overall.comparedCount == 80 && !overall.isWhole)
    // 60 % of 80 %, and 80 % of 80 %.
    #expect(overall.percentFound(of: edit) == 48)
    #expect(overall.percentFound(of: overall.all) == 64)
    #expect(overall.recall(of: overall.all) == 0.64)
    #expect(overall.remainder == "20 of 100 images cannot be compared, and copies of them count as not found")
  }

  @Test func `an edit found on most images that can be compared may be missed on most of all`() {
    let lines = ["train/a *60", "test/a *20"] + (0..<20).map { "test/a p\($0) plain" }
    let input = DatasetBuilder(lines.joined(separator: "\n")).input()
    let probed = AuditInput(
      manifest: input.manifest, outcomes: input.outcomes, matches: input.matches, policy: input.policy,
      power: PowerTests.power(recalls: [("crop50", 60)]))
    #expect(
      Audit.run(probed).skippedChecks.contains(
        "most copies made by crop50 (48 % found): the probe found fewer than half of them; 20 of 100 images cannot be"
          + " compared, and copies of them count as not found"))
  }
}
