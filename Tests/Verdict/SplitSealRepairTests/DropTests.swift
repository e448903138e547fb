import SplitSealAudit
import SplitSealManifest
import SplitSealMatch
@testable import SplitSealRepair
import SplitSealTestSupport
import Testing

/// Which images are dropped.
@Suite struct DropTests {
  static func plan(_ text: String, _ change: (inout RepairOptions) -> Void = { $0.tolerance = 1 }) -> RepairPlan {
    let input = DatasetBuilder(text).input()
    var options = RepairOptions()
    change(&options)
    return RepairPlan(
      dropping: input.manifest, outcomes: input.outcomes,
      likenesses: (input.matches.matches + input.matches.withinSplit).map { Likeness($0) }, options: options)
  }

  /// The paths that a plan drops.
  static func dropped(_ plan: RepairPlan) -> [String] { plan.actions.map { plan.manifest.samples[$0.sample].path } }

  @Test func `of a pair the training image goes`() {
    let plan = Self.plan("test a path=t.png\ntrain a@0.93 path=r.png\ntrain *3")
    #expect(Self.dropped(plan) == ["r.png"])
    #expect(plan.actions.first?.reason == .match(score: 0.93))
    #expect(plan.actions.first?.because == 0)
    #expect(plan.lowerBound == 1 && plan.isSmallest && plan.isComplete)
  }

  @Test func `of a picture twice in training and once in test the test image goes`() {
    let plan = Self.plan("train a path=1.png\ntrain a' path=2.png\ntest a path=3.png\ntest b")
    #expect(Self.dropped(plan) == ["3.png"])
    #expect(plan.actions.first?.reason == .equal)
  }

  @Test func `of very many copies none is missed although few pairs are listed`() {
    let input = DatasetBuilder(
      (0..<50).map { "train a path=r\($0).png" }.joined(separator: "\n") + "\n"
        + (0..<40).map { "test a path=t\($0).png" }.joined(separator: "\n") + "\ntest b"
    ).input()
    // No pair at all is told.
    let plan = RepairPlan(
      dropping: input.manifest, outcomes: input.outcomes, likenesses: [], options: RepairOptions())
    #expect(Self.dropped(plan) == (0..<40).map { "t\($0).png" })
    #expect(plan.lowerBound == 40)
  }

  @Test func `a group in two splits loses its smaller part`() {
    let plan = Self.plan("train a group=p\ntrain b group=p\ntrain c group=p\ntest d group=p path=d.png\ntest e group=q")
    #expect(Self.dropped(plan) == ["d.png"])
    #expect(plan.actions.first?.reason == .group(grouping: "group", name: "p", imageCount: 3))
  }

  @Test func `rows of one path in one split are one image and go together`() {
    let plan = Self.plan("train a path=a.png\ntrain a path=a.png\ntrain d\ntest a path=b.png\ntest c")
    #expect(Self.dropped(plan) == ["a.png", "a.png"])
    #expect(plan.conflictingImageCount == 1)
  }

  @Test func `an image that cannot be read and stands in two splits is dropped from one`() {
    let plan = Self.plan("train !missing path=a.png\ntrain b\ntest !missing path=a.png\ntest c")
    #expect(plan.actions.map(\.sample) == [0])
  }

  @Test func `images are dropped from the splits that are named alone`() {
    let plan = Self.plan("train a path=1.png\ntest a path=2.png\ntest a' path=3.png\ntest b") {
      $0.droppedSplits = [1]
      $0.tolerance = 1
    }
    #expect(Self.dropped(plan) == ["2.png", "3.png"])
    #expect(plan.isSmallest && plan.lowerBound == 2)
  }

  @Test func `what the named splits cannot help is left and named`() {
    let plan = Self.plan("train a\nval a\ntest b") { $0.droppedSplits = [2] }
    #expect(!plan.isComplete)
    #expect(plan.remaining.map { [$0.0, $0.1] } == [[0, 1]])
  }

  @Test func `splits that may overlap do`() {
    let plan = Self.plan("train a\nval a\ntest a path=t.png\ntest b") {
      $0.allowedOverlaps = [[0, 1]]
      $0.tolerance = 1
    }
    #expect(Self.dropped(plan) == ["t.png"])
    #expect(plan.isComplete)
  }

  @Test func `with three splits the smallest of all sets is found`() {
    for seed in 0..<60 {
      var random = SplitMix64(seed: UInt64(seed))
      func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
      let rows = (0..<9).map { _ in (split: ["train", "val", "test"][below(3)], picture: below(6), group: below(5)) }
      let text = rows.enumerated().map {
        "\($1.split) p\($1.picture) path=\($0).png" + ($1.group < 3 ? " group=\($1.group)" : "")
      }
      let plan = Self.plan(text.joined(separator: "\n"))
      let pairs = rows.indices.flatMap { a in
        (0..<a).filter { b in
          rows[a].split != rows[b].split
            && (rows[a].picture == rows[b].picture || (rows[a].group == rows[b].group && rows[a].group < 3))
        }.map { (a, $0) }
      }
      let least = (0..<(1 << 9)).filter { set in
        pairs.allSatisfy { set >> $0.0 & 1 == 1 || set >> $0.1 & 1 == 1 }
      }.map { $0.nonzeroBitCount }.min()
      let gone = Set(plan.actions.map(\.sample))
      #expect(pairs.allSatisfy { gone.contains($0.0) || gone.contains($0.1) }, "seed \(seed)")
      #expect(plan.conflictingImageCount == least, "seed \(seed)")
      #expect(plan.lowerBound <= least ?? 0 && plan.isSmallest)
    }
  }
}
