internal import CDotProduct
internal import SplitSealFingerprint
internal import SplitSealImage

/// Some pictures of a dataset, spread over it, by which it is told how alike its pictures are.
///
/// Photographs of anything are hardly ever as close as copies; X-rays of one body part nearly always are. No labels are
/// needed, and a few copies in the dataset change nothing.
struct Cohort: Sendable {
  /// Pictures in a cohort at most.
  static let mostMembers = 256
  /// Whole views, upright or mirrored, that are as close as this look alike: of unrelated photographs some 2 in 10,000 pairs do.
  static let leastCosine = 0.57
  /// Shares of pictures that look like a given one: up to the first the picture is like no other, from the second on it is
  /// of a kind that is alike by design.
  private static let fewest = 0.004, enough = 0.016

  /// Classes, ascending.
  private let members: [Int]
  private let descriptors: [GradientDescriptors?]

  /// Chooses the members.
  ///
  /// - Parameters:
  ///   - base: Classes that can be compared, ascending.
  ///   - descriptors: Those of each class.
  init(of base: [Int], _ descriptors: [GradientDescriptors?]) {
    let count = min(base.count, Self.mostMembers)
    members = (0..<count).map { base[count > 1 ? $0 * (base.count - 1) / (count - 1) : 0] }
    self.descriptors = descriptors
  }

  /// Share of random pairs of different members that look alike, 0...1; `nil` where there are fewer than two members.
  ///
  /// - Complexity: some 33,000 products of 64 numbers.
  var alikeness: Double? {
    guard members.count > 1 else { return nil }
    var alike = 0
    for (place, member) in members.enumerated() {
      for other in members[(place + 1)...] where areAlike(member, other) { alike += 1 }
    }
    return Double(alike) / Double(members.count * (members.count - 1) / 2)
  }

  /// How far a class is of a kind that is alike by design: 0 where next to no member looks like it, 1 where many do.
  ///
  /// One member that looks like it may be its copy, and does not count.
  func alikeness(of index: Int) -> Double {
    let others = members.count { $0 != index }
    guard others > 0 else { return 0 }
    let share = Double(max(0, members.count { $0 != index && areAlike(index, $0) } - 1)) / Double(others)
    guard share > Self.fewest else { return 0 }
    return share >= Self.enough ? 1 : (share - Self.fewest) / (Self.enough - Self.fewest)
  }

  private func areAlike(_ a: Int, _ b: Int) -> Bool {
    guard let first = descriptors[a], let second = descriptors[b], !first.isPlain, !second.isPlain else { return false }
    // The larger of the products with a picture and with its mirror image: see ``DescriptorTable``.
    var (kept, turned) = (0, 0)
    let start = Int(DescriptorView.whole.rawValue) * GradientDescriptors.length
    for number in 0..<GradientDescriptors.length {
      let product = unsafe Int(first.numbers[start + number]) * Int(second.numbers[start + number])
      if number < Int(SSC_DOT_ODD_COUNT) { turned += product } else { kept += product }
    }
    return kept + abs(turned) >= Int(Self.leastCosine * Double(DescriptorTable.unitProduct))
  }
}
