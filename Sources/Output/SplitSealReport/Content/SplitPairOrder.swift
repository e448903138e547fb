package import SplitSealManifest
package import SplitSealMatch

/// A pair of splits in the order in which people speak of leaks: the split that is evaluated on before the one that was
/// learned from, whatever their order in the manifest.
package struct SplitPairOrder {
  /// One split of the pair.
  struct Side {
    /// Index of the split.
    let split: Int
    /// Its samples with a partner in the other split.
    let affectedCount: Int
  }

  /// The side that a leak spoils, then the other.
  let evaluatedFirst: (Side, Side)

  init(_ count: SplitPairCount, splits: [Split]) {
    let first = Side(split: count.first, affectedCount: count.affectedInFirst)
    let second = Side(split: count.second, affectedCount: count.affectedInSecond)
    let isReversed = Self.rank(splits[first.split].role) > Self.rank(splits[second.split].role)
    evaluatedFirst = isReversed ? (first, second) : (second, first)
  }

  /// The samples of a match, that of the evaluated split first.
  package static func evaluatedFirst(_ match: Match, in manifest: Manifest) -> (Int, Int) {
    let roles = (
      rank(manifest.splits[manifest.samples[match.first].split].role),
      rank(manifest.splits[manifest.samples[match.second].split].role)
    )
    return roles.0 > roles.1 ? (match.first, match.second) : (match.second, match.first)
  }

  private static func rank(_ role: SplitRole) -> Int {
    switch role {
    case .training: 0
    case .other: 1
    case .validation: 2
    case .test: 3
    }
  }
}
