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

  /// Samples of all splits by label.
  var whole: [Int] {
    (counts.first ?? []).indices.map { label in counts.reduce(0) { $0 + $1[label] } }
  }

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
