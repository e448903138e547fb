/// Parts of a data set for cross-validation that no group is divided by.
///
/// Where images of a patient are in two parts, a model is tested on a patient it was fitted to.
public struct GroupedFolds: Hashable, Sendable {
  /// Part of each sample, 0..<`count`.
  public let folds: [Int]
  /// Number of parts.
  public let count: Int

  /// Deals groups out: the larger ones first, each to the part that is smallest so far, in an order that the seed decides
  /// among equally large ones.
  ///
  /// `groups` is the group of each sample, 0 or more. There are as many parts as groups when there are fewer groups than
  /// `count`.
  /// - Precondition: `count` is 2 or more.
  /// - Complexity: O(n + g log g + g k) for n samples, g groups and k parts.
  public init(groups: [Int], count: Int, seed: UInt64) {
    precondition(count >= 2, "cross-validation needs two parts")
    var sizes = Array(repeating: 0, count: (groups.max() ?? -1) + 1)
    for group in groups { sizes[group] += 1 }
    var order = sizes.indices.filter { sizes[$0] > 0 }
    var random = SeededGenerator(seed: seed)
    random.moveToFront(order.count, of: &order)
    // Equal sizes keep their shuffled order: ranks make the sort a total one.
    let dealt = order.enumerated().sorted { (-sizes[$0.element], $0.offset) < (-sizes[$1.element], $1.offset) }
    let parts = min(count, max(1, order.count))
    var totals = Array(repeating: 0, count: parts)
    var foldOf = Array(repeating: 0, count: sizes.count)
    for (_, group) in dealt {
      let smallest = totals.indices.min { (totals[$0], $0) < (totals[$1], $1) } ?? 0
      foldOf[group] = smallest
      totals[smallest] += sizes[group]
    }
    self.count = parts
    folds = groups.map { foldOf[$0] }
  }
}
