/// Tests whether a random assignment of these very units to two splits would make class shares as uneven as they are.
///
/// Exact at every size, whatever units hold: where images come in groups, permuting images raises false alarms more than
/// half of the time. The number of units in each split is kept; the number of images is what the units bring.
/// - Source: Phipson and Smyth, Permutation P-values Should Never Be Zero, 2010: p = (1 + extreme draws) / (1 + draws).
public struct AssignmentTest: Sendable {
  /// Pearson's chi-square of the table of both splits.
  public let statistic: Double
  /// Random assignments that were drawn.
  public let permutationCount: Int
  /// Seed of the draws.
  public let seed: UInt64
  /// The chance of a table at least as uneven, above 0 and at most 1.
  public let pValue: Double
  /// The chance of a table at least as even, above 0 and at most 1: small where a split was stratified.
  public let evennessPValue: Double
  /// Share of the items to move between classes for equal shares (total variation distance), 0...1.
  public let distance: Double
  /// Mean of that distance over the random assignments.
  public let nullMeanDistance: Double
  /// Its 95 % point over the random assignments.
  public let nullHighDistance: Double
  /// Two-sided p-values of single classes, by class; 1 for a class that no split holds.
  ///
  /// Empty unless asked for.
  public let classPValues: [Double]
  /// The same, adjusted together: the chance that any class is that uneven or more.
  ///
  /// Empty unless asked for.
  public let adjustedClassPValues: [Double]

  /// The distance less what chance gives, -1...1.
  public var distanceExcess: Double { distance - nullMeanDistance }

  /// Draws random assignments of the units of two splits.
  ///
  /// `testsClasses` tests every class as well, which ``FisherExactTest`` does where units are single images.
  /// - Precondition: `first` and `second` are two splits of the table, and both hold a unit.
  /// - Complexity: `permutationCount` times the kinds of units, or the units of the smaller split where kinds are many;
  ///   and the classes.
  public init(
    _ table: UnitTable, first: Int, second: Int, permutationCount: Int, seed: UInt64, stream: Int = 0,
    testsClasses: Bool = false
  ) {
    let drawn = min(table.unitCount(of: first), table.unitCount(of: second))
    precondition(first != second && drawn > 0, "an assignment needs two splits")
    // Which of the two splits is drawn does not matter: the smaller one is less work.
    let isFirstDrawn = table.unitCount(of: first) == drawn
    let null = AssignmentNull(table, drawn: isFirstDrawn ? first : second, rest: isFirstDrawn ? second : first)
    var sampler = UnitSampler(table, counts: null.unitCounts, drawn: drawn)
    var random = SeededGenerator(seed: seed, stream: stream)
    let observed = null.score(null.observedCounts)
    var stepDown = StepDown(testsClasses ? null.classScores(null.observedCounts, images: null.observedImages) : [])
    var (uneven, even, sum) = (0, 0, 0.0)
    var distances: [Double] = []
    distances.reserveCapacity(permutationCount)
    for _ in 0..<permutationCount {
      sampler.assign(drawn, using: &random)
      let score = null.score(sampler.classCounts)
      if score.pearson >= observed.pearson * (1 - 1e-12) { uneven += 1 }
      if score.pearson <= observed.pearson * (1 + 1e-12) { even += 1 }
      sum += score.distance
      distances.append(score.distance)
      if testsClasses { stepDown.add(null.classScores(sampler.classCounts, images: sampler.imageCount)) }
    }
    let draws = Double(permutationCount + 1)
    statistic = observed.pearson
    distance = observed.distance
    self.permutationCount = permutationCount
    self.seed = seed
    pValue = Double(uneven + 1) / draws
    evennessPValue = Double(even + 1) / draws
    nullMeanDistance = permutationCount == 0 ? 0 : sum / Double(permutationCount)
    distances.sort()
    nullHighDistance = distances.isEmpty ? 0 : distances[min(distances.count - 1, distances.count * 95 / 100)]
    classPValues = stepDown.pValues
    adjustedClassPValues = stepDown.adjustedPValues
  }
}
