/// How p-values of a family of tests are adjusted for their number.
public enum MultipleTesting: String, Hashable, Sendable {
  /// Keeps the chance of any false alarm in the family below the level.
  case holm = "Holm"
  /// Keeps the expected share of false alarms among the alarms below the level.
  case benjaminiHochberg = "Benjamini-Hochberg"

  /// Families of more tests than this are adjusted by Benjamini-Hochberg: Holm would lose too much power.
  public static let largestHolmFamily = 50

  /// The method for a family of so many tests.
  public init(familySize: Int) { self = familySize > Self.largestHolmFamily ? .benjaminiHochberg : .holm }

  /// The adjusted p-values, 0...1, in the order given.
  ///
  /// - Source: Holm 1979, the step-down procedure; Benjamini and Hochberg 1995, the step-up procedure.
  public func adjusted(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    let size = Double(pValues.count)
    var result = pValues
    switch self {
    case .holm:
      var greatest = 0.0
      for (rank, index) in order.enumerated() {
        greatest = max(greatest, min(1, (size - Double(rank)) * pValues[index]))
        result[index] = greatest
      }
    case .benjaminiHochberg:
      var least = 1.0
      for (rank, index) in order.enumerated().reversed() {
        least = min(least, size / Double(rank + 1) * pValues[index])
        result[index] = least
      }
    }
    return result
  }
}
