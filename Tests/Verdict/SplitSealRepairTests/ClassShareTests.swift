import SplitSealAudit
import SplitSealManifest
@testable import SplitSealRepair
import SplitSealTestSupport
import Testing

/// How the classes keep their shares.
@Suite struct ClassShareTests {
  @Test func `other images of equally small sets are dropped before more are`() {
    // Ten pairs of class a. From training alone 50 of 100 would become 40 of 90, 5.6 points less; half from each split
    // are 45 of 95, 2.6 points less.
    let pairs = (0..<10).map { "train/a p\($0)\ntest/a p\($0)" }.joined(separator: "\n")
    let text = pairs + "\ntrain/a *40\ntrain/b *50\ntest/a *40\ntest/b *50"
    let plan = DropTests.plan(text) { $0.tolerance = 0.03 }
    #expect(plan.actions.count == 10)
    #expect(plan.isComplete)
    for split in 0..<2 { #expect(plan.sharesAfter.greatestShift(split, from: plan.sharesBefore) <= 0.03) }
    // With room enough they all come from training.
    #expect(DropTests.plan(text) { $0.tolerance = 0.06 }.sharesAfter.total(1) == 100)
  }

  @Test func `where that does not do a few more are dropped of the classes in surplus`() {
    let pairs = (0..<10).map { "train/a p\($0)\ntest/a p\($0)" }.joined(separator: "\n")
    let plan = DropTests.plan(pairs + "\ntrain/a *40\ntrain/b *50\ntest/a *40\ntest/b *50") {
      $0.tolerance = 0.01
      $0.droppedSplits = [0]
    }
    #expect(plan.conflictingImageCount == 10)
    // 40 of class a are left. 40 of n is at least 0.49 up to n = 81: of 50 of class b 9 go.
    #expect(plan.balancingImageCount == 9)
    #expect(plan.actions.filter { $0.reason == .balance(label: 1) }.count == 9)
    #expect(plan.sharesAfter.counts == [[40, 41, 0], [50, 50, 0]])
    #expect(plan.isComplete)
  }

  @Test func `what cannot be kept is named`() {
    // All of class a that is left in training matches.
    let plan = DropTests.plan("train/a p\ntest/a p\ntest/a *9\ntrain/b *99\ntest/b *90") {
      $0.tolerance = 0
      $0.droppedSplits = [0]
    }
    #expect(plan.remaining.isEmpty)
    // One image less than 1 % of 99 is within one image.
    #expect(plan.unmetShares.isEmpty)
    let worse = DropTests.plan(
      (0..<5).map { "train/a p\($0)\ntest/a p\($0)" }.joined(separator: "\n") + "\ntrain/b *95\ntest/b *95"
    ) {
      $0.tolerance = 0
      $0.droppedSplits = [0]
    }
    #expect(worse.unmetShares == [.init(split: 0, label: 0), .init(split: 0, label: 1)])
  }

  @Test func `the fewest further removals are those of all that were tried`() {
    let manifest = DatasetBuilder("train/a *6\ntrain/b *3\ntrain/c *3").input().manifest
    let target = SharesTarget(
      before: ClassShares(manifest) { manifest.samples[$0].split }, tolerance: 0.05)
    for a in 0...6 {
      for b in 0...3 {
        for c in 0...3 where a + b + c > 0 {
          var least: Int?
          for x in 0...a {
            for y in 0...b {
              for z in 0...c where x + y + z < a + b + c {
                let (rest, total) = ([a - x, b - y, c - z], Double(a + b + c - x - y - z))
                let isKept = zip(rest, [0.5, 0.25, 0.25]).allSatisfy {
                  abs(Double($0) / total - $1) <= 0.05 + 1e-12
                }
                if isKept { least = min(least ?? .max, x + y + z) }
              }
            }
          }
          let found = target.fewestRemovals(from: [a, b, c, 0], 0, slack: 0, largestPart: 1)
          #expect(found.map { $0.reduce(0, +) } == least, "\(a) \(b) \(c)")
        }
      }
    }
  }
}
