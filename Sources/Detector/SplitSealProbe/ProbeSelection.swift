internal import SplitSealFingerprint
internal import SplitSealMatch

/// Chooses the images to edit: a systematic sample, every split in proportion to its size.
struct ProbeSelection {
  /// Indices of the chosen samples, ascending; none before they are chosen.
  private(set) var samples: [Int] = []
  /// For each split the samples that show enough to be searched for by likeness, ascending.
  private let comparable: [[Int]]

  /// Finds what can be chosen.
  init(_ outcomes: [FingerprintOutcome], splitOf: [Int], splitCount: Int, options: MatchOptions) {
    var comparable = Array(repeating: [Int](), count: splitCount)
    for (index, outcome) in outcomes.enumerated() {
      guard let fingerprint = outcome.fingerprint, Self.isTelling(fingerprint, options) else { continue }
      comparable[splitOf[index]].append(index)
    }
    self.comparable = comparable
  }

  /// Images that show enough to be searched for by likeness.
  var comparableCount: Int { comparable.reduce(0) { $0 + $1.count } }

  /// Chooses so many of them, ``comparableCount`` at most.
  mutating func choose(_ count: Int, seed: UInt32) {
    var random = ProbeRandom(UInt64(seed))
    var candidates: [Int] = []
    for var ofSplit in comparable {
      // Fisher and Yates' shuffle; the standard library's may change.
      for last in ofSplit.indices.dropFirst().reversed() { ofSplit.swapAt(last, random.below(last + 1)) }
      candidates += ofSplit
    }
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
