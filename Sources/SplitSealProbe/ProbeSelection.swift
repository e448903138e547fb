internal import SplitSealFingerprint
internal import SplitSealMatch

/// Chooses the images to edit: a systematic sample, every split in proportion to its size.
struct ProbeSelection {
  /// Indices of the chosen samples, ascending.
  let samples: [Int]

  init(_ outcomes: [FingerprintOutcome], splitOf: [Int], splitCount: Int, options: MatchOptions, probe: ProbeOptions) {
    var random = ProbeRandom(UInt64(probe.seed))
    var candidates: [Int] = []
    for split in 0..<splitCount {
      var ofSplit = outcomes.indices.filter { index in
        splitOf[index] == split && outcomes[index].fingerprint.map { Self.isTelling($0, options) } ?? false
      }
      // Fisher and Yates' shuffle; the standard library's may change.
      for last in ofSplit.indices.dropFirst().reversed() { ofSplit.swapAt(last, random.below(last + 1)) }
      candidates += ofSplit
    }
    let count = min(max(0, probe.imageLimit), candidates.count)
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
