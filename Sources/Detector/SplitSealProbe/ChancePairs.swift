internal import SplitSealBase
public import SplitSealFingerprint
public import SplitSealMatch

/// How many of the reported pairs are of different pictures.
///
/// A score is the probability that a pair is one picture: of pairs that score *s* the part 1 - *s* is not, and the sum over
/// the reported pairs is the number to be expected. Nothing is extrapolated from scores below the threshold: pairs of the
/// same kind are there, copies that are hard to see and pictures that are alike, and no curve through them tells which of
/// the two goes on above.
public struct ChancePairs: Hashable, Sendable {
  /// The share of the reported pairs that may be wrong at the threshold that is proposed.
  public static let tolerableShare = 0.05
  /// The highest threshold that is ever proposed.
  public static let highestThreshold = 0.999
  /// The 95 % point of the standard normal distribution.
  private static let quantile = 1.6448536269514722

  /// Scores of the pairs that were found by likeness, ascending.
  private let scores: [Double]
  /// Those of pairs that cannot be copies, as far as labels tell.
  private let foreignScores: [Double]
  /// For each pair that is listed, how many were found.
  private let pairsPerListed: Double
  /// Whether the scores are probabilities.
  private let areProbabilities: Bool

  /// Takes the scores of pairs.
  ///
  /// - Parameters:
  ///   - scores: Scores of pairs, 0...1, in any order.
  ///   - foreignScores: Those among them whose two labels differ: copies seldom have two labels.
  ///   - pairsPerListed: Where not all pairs are listed, how many there are for each one that is, 1 or more.
  ///   - areProbabilities: Whether scores are probabilities. Where they are distances, labels alone say something.
  public init(
    _ scores: some Sequence<Double>, foreignScores: some Sequence<Double> = [], pairsPerListed: Double = 1,
    areProbabilities: Bool = true
  ) {
    self.scores = scores.sorted()
    self.foreignScores = Array(foreignScores)
    self.pairsPerListed = max(1, pairsPerListed)
    self.areProbabilities = areProbabilities
  }

  /// Takes the scores of the near-duplicates that a search found.
  ///
  /// Pairs of equal pictures count once: a hundred copies of a blank frame are one chance and not ten thousand.
  /// - Parameters:
  ///   - result: What the search found.
  ///   - outcomes: One a sample.
  ///   - labelOf: The label of each sample, where there is one; empty when there are none.
  public init(_ result: MatchResult, outcomes: [FingerprintOutcome], labelOf: [Int?] = []) {
    let near = result.matches.filter(\.kind.isNear)
    var seen: Set<[Digest128]> = []
    let pairs = near.filter { match in
      guard let first = outcomes[match.first].fingerprint?.pixels,
        let second = outcomes[match.second].fingerprint?.pixels
      else { return false }
      let isOrdered = (first.high, first.low) < (second.high, second.low)
      return seen.insert(isOrdered ? [first, second] : [second, first]).inserted
    }
    let foreign = pairs.filter { match in
      guard !labelOf.isEmpty, let first = labelOf[match.first], let second = labelOf[match.second] else { return false }
      return first != second
    }
    let found = result.counts.reduce(0) { $0 + $1.nearPairs }
    self.init(
      pairs.map(\.score), foreignScores: foreign.map(\.score),
      pairsPerListed: near.isEmpty ? 1 : Double(found) / Double(near.count),
      areProbabilities: near.allSatisfy { $0.kind == .aligned })
  }

  /// The scores at `threshold` or above that an estimate rests on; 0 where scores are no probabilities.
  public func scoreCount(atOrAbove threshold: Double) -> Int {
    areProbabilities ? scores.count { $0 >= threshold } : 0
  }

  /// Pairs of different pictures to be expected at `threshold` or above, 0 or more.
  ///
  /// Never fewer than the pairs with two labels, where those are more than wrong labels explain.
  public func expectedCount(atOrAbove threshold: Double) -> Double {
    let sum = areProbabilities ? pairsPerListed * sum(atOrAbove: threshold) { 1 - $0 } : 0
    return max(sum, Double(foreignCount(atOrAbove: threshold)))
  }

  /// A number that the pairs of different pictures at `threshold` or above do not exceed, at 95 %.
  ///
  /// Takes the odds that a pair is wrong at twice what its score says, since no kind of picture is like the pictures that
  /// the scores were fitted to; and of the number of such pairs the upper end, that of a Poisson distribution by Cornish and
  /// Fisher's expansion. No more than there are pairs.
  public func upperBound(atOrAbove threshold: Double) -> Double {
    let seen = pairsPerListed * Double(scores.count { $0 >= threshold })
    guard areProbabilities else { return seen }
    let mean = pairsPerListed * sum(atOrAbove: threshold) { 2 * (1 - $0) / (2 - $0) }
    return min(seen, Self.upperEnd(mean: max(mean, Double(foreignCount(atOrAbove: threshold)))))
  }

  /// The lowest threshold, in steps of 0.01 up to 0.99 and then ``highestThreshold``, not below `start`, at which less
  /// than one wrong pair is expected or no more than ``tolerableShare`` of the pairs; `nil` when there is none.
  ///
  /// From 0.95 on no more than that share can be expected of scores alone: what asks for more is labels.
  public func lowestThreshold(from start: Double) -> Double? {
    let steps = (0...99).map { Double($0) / 100 } + [Self.highestThreshold]
    return ([start] + steps.filter { $0 > start }).first(where: isTolerable)
  }

  /// Whether so few wrong pairs are expected at `threshold` or above that it can be used.
  public func isTolerable(_ threshold: Double) -> Bool {
    let expected = expectedCount(atOrAbove: threshold)
    return expected < 1
      || expected <= Self.tolerableShare * pairsPerListed * Double(scores.count { $0 >= threshold })
  }

  /// Pairs at `threshold` or above whose labels differ, where they are more than wrong labels explain: one in twenty.
  private func foreignCount(atOrAbove threshold: Double) -> Int {
    let foreign = foreignScores.count { $0 >= threshold }
    return 20 * foreign > scores.count { $0 >= threshold } && foreign > 1 ? foreign : 0
  }

  private func sum(atOrAbove threshold: Double, _ part: (Double) -> Double) -> Double {
    scores.reduce(0) { $1 >= threshold ? $0 + part($1) : $0 }
  }

  /// What a Poisson number of this mean does not exceed, at 95 %.
  ///
  /// - Source: Cornish and Fisher, Moments and Cumulants in the Specification of Distributions, 1937.
  private static func upperEnd(mean: Double) -> Double {
    mean + quantile * mean.squareRoot() + (quantile * quantile - 1) / 6
  }
}
