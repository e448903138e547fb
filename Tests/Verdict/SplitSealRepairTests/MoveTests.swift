import SplitSealAudit
import SplitSealImage
import SplitSealManifest
import SplitSealMatch
@testable import SplitSealRepair
import SplitSealTestSupport
import Testing

/// Which images are moved, and where a dataset without splits goes.
@Suite struct MoveTests {
  static func plan(_ text: String, tolerance: Double) -> RepairPlan {
    let input = DatasetBuilder(text).input()
    var options = RepairOptions()
    options.tolerance = tolerance
    return RepairPlan(
      moving: input.manifest, outcomes: input.outcomes,
      likenesses: (input.matches.matches + input.matches.withinSplit).map { Likeness($0) }, options: options)
  }

  @Test func `the smaller part moves to the larger one`() {
    let plan = Self.plan(
      "train a path=1.png\ntrain a@0.9 path=2.png\ntest a path=3.png\ntest b\ntest *2", tolerance: 1)
    #expect(plan.actions.map(\.sample) == [2])
    #expect(plan.actions.first?.newSplit == 0)
    #expect(plan.actions.first?.reason == .equal)
    #expect(plan.lowerBound == 1 && plan.isComplete)
  }

  @Test func `matches and groups join transitively`() {
    let plan = Self.plan(
      "train a group=p\ntrain b group=p\ntrain c group=p\ntest c@0.8 group=q\ntest d group=q\nval d@0.7\nval *5",
      tolerance: 1)
    // Three images of training hold one of two in test by c, and with it the other by q, and one in val by d.
    #expect(plan.actions.map(\.sample) == [3, 4, 5])
    #expect(plan.actions.allSatisfy { $0.newSplit == 0 })
  }

  @Test func `pairs divide so that no split grows`() {
    let text = (0..<6).map { "train/a p\($0)\ntest/a p\($0)" }.joined(separator: "\n") + "\ntrain/b *6\ntest/b *6"
    let plan = Self.plan(text, tolerance: 0.005)
    #expect(plan.actions.count == 6)
    #expect(plan.sharesAfter == plan.sharesBefore)
  }

  @Test func `more images move to restore the classes, as few as do`() {
    // Twelve images of class a leave test for training, which then has 62 of it and 50 of class b. Three images come back
    // for one more that moves when the two that training had of a picture go to test instead of the one that test had:
    // after four such exchanges all is as it was; after three and an image of class a alone training has 52, which is one
    // image more than half.
    let text =
      (0..<12).map { "train/a p\($0)\ntrain/a p\($0)@0.9\ntest/a p\($0)" }.joined(separator: "\n")
      + "\ntrain/a *26\ntrain/b *50\ntest/a *38\ntest/b *50"
    let plan = Self.plan(text, tolerance: 0.005)
    #expect(plan.lowerBound == 12)
    #expect(plan.isComplete)
    #expect(plan.conflictingImageCount == 12)
    #expect(plan.balancingImageCount == 4)
    #expect(plan.sharesAfter == plan.sharesBefore)
  }

  @Test func `nothing is left and no fewer could move, in small datasets`() {
    for seed in 0..<80 {
      var random = SplitMix64(seed: UInt64(seed))
      func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
      let rows = (0..<8).map { _ in (split: below(3), picture: below(5)) }
      let text = rows.map { "\(["train", "val", "test"][$0.split]) p\($0.picture)" }
      // Splits of the builder are in order of appearance; numbers do not matter here.
      let plan = Self.plan(text.joined(separator: "\n"), tolerance: 1)
      #expect(plan.remaining.isEmpty)
      // All ways to send the five pictures to three splits: 243.
      let least = (0..<243).map { code -> Int in
        var digits: [Int] = []
        var rest = code
        for _ in 0..<5 {
          digits.append(rest % 3)
          rest /= 3
        }
        return rows.count { digits[$0.picture] != $0.split }
      }.min()
      #expect(plan.lowerBound == least, "seed \(seed)")
      #expect(plan.splitOf.allSatisfy { $0 != nil })
    }
  }

  static func assignment(_ text: String, seed: UInt64 = 1, parts: [Double] = [0.8, 0.1, 0.1]) -> SplitAssignment {
    let input = DatasetBuilder(text).input()
    let names = ["train", "val", "test"]
    return SplitAssignment(
      input.manifest, outcomes: input.outcomes, likenesses: input.matches.withinSplit.map { Likeness($0) },
      shares: zip(names, parts).map {
        SplitShare(split: Split(name: $0, role: SplitRole(splitName: $0) ?? .other), part: $1)
      }, seed: seed, tolerance: 0.005)
  }

  @Test func `new splits have every class in its share`() {
    let assignment = Self.assignment("all/a *100\nall/b *55\nall/c *7")
    // 80 : 10 : 10; 44 : 5.5 : 5.5; 5.6 : 0.7 : 0.7.
    for (row, wanted) in zip(assignment.counts, [[80.0, 44, 5.6, 0], [10, 5.5, 0.7, 0], [10, 5.5, 0.7, 0]]) {
      for (count, share) in zip(row, wanted) { #expect(abs(Double(count) - share) < 1) }
    }
    #expect(assignment.unmetSplits.isEmpty)
  }

  @Test func `groups and copies stay together, and the seed decides the rest`() {
    let text =
      (0..<30).map { "all/a *1 group=g\($0 / 3)" }.joined(separator: "\n")
      + "\nall/b x\nall/b x'\nall/b x@0.9\nall/b *27"
    let assignment = Self.assignment(text, parts: [0.6, 0.2, 0.2])
    for group in 0..<10 { #expect(Set(assignment.splitOf[(group * 3)..<(group * 3 + 3)]).count == 1) }
    #expect(Set(assignment.splitOf[30..<33]).count == 1)
    #expect(assignment.counts.map { $0[0] } == [18, 6, 6])
    #expect(assignment.counts.map { $0[1] } == [18, 6, 6])
    #expect(assignment.splitOf == Self.assignment(text, parts: [0.6, 0.2, 0.2]).splitOf)
    #expect(assignment.splitOf != Self.assignment(text, seed: 2, parts: [0.6, 0.2, 0.2]).splitOf)
  }

  @Test func `what is found later is joined, and the sizes stay`() {
    var assignment = Self.assignment("all/a *40", parts: [0.5, 0.25, 0.25])
    let (first, second) = (assignment.splitOf.firstIndex(of: 0) ?? 0, assignment.splitOf.firstIndex(of: 2) ?? 0)
    assignment.join([
      Likeness(
        Match(
          first: min(first, second), second: max(first, second), kind: .aligned, score: 0.8, orientation: .identity,
          distance: nil)
      )
    ])
    #expect(assignment.splitOf[first] == assignment.splitOf[second])
    for (count, wanted) in zip(assignment.counts.map { $0[0] }, [20, 10, 10]) { #expect(abs(count - wanted) <= 1) }
    #expect(assignment.joinedSetCount == 1 && assignment.largestSetCount == 2)
  }
}
