/// How well a model tells two splits apart by a few features.
///
/// One number for all features together, and for their interplay, which tests of single features do not see.
/// - Source: Lopez-Paz and Oquab, Revisiting Classifier Two-Sample Tests, 2017.
public struct SplitClassifier: Sendable {
  private let features: [[Double]]
  private let isSecond: [Bool]
  private let units: [Int]
  private let folds: GroupedFolds
  /// Area under the curve of the scores that samples get from models that were not fitted to them, 0...1; 0.5 when the
  /// splits look alike.
  public let area: Double

  /// Fits a logistic model for each part of a cross-validation and scores the samples of the part with it.
  ///
  /// `features` holds one array of values a feature, `isSecond` the split of each sample, and `units` what stays
  /// together: the group of a sample within its split, numbered from 0 through both splits.
  /// - Precondition: one value, split and unit a sample; no unit is in both splits; values are finite.
  /// - Complexity: O(k n f^2) for k parts.
  public init(features: [[Double]], isSecond: [Bool], units: [Int], foldCount: Int = 5, seed: UInt64) {
    precondition(
      units.count == isSecond.count && features.allSatisfy { $0.count == isSecond.count }, "one value a sample")
    self.features = features
    self.isSecond = isSecond
    self.units = units
    folds = GroupedFolds(groups: units, count: foldCount, seed: seed)
    area = Self.area(features, isSecond, folds)
  }

  /// The p-value of the area under random assignment of whole units to the two splits; every draw fits all models again.
  ///
  /// - Complexity: that of the fit, a draw.
  public func permutationTest(
    permutationCount: Int, extremeLimit: Int? = 10, using random: inout SeededGenerator
  ) -> SequentialMonteCarlo {
    let unitCount = (units.max() ?? -1) + 1
    var unitIsSecond = Array(repeating: false, count: unitCount)
    for (unit, second) in zip(units, isSecond) { unitIsSecond[unit] = second }
    let drawn = unitIsSecond.count(where: \.self)
    var order = Array(0..<unitCount)
    return SequentialMonteCarlo(largestCount: permutationCount, extremeLimit: extremeLimit) {
      random.moveToFront(drawn, of: &order)
      var assigned = Array(repeating: false, count: unitCount)
      for unit in order[..<drawn] { assigned[unit] = true }
      return Self.area(features, units.map { assigned[$0] }, folds) >= area - 1e-12
    }
  }

  private static func area(_ features: [[Double]], _ isSecond: [Bool], _ folds: GroupedFolds) -> Double {
    guard folds.count > 1 else { return 0.5 }
    var ranks = Array(repeating: 0.0, count: isSecond.count)
    for fold in 0..<folds.count {
      let fitted = isSecond.indices.filter { folds.folds[$0] != fold }
      let model = LogisticRegression(features: features, isSecond: isSecond, rows: fitted)
      for row in isSecond.indices where folds.folds[row] == fold { ranks[row] = model.score(of: row, in: features) }
    }
    return AreaUnderCurve(scores: ranks, isPositive: isSecond).value
  }
}
