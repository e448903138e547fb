/// What a review that found nothing says: the share of faults may still be as large as this.
public struct NoneFound: Hashable, Sendable {
  /// Upper end of the one-sided 95 % interval of the share, 0...1; 1 when nothing was looked at.
  ///
  /// - Source: Clopper and Pearson 1934: the share that gives none of n with a chance of 5 %.
  public let upperBound: Double
  /// The same by the rule of three, 3 over n, 0...1.
  ///
  /// - Source: Hanley and Lippman-Hand, If Nothing Goes Wrong, Is Everything All Right?, 1983.
  public let ruleOfThree: Double

  /// The bounds after looking at so many items.
  ///
  /// - Precondition: `count` is 0 or more.
  public init(of count: Int) {
    precondition(count >= 0, "nobody looks at fewer than no items")
    upperBound = count == 0 ? 1 : -exponentialMinusOne(naturalLogarithm(0.05) / Double(count))
    ruleOfThree = count == 0 ? 1 : min(1, 3 / Double(count))
  }
}
