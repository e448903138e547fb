/// The statistical units of some samples, numbered for a comparison.
struct PropertyUnits {
  private let all: StatisticalUnits
  /// Whether some unit holds several images.
  var isGrouped: Bool { all.isGrouped }

  init(_ input: AuditInput) { all = input.statisticalUnits() }

  /// Numbers the units of some samples from a number on, in the order in which they appear.
  ///
  /// - Parameters:
  ///   - samples: Of one split.
  ///   - first: The number of the first unit.
  /// - Returns: A unit a sample, and how many units there are.
  func units(of samples: [Int], from first: Int = 0) -> (units: [Int], count: Int) {
    guard isGrouped else { return (Array(first..<first + samples.count), samples.count) }
    var numberOf = Array(repeating: -1, count: all.count)
    var next = first
    let units = samples.map { sample -> Int in
      let unit = all.unitOf[sample]
      if numberOf[unit] < 0 {
        numberOf[unit] = next
        next += 1
      }
      return numberOf[unit]
    }
    return (units, next - first)
  }
}
