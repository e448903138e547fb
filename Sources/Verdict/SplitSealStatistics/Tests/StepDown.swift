/// p-values of several statistics that were drawn together, adjusted by the largest of them.
///
/// - Source: Westfall and Young, Resampling-Based Multiple Testing, 1993, algorithm 4.1: step-down max T.
struct StepDown {
  private let observed: [Double]
  /// The statistics from the largest to the smallest.
  private let order: [Int]
  private var extremes: [Int]
  private var jointExtremes: [Int]
  private var drawCount = 0

  /// Begins with the statistics as they were observed.
  init(_ observed: [Double]) {
    self.observed = observed
    order = observed.indices.sorted { (-observed[$0], $0) < (-observed[$1], $1) }
    extremes = observed.map { _ in 0 }
    jointExtremes = extremes
  }

  /// Adds the statistics of one draw.
  mutating func add(_ drawn: [Double]) {
    drawCount += 1
    var greatest = 0.0
    for rank in order.indices.reversed() {
      let index = order[rank]
      let limit = observed[index] * (1 - 1e-9)
      greatest = max(greatest, drawn[index])
      if drawn[index] >= limit { extremes[index] += 1 }
      if greatest >= limit { jointExtremes[rank] += 1 }
    }
  }

  /// Each statistic's own p-value.
  var pValues: [Double] { extremes.map { Double($0 + 1) / Double(drawCount + 1) } }

  /// The adjusted p-values, in the order of the statistics.
  var adjustedPValues: [Double] {
    var result = observed
    var greatest = 0.0
    for (rank, index) in order.enumerated() {
      greatest = max(greatest, Double(jointExtremes[rank] + 1) / Double(drawCount + 1))
      result[index] = greatest
    }
    return result
  }
}
