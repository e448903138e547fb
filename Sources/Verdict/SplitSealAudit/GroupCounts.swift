internal import SplitSealManifest

/// How many samples of each group every split holds.
struct GroupCounts {
  let grouping: Grouping
  private let splitCount: Int
  /// `counts[group * splitCount + split]`.
  private var counts: [Int]
  /// The first sample of a group in a split, laid out like the counts; `nil` where it has none.
  private var firsts: [Int?]
  /// Samples without a group, by split.
  private(set) var ungrouped: [Int]

  /// Counts the samples of every group.
  ///
  /// - Complexity: O(*n* + *g* *s*) for *n* samples, *g* groups and *s* splits.
  init(_ grouping: Grouping, in manifest: Manifest) {
    self.grouping = grouping
    splitCount = manifest.splits.count
    counts = Array(repeating: 0, count: grouping.groups.count * splitCount)
    firsts = Array(repeating: nil, count: counts.count)
    ungrouped = Array(repeating: 0, count: splitCount)
    for (index, sample) in manifest.samples.enumerated() {
      guard let group = grouping.group(of: index) else {
        ungrouped[sample.split] += 1
        continue
      }
      let place = group * splitCount + sample.split
      counts[place] += 1
      if firsts[place] == nil { firsts[place] = index }
    }
  }

  /// Samples of a group in a split.
  func count(_ group: Int, in split: Int) -> Int { counts[group * splitCount + split] }

  /// The splits that hold a group, ascending.
  func splits(of group: Int) -> [Int] { (0..<splitCount).filter { count(group, in: $0) > 0 } }

  /// The first sample of a group in a split.
  func first(_ group: Int, in split: Int) -> Int? { firsts[group * splitCount + split] }

  /// The groups of a split.
  func groupCount(in split: Int) -> Int { grouping.groups.indices.count { count($0, in: split) > 0 } }
}

/// What two splits share of one grouping.
public struct GroupOverlap: Hashable, Sendable {
  /// Name of the grouping.
  public let grouping: String
  /// Index of one split.
  public let first: Int
  /// Index of the other split, greater than ``first``.
  public let second: Int
  /// Groups that are in either.
  public let groupCount: Int
  /// Groups that are in both.
  public let sharedCount: Int
  /// Samples of the first split whose group is in both.
  public let affectedInFirst: Int
  /// Samples of the second split whose group is in both.
  public let affectedInSecond: Int
}

extension GroupCounts {
  /// What every two splits share, in the order of the splits.
  var overlaps: [GroupOverlap] {
    (0..<splitCount).flatMap { first in
      ((first + 1)..<max(first + 1, splitCount)).map { overlap(first, $0) }
    }
  }

  private func overlap(_ first: Int, _ second: Int) -> GroupOverlap {
    var (either, both, inFirst, inSecond) = (0, 0, 0, 0)
    for group in grouping.groups.indices {
      let (a, b) = (count(group, in: first), count(group, in: second))
      if a + b > 0 { either += 1 }
      guard a > 0, b > 0 else { continue }
      both += 1
      inFirst += a
      inSecond += b
    }
    return GroupOverlap(
      grouping: grouping.name, first: first, second: second, groupCount: either, sharedCount: both,
      affectedInFirst: inFirst, affectedInSecond: inSecond)
  }
}
