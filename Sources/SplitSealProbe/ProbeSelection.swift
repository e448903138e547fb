internal import SplitSealFingerprint
internal import SplitSealMatch

/// Chooses the images to edit: a systematic sample, every split in proportion to its size.
struct ProbeSelection {
  /// Indices of the chosen samples, ascending.
  let samples: [Int]
  /// Images that could be read.
  let readCount: Int
  /// Those among them that show enough to be searched for by likeness.
  let comparableCount: Int

  init(
    _ outcomes: [FingerprintOutcome], splitOf: [Int], splitCount: Int, options: MatchOptions, seed: UInt32,
    imageLimit: Int
  ) {
    var random = ProbeRandom(UInt64(seed))
    var candidates: [Int] = []
    var ofSplits = Array(repeating: [Int](), count: splitCount)
    for (index, outcome) in outcomes.enumerated()
    where outcome.fingerprint.map({ Self.isTelling($0, options) }) ?? false {
      ofSplits[splitOf[index]].append(index)
    }
    for var ofSplit in ofSplits {
      // Fisher and Yates' shuffle; the standard library's may change.
      for last in ofSplit.indices.dropFirst().reversed() { ofSplit.swapAt(last, random.below(last + 1)) }
      candidates += ofSplit
    }
    readCount = outcomes.count { $0.fingerprint != nil }
    comparableCount = candidates.count
    let count = min(max(0, imageLimit), candidates.count)
    samples = (0..<count).map { candidates[($0 * 2 + 1) * candidates.count / (2 * count)] }.sorted()
  }

  /// Whether the picture shows enough to be searched for by likeness.
  private static func isTelling(_ fingerprint: Fingerprint, _ options: MatchOptions) -> Bool {
    switch options.method {
    case .alignment: !fingerprint.descriptors.isPlain
    case .pdq: fingerprint.pdq.map { $0.quality >= options.minimumQuality } ?? false
    }
  }
}
