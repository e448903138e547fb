public import SplitSealFingerprint
public import SplitSealMatch

extension ChanceTail {
  /// Fits the tail to the pairs that a search looked at.
  ///
  /// Pairs of equal pictures count once: a hundred copies of a blank frame are one chance and not ten thousand.
  /// - Parameters:
  ///   - result: What the search found, listed from the window's lower end on.
  ///   - outcomes: One a sample.
  ///   - labelOf: The label of each sample, where there is one; empty when there are none.
  public init(_ result: MatchResult, outcomes: [FingerprintOutcome], labelOf: [Int?] = []) {
    var seen: Set<[Digest128]> = []
    let pairs = (result.matches + result.belowThreshold).filter { match in
      guard match.kind.isNear, let first = outcomes[match.first].fingerprint?.pixels,
        let second = outcomes[match.second].fingerprint?.pixels
      else { return false }
      let isOrdered = (first.high, first.low) < (second.high, second.low)
      return seen.insert(isOrdered ? [first, second] : [second, first]).inserted
    }
    let foreign = pairs.filter { match in
      guard !labelOf.isEmpty, let first = labelOf[match.first], let second = labelOf[match.second] else { return false }
      return first != second
    }
    self.init(pairs.map(\.score), foreignScores: foreign.map(\.score))
  }
}
