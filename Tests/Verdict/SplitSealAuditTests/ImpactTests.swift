import SplitSealAudit
import SplitSealManifest
import SplitSealMatch
import SplitSealTestSupport
import Testing

/// What leaks may be worth; every number counted by hand.
@Suite struct ImpactTests {
  /// Six test images: two copies with their own label, one with another label, one with both, two that are new.
  let dataset = DatasetBuilder(
    """
    train/cat  a
    train/cat  b
    train/dog  c
    train/dog  d
    train/cat  d@0.9
    val/cat    e
    test/cat   a
    test/cat   b@0.8
    test/cat   c
    test/dog   d
    test/dog   e
    test/dog   f
    """)

  func impact(_ text: String) -> Impact { DatasetBuilder(text).audit().impact }

  @Test func `each evaluated split is counted against each split that a model could learn from`() {
    let leaks = dataset.audit().impact.leaks
    // val against train, test against train, test against val
    #expect(leaks.map(\.split) == [1, 2, 2])
    #expect(leaks.map(\.references) == [[0], [0], [1]])
    #expect(leaks.map(\.imageCount) == [1, 6, 6])
    #expect(leaks.map(\.leakedCount) == [0, 4, 1])
    #expect(leaks[1].share == 4.0 / 6)
  }

  @Test func `an image agrees where one of its matches has its label`() {
    let leaks = dataset.audit().impact.leaks
    #expect(leaks.map(\.sameLabelCount) == [0, 3, 0])
    #expect(leaks.map(\.otherLabelCount) == [0, 1, 1])
    #expect(leaks.map(\.unlabelledCount) == [0, 0, 0])
    let classes = leaks[1].classes.map { [$0.label, $0.imageCount, $0.leakedCount] }
    #expect(classes == [[0, 3, 3], [1, 3, 1]])
  }

  @Test func `leaked images are those that the search counted`() {
    let input = dataset.input()
    let counts = input.matches.counts.map { [$0.first, $0.second, $0.affectedInSecond] }
    #expect(counts == [[0, 1, 0], [0, 2, 4], [1, 2, 1]])
  }

  @Test func `several training splits count one by one and together`() {
    let input = DatasetBuilder("train a\ntraining a\ntraining b\ntest a\ntest b\ntest c").input()
    let leaks = Audit.run(input).impact.leaks
    #expect(leaks.map(\.references) == [[0], [1], [0, 1]])
    // The picture that both hold is one image, not two.
    #expect(leaks.map(\.leakedCount) == [1, 2, 2])
    #expect(leaks.map(\.unlabelledCount) == [1, 2, 2])
  }

  @Test func `test splits are not held against each other, nor validation against test`() {
    let leaks = impact("val a\ntest a\neval a").leaks
    #expect(leaks.map(\.split) == [1, 2])
    #expect(leaks.map(\.references) == [[0], [0]])
    #expect(impact("train a\nextra a").leaks.isEmpty)
  }

  @Test func `images that could not be read are said to be unchecked`() {
    let leaks = impact("train a\ntest a\ntest !truncated\ntest b").leaks
    #expect(leaks.map { [$0.imageCount, $0.leakedCount, $0.uncheckedCount] } == [[3, 1, 1]])
  }

  /// 957 of 1,000 right, 120 leaked: 837 to 957 of the other 880.
  @Test func `bounds are what the leaked images leave`() throws {
    let bounds = AccuracyBounds(split: 0, accuracy: 0.957, imageCount: 1000, leakedCount: 120)
    let interval = try #require(bounds.interval)
    #expect(abs(interval.lowerBound - 837.0 / 880) < 1e-12)
    #expect(interval.upperBound == 1)
  }

  /// A split of which an accuracy is reported: its images, those that leaked, and those that were right.
  struct Case: Sendable {
    let images: Int
    let leaked: Int
    let right: Int
    /// Of the others, at least and at most so many are right.
    let clean: ClosedRange<Int>
  }

  @Test(arguments: [
    Case(images: 100, leaked: 10, right: 50, clean: 40...50), Case(images: 100, leaked: 10, right: 5, clean: 0...5),
    Case(images: 100, leaked: 10, right: 97, clean: 87...90), Case(images: 50, leaked: 0, right: 40, clean: 40...40),
    Case(images: 4, leaked: 2, right: 0, clean: 0...0), Case(images: 4, leaked: 2, right: 4, clean: 2...2),
  ])
  func `bounds are cut to what a share can be`(_ split: Case) throws {
    let accuracy = Double(split.right) / Double(split.images)
    let bounds = AccuracyBounds(split: 0, accuracy: accuracy, imageCount: split.images, leakedCount: split.leaked)
    let interval = try #require(bounds.interval)
    let others = Double(split.images - split.leaked)
    #expect(abs(interval.lowerBound - Double(split.clean.lowerBound) / others) < 1e-12)
    #expect(abs(interval.upperBound - Double(split.clean.upperBound) / others) < 1e-12)
  }

  @Test func `nothing is said where every image leaked`() {
    #expect(AccuracyBounds(split: 0, accuracy: 0.9, imageCount: 10, leakedCount: 10).interval == nil)
  }

  @Test func `a reported accuracy is bounded by what leaked from any training split`() throws {
    let input = dataset.input()
    let claims = try AccuracyClaims([AccuracyClaim(accuracy: 5.0 / 6)], in: input.manifest)
    let bounds = Audit.run(input.with(claims)).impact.bounds
    #expect(bounds.map { [$0.split, $0.imageCount, $0.leakedCount] } == [[2, 6, 4]])
    // Five of six right: at least one of the two that are new, at most both.
    let interval = try #require(bounds.first?.interval)
    #expect(abs(interval.lowerBound - 0.5) < 1e-12)
    #expect(interval.upperBound == 1)
  }

  @Test func `an accuracy is of a split that is named where there are several`() throws {
    let manifest = DatasetBuilder("train a\ntest b\neval c\nval d\nextra e").input().manifest
    func fault(_ claims: [AccuracyClaim]) throws -> String {
      try #require(throws: ManifestError.self) { try AccuracyClaims(claims, in: manifest) }.message
    }
    #expect(try fault([AccuracyClaim(accuracy: 0.9)]) == "the reported accuracy is of one of 2 test splits")
    #expect(
      try fault([AccuracyClaim(split: "tset", accuracy: 0.9)])
        == "an accuracy is reported for 'tset', which is no split")
    #expect(
      try fault([AccuracyClaim(split: "train", accuracy: 0.9)])
        == "an accuracy is reported for 'train', which is for training")
    #expect(
      try fault([AccuracyClaim(split: "val", accuracy: 0.9), AccuracyClaim(split: "val", accuracy: 0.8)])
        == "two accuracies are reported for 'val'")
    let claims = try AccuracyClaims(
      [AccuracyClaim(split: "eval", accuracy: 0.9), AccuracyClaim(split: "val", accuracy: 0.8)], in: manifest)
    #expect(claims.reported.map(\.split) == [2, 3])
  }

  @Test func `without a training split there is nothing to leak from`() throws {
    let manifest = DatasetBuilder("extra a\ntest b").input().manifest
    let fault = try #require(throws: ManifestError.self) {
      try AccuracyClaims([AccuracyClaim(accuracy: 0.9)], in: manifest)
    }
    #expect(fault.message.hasPrefix("no split is for training"))
  }
}

extension AuditInput {
  /// The input with what is known of a model.
  func with(_ claims: AccuracyClaims) -> AuditInput {
    AuditInput(
      manifest: manifest, outcomes: outcomes, matches: matches, policy: policy, matchOptions: matchOptions,
      claims: claims)
  }
}
