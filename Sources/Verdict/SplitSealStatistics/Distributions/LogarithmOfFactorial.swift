/// Logarithms of factorials: a table of the small ones, and Stirling's series beyond.
struct LogarithmOfFactorial: Sendable {
  private let table: [Double]

  /// Larger tables would not pay.
  private static let largestTable = 1 << 20

  /// Prepares for numbers up to `greatest`, for which it is fast; others work as well.
  init(upTo greatest: Int) {
    let count = min(max(greatest, 1), Self.largestTable)
    var values = [0.0, 0.0]
    values.reserveCapacity(count + 1)
    // Compensated: a million roundings would add up.
    var (sum, lost) = (0.0, 0.0)
    for n in stride(from: 2, through: count, by: 1) {
      let term = naturalLogarithm(Double(n)) - lost
      let next = sum + term
      lost = (next - sum) - term
      sum = next
      values.append(sum)
    }
    table = values
  }

  /// The natural logarithm of n factorial.
  ///
  /// - Precondition: `n` is 0 or more.
  @inline(__always)
  func callAsFunction(_ n: Int) -> Double { n < table.count ? table[n] : logarithmOfGamma(Double(n) + 1) }
}
