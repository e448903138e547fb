/// The area under the receiver operating characteristic: how well a score tells two classes apart.
public struct AreaUnderCurve: Hashable, Sendable {
  /// Chance that a positive scores above a negative, ties counting half, 0...1; 0.5 tells nothing.
  public let value: Double

  /// Ranks the scores of both classes.
  ///
  /// - Precondition: both hold a score, and none is not a number.
  /// - Complexity: O(n log n).
  /// - Source: Mann and Whitney 1947: the U statistic of mid-ranks over its largest value.
  public init(negatives: [Double], positives: [Double]) {
    precondition(!negatives.isEmpty && !positives.isEmpty, "a class needs a score")
    self.init(scores: negatives + positives, isPositive: negatives.map { _ in false } + positives.map { _ in true })
  }

  /// The same of scores and classes side by side; 0.5 when one of the classes is absent.
  ///
  /// - Precondition: one class a score.
  public init(scores: [Double], isPositive: [Bool]) {
    precondition(scores.count == isPositive.count, "one class a score")
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    // Twice the count of pairs in order, a tie counting once: whole numbers, so that no order of sums matters.
    var (twice, below, start) = (0, 0, 0)
    while start < order.count {
      var (end, positives, negatives) = (start, 0, 0)
      while end < order.count, scores[order[end]] == scores[order[start]] {
        if isPositive[order[end]] { positives += 1 } else { negatives += 1 }
        end += 1
      }
      twice += positives * (2 * below + negatives)
      below += negatives
      start = end
    }
    let pairs = below * (scores.count - below)
    value = pairs == 0 ? 0.5 : Double(twice) / (2 * Double(pairs))
  }
}
