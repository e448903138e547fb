internal import SplitSealManifest

/// How many samples each split has of each class, and how far that may move.
public struct ClassShares: Hashable, Sendable {
  /// Samples by split and label; the last element of each row counts those without a label.
  public internal(set) var counts: [[Int]]

  /// Takes the counts of some samples.
  ///
  /// - Parameters:
  ///   - manifest: The dataset.
  ///   - splitOf: The split of each sample after the repair; `nil` for those that are gone.
  init(_ manifest: Manifest, splitOf: (Int) -> Int?) {
    let labelCount = manifest.labels.count
    counts = Array(repeating: Array(repeating: 0, count: labelCount + 1), count: manifest.splits.count)
    for (index, sample) in manifest.samples.enumerated() {
      if let split = splitOf(index) { counts[split][sample.label ?? labelCount] += 1 }
    }
  }

  /// Samples of a split.
  public func total(_ split: Int) -> Int { counts[split].reduce(0, +) }

  /// Share of a class in a split, 0...1; 0 in an empty split.
  public func share(_ split: Int, _ label: Int) -> Double {
    let total = total(split)
    return total == 0 ? 0 : Double(counts[split][label]) / Double(total)
  }

  /// The greatest difference to the same share elsewhere, 0...1.
  public func greatestShift(_ split: Int, from before: ClassShares) -> Double {
    counts[split].indices.reduce(0) { max($0, abs(share(split, $1) - before.share(split, $1))) }
  }
}

/// The class shares that a repair has to keep.
struct SharesTarget: Sendable {
  /// Less than one image off is not off: a split of 40 images cannot keep shares to 0.5 points.
  private static let roundingSlack = 0.999_999

  let before: ClassShares
  /// How far a share may move, 0...1.
  let tolerance: Double

  /// How many samples of a class a split has beyond its share; negative where it has fewer.
  func surplus(_ row: [Int], _ split: Int, _ label: Int) -> Double {
    Double(row[label]) - before.share(split, label) * Double(row.reduce(0, +))
  }

  /// By how many samples the classes of a split are further off than they may be; infinite for a split that is emptied.
  func violation(_ row: [Int], _ split: Int) -> Double {
    let total = row.reduce(0, +)
    guard total > 0 else { return before.total(split) == 0 ? 0 : .infinity }
    let allowed = allowance(total)
    let part = Double(total) / Double(max(1, before.total(split)))
    return row.indices.reduce(0) {
      $0 + max(0, abs(Double(row[$1]) - Double(before.counts[split][$1]) * part) - allowed)
    }
  }

  /// Whether one class of a split is further off than it may be.
  func isViolated(_ row: [Int], _ split: Int, _ label: Int) -> Bool {
    let total = row.reduce(0, +)
    return abs(surplus(row, split, label)) > allowance(total) || (total == 0 && before.counts[split][label] > 0)
  }

  /// The same over all splits.
  func violation(_ shares: ClassShares) -> Double {
    shares.counts.indices.reduce(0) { $0 + violation(shares.counts[$1], $1) }
  }

  /// Samples that a class may be off in a split of that many.
  func allowance(_ total: Int) -> Double { max(tolerance * Double(total) + 1e-9, Self.roundingSlack) }

  /// Further removals of each class after which a split keeps its shares; `nil` where that takes too many.
  ///
  /// Of a small split the tolerance may be less than an image. It is kept all the same where that takes no more further
  /// images than there are classes; else less than one image is not off.
  func removals(from row: [Int], _ split: Int) -> [Int]? {
    let lenient = fewestRemovals(from: row, split, slack: Self.roundingSlack)
    guard let strict = fewestRemovals(from: row, split, slack: 0) else { return lenient }
    let classCount = before.counts[split].count { $0 > 0 }
    guard let lenient, strict.reduce(0, +) > lenient.reduce(0, +) + classCount else { return strict }
    return lenient
  }

  /// The fewest further removals of each class after which a split keeps its shares; `nil` where that takes more
  /// than some part of it.
  ///
  /// A quarter at most: a dataset that shrinks by more is for its author to mend. With *r* removed in all, each class may lose no fewer and no more than its bounds say; the first *r* that lies between
  /// their sums is the least.
  /// - Complexity: O(*r* *k*) for *r* removals and *k* classes.
  func fewestRemovals(from row: [Int], _ split: Int, slack: Double, largestPart: Double = 0.25) -> [Int]? {
    let total = row.reduce(0, +)
    let beforeTotal = Double(max(1, before.total(split)))
    for removed in 0...Int(Double(total) * largestPart) where removed < max(1, total) {
      let rest = total - removed
      let allowed = max(tolerance * Double(rest) + 1e-9, slack)
      var least: [Int] = []
      var most: [Int] = []
      for (label, count) in row.enumerated() {
        let expected = Double(before.counts[split][label]) / beforeTotal * Double(rest)
        least.append(max(0, Int((Double(count) - expected - allowed).rounded(.up))))
        most.append(min(count, Int((Double(count) - expected + allowed).rounded(.down))))
      }
      guard zip(least, most).allSatisfy({ $0 <= $1 }) else { continue }
      var missing = removed - least.reduce(0, +)
      guard missing >= 0, removed <= most.reduce(0, +) else { continue }
      // What is left to choose is taken from where there is most to spare.
      var chosen = least
      while missing > 0 {
        let candidates = row.indices.filter { chosen[$0] < most[$0] }
        guard let label = candidates.max(by: { (most[$0] - chosen[$0], $1) < (most[$1] - chosen[$1], $0) }) else {
          break
        }
        chosen[label] += 1
        missing -= 1
      }
      return chosen
    }
    return nil
  }
}
