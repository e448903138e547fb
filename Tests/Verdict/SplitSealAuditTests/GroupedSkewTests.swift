import SplitSealRules
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@testable import SplitSealAudit

@Suite struct GroupedSkewTests {
  /// Groups of so many images, all of one class: `counts[split][class]` groups.
  private func groups(_ counts: [(String, [(String, Int)])], size: Int) -> String {
    var lines: [String] = []
    for (split, classes) in counts {
      for (label, count) in classes {
        for _ in 0..<count { lines.append("\(split)/\(label) *\(size) group=g\(lines.count)") }
      }
    }
    return lines.joined(separator: "\n")
  }

  @Test func `groups are assigned as a whole: what would be certain of single images is chance`() {
    // 400 of 750 and 150 of 500 images: Fisher's p is 3e-16. 8 of 15 and 3 of 10 groups: 0.414.
    let result = DatasetBuilder(
      groups([("train", [("a", 8), ("b", 7)]), ("test", [("a", 3), ("b", 7)])], size: 50)
    ).audit()
    #expect(result.findings(of: .classSkew).isEmpty)
    let held = result.passedChecks.first { $0.hasPrefix("class shares: none") }
    #expect(held?.contains("(9,999 random assignments of groups, largest of 2 classes, Holm over 1 table; ") == true)
  }

  @Test func `groups that differ beyond chance are found, whatever their size`() throws {
    // 14 of 15 and 1 of 12 groups: with groups of one size that is Fisher's test of groups, 1.0e-5 by SciPy 1.17.1, so that
    // no or next to no draw of 9,999 is as extreme.
    for size in [4, 40] {
      let found = DatasetBuilder(
        groups([("train", [("a", 14), ("b", 1)]), ("test", [("a", 1), ("b", 11)])], size: size)
      ).audit().findings(of: .classSkew)
      #expect(found.map(\.severity) == [.error, .error])
      let message = try #require(found.last?.message)
      // No interval: it would take images for independent.
      #expect(message.hasPrefix("'b' is 6.67 % of train and 91.67 % of test: 13.75 times; p = 0.000"))
      #expect(found.last?.evidence.contains(Evidence("correction", .text("max T"))) == true)
    }
  }

  @Test func `nine groups in a split are too few, and the verdict is no pass`() {
    let result = DatasetBuilder(
      groups([("train", [("a", 10), ("b", 10)]), ("test", [("a", 4), ("b", 5)])], size: 20)
    ).audit()
    #expect(
      result.inconclusive.contains(
        "test holds 9 groups of labelled images: fewer than 10 cannot tell whether labels differ from those of another"
          + " split by chance"))
    #expect(result.verdict == .inconclusive)
  }

  @Test func `groups of one image each are images`() {
    let lines = (0..<200).map { "\($0 < 120 ? "train" : "test")/\($0 % 2 == 0 ? "a" : "b") p\($0) group=g\($0)" }
    let held = DatasetBuilder(lines.joined(separator: "\n")).audit().passedChecks
    #expect(held.contains { $0.contains("(Fisher exact, Holm over 1 test;") })
  }

  @Test func `units are what hangs together, split by split`() {
    let input = DatasetBuilder(
      "train/a *2 group=x\ntrain/a *1\ntest/a *1 group=x\ntest/a *1 group=y\ntrain/b *1 group=x"
    ).input()
    let units = input.statisticalUnits()
    // x in train holds three samples; the sample without a group is a unit of its own.
    #expect(units.unitOf == [0, 0, 3, 1, 2, 0])
    #expect(units.count == 4 && units.isGrouped)
  }
}
