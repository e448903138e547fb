internal import SplitSealPolicy
internal import SplitSealStatistics

/// One class in two splits.
struct ClassComparison {
  /// Index into the classes.
  let label: Int
  /// The split whose share is the measure.
  let reference: Int
  /// The split whose share is measured.
  let compared: Int
  let referenceCount: Int
  let referenceTotal: Int
  let comparedCount: Int
  let comparedTotal: Int
  /// Share in the compared split over share in the reference split.
  let ratio: ShareRatio
  /// The p-value of the class against the rest, before any adjustment.
  var pValue = 1.0
  /// The p-value adjusted for all tests of the rule.
  var adjustedPValue = 1.0

  init(label: Int, reference: Int, compared: Int, _ labelled: LabelledSplits) {
    self.label = label
    self.reference = reference
    self.compared = compared
    referenceCount = labelled.counts[reference][label]
    referenceTotal = labelled.totals[reference]
    comparedCount = labelled.counts[compared][label]
    comparedTotal = labelled.totals[compared]
    ratio = ShareRatio(comparedCount, of: comparedTotal, to: referenceCount, of: referenceTotal)
  }

  /// Fisher's exact test of the class against the rest: right where images are independent.
  var fisherPValue: Double {
    FisherExactTest(referenceCount, of: referenceTotal, and: comparedCount, of: comparedTotal).pValue
  }

  /// By how much the share changed, whichever way, 1...infinity.
  var factor: Double { max(ratio.value, 1 / ratio.value) }

  /// Whether the difference is beyond chance and large enough to matter.
  func passes(_ level: ClassLimits.Level) -> Bool {
    adjustedPValue < level.pValue && (ratio.value > level.shareRatio || ratio.value < 1 / level.shareRatio)
  }
}
