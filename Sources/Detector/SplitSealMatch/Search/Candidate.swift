internal import SplitSealFingerprint

/// Another picture that may be the same, by its descriptors.
struct Candidate: Hashable {
  /// One pair of views that is close.
  struct Hit: Hashable {
    let pair: ViewPair
    /// Cosine of the two descriptors, -1...1.
    let cosine: Double
    /// How far the cosine is above what chance brings.
    var excess: Double { cosine - pair.chanceCosine }
  }

  /// The other class.
  let index: Int
  /// The closest pairs of views, at most ``CandidateSearch/hitsPerCandidate``, closest first.
  let hits: [Hit]

  /// What candidates are ordered by.
  var excess: Double { hits.first?.excess ?? -1 }
}
