/// Fisher's exact test of a 2 x 2 table.
///
/// It asks whether a random split of this very pool of images would look this uneven. The null is random assignment of a finite pool, so the hypergeometric probabilities are exact at every size.
public struct FisherExactTest: Hashable, Sendable {
  /// The two-sided p-value, 0...1: the sum of the probabilities of all tables that are no likelier than this one.
  ///
  /// Tables count as equally likely when their probabilities agree within 1e-7, as R's `fisher.test` does.
  public let pValue: Double

  /// Compares `first` of `firstTotal` with `second` of `secondTotal`.
  ///
  /// - Precondition: `0...total` contains each count.
  /// - Complexity: O(log n) probabilities and the terms of two tails, a few thousand for a million images.
  public init(_ first: Int, of firstTotal: Int, and second: Int, of secondTotal: Int) {
    precondition(
      first >= 0 && first <= firstTotal && second >= 0 && second <= secondTotal, "a count is part of its total")
    let tables = Hypergeometric(total: firstTotal + secondTotal, marked: first + second, drawn: firstTotal)
    guard tables.total > 0, tables.support.count > 1 else {
      pValue = 1
      return
    }
    let mode = tables.mode
    let limit = tables.logProbability(of: first) + 1e-7
    guard tables.logProbability(of: mode) > limit else {
      pValue = 1
      return
    }
    let observedIsHigh = first > mode
    var sum = tables.tail(from: first, upwards: observedIsHigh)
    if let opposite = Self.opposite(in: tables, mode: mode, limit: limit, upwards: !observedIsHigh) {
      sum += tables.tail(from: opposite, upwards: !observedIsHigh)
    }
    pValue = min(1, sum)
  }

  /// The count nearest the mode on the other side of it whose probability is at most the limit; `nil` when none is.
  private static func opposite(in tables: Hypergeometric, mode: Int, limit: Double, upwards: Bool) -> Int? {
    let end = upwards ? tables.support.upperBound : tables.support.lowerBound
    guard tables.logProbability(of: end) <= limit else { return nil }
    // Probabilities fall from the mode to the end: bisect. `near` is above the limit, `far` is not.
    var (near, far) = (mode, end)
    while (far - near).magnitude > 1 {
      let middle = near + (far - near) / 2
      if tables.logProbability(of: middle) <= limit { far = middle } else { near = middle }
    }
    return far
  }
}
