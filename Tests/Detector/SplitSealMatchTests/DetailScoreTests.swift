import Foundation
import SplitSealFingerprint
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealMatch

/// What fine detail, and the other candidates of a picture, make of a pair.
@Suite struct DetailScoreTests {
  /// A head on black ground, the same for every seed, and in it texture of its own.
  private func head(_ seed: UInt64) -> AlignmentCheck.Levels {
    func number(_ x: Int, _ y: Int) -> Double {
      var mixed =
        seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(x) &* 0xBF58_476D_1CE4_E5B9 &+ UInt64(y) &* 0x94D0_49BB_1331_11EB
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      mixed ^= mixed >> 31
      return Double(mixed >> 40) / Double(1 << 24)
    }
    let picture = DrawnPicture(width: 160, height: 160) { x, y in
      let (u, v) = (Double(x) / 160 - 0.5, Double(y) / 160 - 0.5)
      guard u * u / 0.16 + v * v / 0.2 < 1 else { return SIMD3(repeating: 12) }
      let (column, row, right, down) = (x / 5, y / 5, Double(x % 5) / 5, Double(y % 5) / 5)
      let above = number(column, row) * (1 - right) + number(column + 1, row) * right
      let below = number(column, row + 1) * (1 - right) + number(column + 1, row + 1) * right
      return SIMD3(repeating: 110 + 80 * (above * (1 - down) + below * down))
    }
    var levels = AlignmentCheck.Levels()
    levels.take(ComparisonPicture(picture.image))
    return levels
  }

  private func logOdds(_ query: AlignmentCheck.Levels, _ base: AlignmentCheck.Levels) throws -> (
    outline: Double, detail: Double
  ) {
    let fit = try #require(AlignmentCheck.fit(query: query, base: base, pair: ViewPair.acrossSplits[0], cosine: 0.95))
    return (fit.outlineLogOdds, AlignmentCheck.detailLogOdds(query: query, base: base, fit: fit))
  }

  @Test func `detail in the same places tells a copy, detail in other places a look-alike`() throws {
    let one = head(1)
    #expect(try logOdds(one, one).detail > 4)
    for other: UInt64 in 2...5 {
      let found = try logOdds(one, head(other))
      // Outlines alone call them one picture.
      #expect(found.outline > 2)
      #expect(found.detail < -1)
    }
  }

  /// An eight, drawn by hand: two rings, of another size and in another place each time.
  private func eight(_ seed: UInt64) -> DrawnPicture {
    var random = SplitMix64(seed: seed)
    func about(_ value: Double) -> Double { value + Double.random(in: -4...4, using: &random) }
    let rings = [(x: about(28), y: about(18), radius: about(9)), (x: about(28), y: about(38), radius: about(11))]
    return DrawnPicture(width: 56, height: 56) { x, y in
      let distance = rings.map { abs(hypot(Double(x) - $0.x, Double(y) - $0.y) - $0.radius) }.min() ?? 0
      return SIMD3(repeating: 255 * max(0, min(1, 3.5 - distance)))
    }
  }

  private func levels(_ picture: DrawnPicture) -> AlignmentCheck.Levels {
    var levels = AlignmentCheck.Levels()
    levels.take(ComparisonPicture(picture.image))
    return levels
  }

  @Test func `a small drawing explains its noisy copy at half the size, and no other drawing of the same digit`() throws
  {
    for seed: UInt64 in 1...4 {
      let one = eight(seed)
      let half = DrawnPicture(width: 28, height: 28) { x, y in
        (one[2 * x, 2 * y] + one[2 * x + 1, 2 * y] + one[2 * x, 2 * y + 1] + one[2 * x + 1, 2 * y + 1]) / 4
      }
      let copy = levels(half.noisy(seed, levels: 12))
      let ofCopy = try logOdds(copy, levels(one)).detail
      for other in (5...10).map(UInt64.init) {
        let base = levels(eight(other))
        // Some cannot be laid on each other at all.
        guard let fit = AlignmentCheck.fit(query: copy, base: base, pair: ViewPair.acrossSplits[0], cosine: 0.95) else {
          continue
        }
        let ofOther = AlignmentCheck.detailLogOdds(query: copy, base: base, fit: fit)
        #expect(ofOther < ofCopy - 2)
      }
    }
  }

