internal import SplitSealPolicy
internal import SplitSealStatistics

/// All classes of two splits: what differs, and what random splits would show.
struct SplitPairComparison {
  /// The split whose shares are the measure.
  let reference: Int
  /// The split whose shares are measured.
  let compared: Int
  /// Number of classes that one of the two holds.
  let classCount: Int
  /// The classes that are tests of their own: all, or one of two that exclude each other.
  var classes: [ClassComparison]
  /// The random assignments of all units.
  let assignment: AssignmentTest
  /// The p-value of the whole table, adjusted for all tests of the rule.
  var adjustedPValue = 1.0
  /// Effect sizes of the whole table.
  let distance: ShareDistance
  /// The population stability index of the table.
  let stability: PopulationStability
  /// The test of large samples, for comparison.
  let chiSquare: ChiSquareTest
  /// How different shares may be.
  let bound: EquivalenceBound

  /// Compares two splits, both of which hold labelled images.
  init(
    reference: Int, compared: Int, _ labelled: LabelledSplits, units: UnitTable, isGrouped: Bool, isMultiple: Bool,
    limits: ClassLimits, permutationCount: Int, stream: Int
  ) {
    self.reference = reference
    self.compared = compared
    let labels = labelled.labels(in: [reference, compared])
    classCount = labels.count
    let all = labels.map { ClassComparison(label: $0, reference: reference, compared: compared, labelled) }
    assignment = AssignmentTest(
      units, first: reference, second: compared, permutationCount: permutationCount, seed: limits.seed, stream: stream,
      testsClasses: isGrouped)
    let (row, otherRow) = (labels.map { labelled.counts[reference][$0] }, labels.map { labelled.counts[compared][$0] })
    distance = ShareDistance(row, otherRow)
    stability = PopulationStability(row, otherRow)
    chiSquare = ChiSquareTest(row, otherRow)
    bound = EquivalenceBound(units, first: reference, second: compared, seed: limits.seed, stream: stream)
    // Two classes that exclude each other are one test. It is told of the class whose share changed by the larger factor.
    let isOneTest = all.count == 2 && !isMultiple
    classes = isOneTest ? [all[1].factor > all[0].factor ? all[1] : all[0]] : all
    for index in classes.indices {
      classes[index].pValue = isGrouped ? assignment.classPValues[classes[index].label] : classes[index].fisherPValue
    }
  }

  /// The p-value of the class that differs most, adjusted for the classes of the pair alone; groups only.
  func adjustedWithinPair(_ comparison: ClassComparison) -> Double {
    assignment.adjustedClassPValues.isEmpty ? comparison.pValue : assignment.adjustedClassPValues[comparison.label]
  }

  /// Whether the table as a whole is beyond chance and the distance large enough to matter.
  ///
  /// Both levels ask for the p-value of a warning: a Monte-Carlo p-value cannot be as small as an exact one.
  func passes(_ level: ClassLimits.Level, _ limits: ClassLimits) -> Bool {
    adjustedPValue < limits.warning.pValue && assignment.distanceExcess > level.distanceExcess
  }
}

/// How the p-values of a run of class-skew are adjusted for their number.
///
/// The chance that a random split is flagged stays below the level of a warning: a tenth of it goes to the tables of the
/// pairs (Holm), nine tenths go to the classes. Single images: Holm over all classes and pairs, Benjamini and Hochberg from
/// 51 tests on. Groups: the largest of the classes within a pair (Westfall and Young), then Holm over the pairs.
struct SkewFamily {
  /// The part of the level that goes to the tables.
  static let tableShare = 0.1
  /// How the classes are adjusted.
  let correction: MultipleTesting
  /// Tests of single classes.
  let classTests: Int
  /// Pairs of splits.
  let pairs: Int
  /// Whether units are groups of images.
  let isGrouped: Bool

  /// Adjusts the p-values of all pairs.
  init(_ comparisons: inout [SplitPairComparison], isGrouped: Bool) {
    pairs = comparisons.count
    self.isGrouped = isGrouped
    classTests = comparisons.reduce(0) { $0 + $1.classes.count }
    let tables = MultipleTesting.holm.adjusted(comparisons.map(\.assignment.pValue))
    var adjusted: [Double]
    if isGrouped {
      correction = .holm
      let least = comparisons.map { pair in pair.classes.map { pair.adjustedWithinPair($0) }.min() ?? 1 }
      let holm = MultipleTesting.holm.adjusted(least)
      // Within a pair all p-values grow as the least of them does.
      adjusted = comparisons.indices.flatMap { index in
        comparisons[index].classes.map { comparison in
          let factor = least[index] > 0 ? holm[index] / least[index] : 1
          return min(1, comparisons[index].adjustedWithinPair(comparison) * factor)
        }
      }
    } else {
      correction = MultipleTesting(familySize: classTests)
      adjusted = correction.adjusted(comparisons.flatMap { $0.classes.map(\.pValue) })
    }
    adjusted = adjusted.map { min(1, $0 / (1 - Self.tableShare)) }
    var next = 0
    for index in comparisons.indices {
      comparisons[index].adjustedPValue = min(1, tables[index] / Self.tableShare)
      for place in comparisons[index].classes.indices {
        comparisons[index].classes[place].adjustedPValue = adjusted[next]
        next += 1
      }
    }
  }

  /// Random assignments to draw for a pair.
  ///
  /// As many as the policy says, fewer where thousands of classes or groups make each of them long, and always enough for
  /// a difference to be told from chance after the adjustment.
  static func permutationCount(pairs: Int, cost: Int, _ limits: ClassLimits) -> Int {
    let least = Int((2 * Double(pairs) / (tableShare * limits.warning.pValue)).rounded(.up)) - 1
    return max(least, min(limits.permutationCount, drawnUnits / max(1, cost)))
  }

  /// Units that are drawn for a pair, about: a fifth of a second.
  private static let drawnUnits = 20_000_000
}
