internal import SplitSealFingerprint
internal import SplitSealManifest

extension AuditInput {
  /// How much of each split could be read, in the order of the manifest's splits.
  ///
  /// - Complexity: O(*n*) for *n* samples.
  func coverage() -> [SplitCoverage] {
    var listed = Array(repeating: 0, count: manifest.splits.count)
    var checked = listed
    for (sample, outcome) in zip(manifest.samples, outcomes) {
      listed[sample.split] += 1
      if outcome.fingerprint != nil { checked[sample.split] += 1 }
    }
    return zip(listed, checked).map { SplitCoverage(listedCount: $0, checkedCount: $1) }
  }

  /// Samples by split and label, those without a label last in each row.
  ///
  /// - Complexity: O(*n*) for *n* samples.
  func classCounts() -> [[Int]] {
    let labelCount = manifest.labels.count
    var counts = Array(repeating: Array(repeating: 0, count: labelCount + 1), count: manifest.splits.count)
    for sample in manifest.samples { counts[sample.split][sample.label ?? labelCount] += 1 }
    return counts
  }
}