  @Test func `a rival that fits as well takes away from a pair`() {
    for model in [DatasetScore.small, .large] {
      let alone = model.logOdds(pair: 3, others: [], alikeness: 1)
      #expect(model.logOdds(pair: 3, others: [-20, -20, -20], alikeness: 1) == alone)
      #expect(model.logOdds(pair: 3, others: [-1, -1, -1], alikeness: 1) < alone - 1)
      // What others take away is bounded: true copies may stand beside one another.
      #expect(model.logOdds(pair: 12, others: [12, 12, 12], alikeness: 1) > 0)
    }
    // Among larger pictures one other copy takes away nothing, and several little where pictures are not alike by design.
    let large = DatasetScore.large
    #expect(large.logOdds(pair: 3, others: [3], alikeness: 1) == large.logOdds(pair: 3, others: [], alikeness: 1))
    #expect(large.logOdds(pair: 5, others: [5, 5], alikeness: 0) > 0)
    #expect(large.logOdds(pair: 5, others: [5, 5], alikeness: 1) < 0)
  }

  @Test func `probabilities have four digits`() {
    #expect(DatasetScore.probability(0) == 0.5)
    #expect(DatasetScore.probability(-1000) == 0)
    #expect(DatasetScore.probability(1000) == 1)
    #expect(DatasetScore.probability(2) == 0.8808)
  }
}

/// How alike the pictures of a dataset are.
@Suite struct CohortTests {
  /// Descriptors of a picture whose whole view points along one axis.
  private func descriptors(axis: Int) -> GradientDescriptors {
    var values = [Int8](repeating: 0, count: GradientDescriptors.byteCount)
    // Two numbers, neither of which changes its sign in the mirror.
    values[30 + axis % 32] = 127
    values[30 + (axis + 1) % 32] = 127
    return GradientDescriptors(values: values, plainViews: 0)
  }

  @Test func `pictures of one kind are alike, pictures of many kinds are not`() {
    // Products of equal ones are 2 x 127 x 127 = 32,258, half of what a cosine of 1 is: below the least cosine.
    let values = (0..<64).map { $0 < 32 ? Int8(44) : 0 }
    let one = GradientDescriptors(
      values: values + Array(repeating: 0, count: GradientDescriptors.byteCount - 64), plainViews: 0)
    let alike = Cohort(of: Array(0..<10), Array(repeating: one, count: 10))
    #expect(alike.alikeness == 1)
    #expect(alike.alikeness(of: 3) == 1)
    let apart = (0..<10).map { descriptors(axis: 3 * $0) }
    #expect(Cohort(of: Array(0..<10), apart).alikeness == 0)
    #expect(Cohort(of: Array(0..<10), apart).alikeness(of: 3) == 0)
  }

  @Test func `a picture like no other is taken for one of a kind where most are`() {
    let values = (0..<64).map { $0 < 32 ? Int8(44) : 0 }
    let one = GradientDescriptors(
      values: values + Array(repeating: 0, count: GradientDescriptors.byteCount - 64), plainViews: 0)
    func alikenessOfLast(kindCount: Int) -> Double {
      let all = Array(repeating: one, count: kindCount) + (kindCount..<12).map { descriptors(axis: 2 * $0) }
      return Cohort(of: Array(0..<12), all).alikeness(of: 11)
    }
    #expect(alikenessOfLast(kindCount: 9) == 1)
    #expect(alikenessOfLast(kindCount: 3) == 0)
  }

  @Test func `one copy in the cohort makes no kind`() {
    let values = (0..<64).map { $0 < 32 ? Int8(44) : 0 }
    let one = GradientDescriptors(
      values: values + Array(repeating: 0, count: GradientDescriptors.byteCount - 64), plainViews: 0)
    let all: [GradientDescriptors?] = [one] + (1..<10).map { descriptors(axis: 3 * $0) } + [one]
    // The last one asks; its copy is a member.
    #expect(Cohort(of: Array(0..<10), all).alikeness(of: 10) == 0)
    #expect(Cohort(of: [], all).alikeness == nil)
    #expect(Cohort(of: [], all).alikeness(of: 10) == 0)
  }
}
