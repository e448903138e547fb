import SplitSealAudit
import SplitSealManifest
@testable import SplitSealRepair
import SplitSealTestSupport
import Testing

/// How splits come to the ratio of classes that is declared.
@Suite struct ClassRatioTests {
  /// One to one, of the first two labels.
  private static let even = ClassRatio(parts: [.init(label: 0, part: 1), .init(label: 1, part: 1)], tolerance: 0.1)

  /// Ten pairs that are in both splits; test has 30 of `a` and 63 of `b`.
  private static let text =
    (0..<10).map { "train/a p\($0)\ntest/a p\($0)" }.joined(separator: "\n")
    + "\ntrain/a *95\ntrain/b *100\ntest/a *20\ntest/b *63"

  @Test(arguments: [
    ([110, 100], true), ([100, 110], true), ([111, 100], false), ([100, 111], false), ([0, 1], false), ([0, 0], true),
  ]) func `a ratio is kept within its tolerance in both directions`(row: [Int], isKept: Bool) {
    #expect(Self.even.isKept(by: row) == isKept)
  }

  @Test func `a split that is off loses what it has too much of, and no other`() {
    let plan = DropTests.plan(Self.text) {
      $0.tolerance = 0.1
      $0.classRatio = Self.even
    }
    #expect(plan.conflictingImageCount == 10 && plan.lowerBound == 10)
    #expect(plan.unmetRatios.isEmpty && plan.isComplete)
    // Without the ten of class a training has 95 and 100, which is within a tenth.
    #expect(plan.sharesAfter.counts == [[95, 100, 0], [30, 30, 0]])
    #expect(plan.ratioImageCount == 33)
  }

  @Test func `what matches goes first, and the ratio is met to the image`() {
    let plan = DropTests.plan(Self.text) {
      $0.tolerance = 0.005
      $0.classRatio = Self.even
      $0.droppedSplits = [1]
    }
    // The ten matches go from test: 20 of class a are left there, and as many of class b stay.
    #expect(plan.sharesAfter.counts == [[105, 100, 0], [20, 20, 0]])
    #expect(plan.ratioImageCount == 43 && plan.balancingImageCount == 0)
    #expect(plan.actions.count { $0.reason == .ratio(label: 1) } == 43)
    #expect(plan.isComplete)
  }

  @Test func `a split that may not be touched and is off is named`() {
    let plan = DropTests.plan(Self.text) {
      $0.tolerance = 1
      $0.classRatio = Self.even
      $0.droppedSplits = [0]
    }
    #expect(plan.remaining.isEmpty)
    #expect(plan.unmetRatios == [1])
    #expect(!plan.isComplete)
  }

  @Test func `a split that the repair itself brings off is brought back`() {
    // 105 to 100 is within a tenth; without the 20 that match 85 to 100 is not.
    let pairs = (0..<20).map { "train/a p\($0)\ntest/a p\($0)" }.joined(separator: "\n")
    let plan = DropTests.plan(pairs + "\ntrain/a *85\ntrain/b *100\ntest/a *80\ntest/b *100") {
      $0.tolerance = 0.2
      $0.droppedSplits = [0]
      $0.classRatio = Self.even
    }
    #expect(plan.sharesAfter.counts[0] == [85, 85, 0])
  }

  @Test func `classes that are not declared keep their share`() {
    let shares = Self.even.applied(to: [0.1, 0.5, 0.4])
    #expect(abs(shares[0] - 0.3) < 1e-12 && abs(shares[1] - 0.3) < 1e-12 && shares[2] == 0.4)
  }

  @Test func `three classes in a ratio lose what the scarcest does not allow`() {
    let ratio = ClassRatio(
      parts: [.init(label: 2, part: 3), .init(label: 0, part: 1), .init(label: 1, part: 0.5)], tolerance: 0)
    // Class 2 has 31 for 3 parts, which is 10.33 a part: 10 of class 0, 5 of class 1.
    #expect(ratio.surplus(of: [12, 8, 31, 4]) == [2, 3, 0, 0])
  }

  @Test func `moves level the splits where the whole dataset has the ratio`() {
    let input = DatasetBuilder("train/a *60\ntrain/b *40\ntest/a *20\ntest/b *40").input()
    var options = RepairOptions()
    options.classRatio = Self.even
    let plan = RepairPlan(moving: input.manifest, outcomes: input.outcomes, likenesses: [], options: options)
    #expect(plan.isComplete)
    for (row, wanted) in zip(plan.sharesAfter.counts, [50, 30]) {
      #expect(row.prefix(2).allSatisfy { abs($0 - wanted) <= 1 })
    }
  }

  @Test func `moves cannot help where the whole dataset is off, and the splits are named`() {
    let input = DatasetBuilder("train/a *60\ntrain/b *60\ntest/a *20\ntest/b *40").input()
    var options = RepairOptions()
    options.classRatio = Self.even
    let plan = RepairPlan(moving: input.manifest, outcomes: input.outcomes, likenesses: [], options: options)
    #expect(plan.actions.isEmpty)
    #expect(plan.unmetRatios == [1])
  }
}
