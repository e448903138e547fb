internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch

extension AuditInput {
  /// How much of each split could be read and compared, in the order of the manifest's splits.
  ///
  /// - Complexity: O(*n*) for *n* samples.
  func coverage() -> [SplitCoverage] {
    var listed = Array(repeating: 0, count: manifest.splits.count)
    var checked = listed
    for (sample, outcome) in zip(manifest.samples, outcomes) {
      listed[sample.split] += 1
      if outcome.fingerprint != nil { checked[sample.split] += 1 }
    }
    let plain = plainCounts()
    return listed.indices.map { split in
      SplitCoverage(
        listedCount: listed[split], checkedCount: checked[split],
        comparedCount: checked[split] - min(checked[split], plain[split]), doubtfulCount: doubt.sampleCounts[split])
    }
  }

  /// For each split, the readable images that show too little: of them only bytes and pixels are compared.
  private func plainCounts() -> [Int] {
    var counts = Array(repeating: 0, count: manifest.splits.count)
    switch matchOptions.method {
    case .alignment:
      for (split, count) in matches.tooPlainCounts.enumerated() where counts.indices.contains(split) {
        counts[split] = count
      }
    case .pdq:
      for (sample, fingerprint) in zip(manifest.samples, outcomes.map(\.fingerprint)) {
        guard let fingerprint, fingerprint.pdq?.quality ?? 0 < matchOptions.minimumQuality else { continue }
        counts[sample.split] += 1
      }
    }
    return counts
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
