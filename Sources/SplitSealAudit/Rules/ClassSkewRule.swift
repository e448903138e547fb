internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealStatistics

/// Finds classes whose share differs between two splits more than a random split would make it.
///
/// A flag needs three things: enough images, an adjusted p-value below the level, and a share ratio beyond the floor. With
/// a million images every difference is significant, and with thirty every ratio is large.
struct ClassSkewRule: Rule {
  /// Splits with fewer labelled images are not compared.
  static let leastSplitSize = 30
  /// What makes a warning.
  static let warning = Limits(pValue: 0.01, ratios: 0.8...1.25)
  /// What makes an error.
  static let error = Limits(pValue: 0.001, ratios: 0.5...2)

  /// What a difference must pass: an adjusted p-value below `pValue` and a share ratio outside `ratios`.
  struct Limits {
    let pValue: Double
    let ratios: ClosedRange<Double>
  }

  var id: RuleID { .classSkew }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    let labelled = LabelledSplits(input)
    let large = labelled.splits.filter { labelled.totals[$0] >= Self.leastSplitSize }
    if labelled.splits.count > 1 {
      for split in labelled.splits where labelled.totals[split] < Self.leastSplitSize {
        outcome.notRun.append(.tooSmall(input.name(ofSplit: split), labelled.totals[split]))
      }
    }
    let pairs = large.indices.flatMap { first in large[(first + 1)...].map { (large[first], $0) } }
    let comparisons = pairs.map { self.comparisons(of: $0.1, to: $0.0, labelled) }
    let pValues = comparisons.flatMap { $0.map(\.pValue) }
    guard !pValues.isEmpty else { return outcome }
    let family = Family(
      correction: MultipleTesting(familySize: pValues.count), size: pValues.count, isGrouped: input.hasSharedGroups)
    if family.isGrouped { outcome.notRun.append(.groupedImages) }

    var adjusted = family.correction.adjusted(pValues)[...]
    for (pair, comparisons) in zip(pairs, comparisons) where !comparisons.isEmpty {
      let findings = zip(comparisons, adjusted).compactMap { finding($0, $1, family, input) }
      let least = adjusted.prefix(comparisons.count).min() ?? 1
      adjusted = adjusted.dropFirst(comparisons.count)
      outcome.findings += findings
      guard findings.isEmpty else { continue }
      let classes = counted(labelled.labels(in: [pair.0, pair.1]).count, "class", "classes")
      let names = "\(input.name(ofSplit: pair.0)) and \(input.name(ofSplit: pair.1))"
      outcome.held.append(.noSkew(of: classes, between: names, least, family.correction))
    }
    return outcome
  }

  // MARK: Tests

  /// The tests that a p-value was adjusted among.
  private struct Family {
    let correction: MultipleTesting
    let size: Int
    let isGrouped: Bool
  }

  /// Every class of two splits.
  private func comparisons(of compared: Int, to reference: Int, _ labelled: LabelledSplits) -> [ClassComparison] {
    let all = labelled.labels(in: [reference, compared]).map {
      ClassComparison(label: $0, reference: reference, compared: compared, labelled)
    }
    guard all.count <= 2 else { return all }
    // Two classes are one test. It is told of the class whose share changed by the larger factor.
    return all.count < 2 ? [] : [all[1].factor > all[0].factor ? all[1] : all[0]]
  }

  // MARK: Findings

  private func finding(
    _ comparison: ClassComparison, _ adjusted: Double, _ family: Family, _ input: AuditInput
  ) -> Finding? {
    let ratio = comparison.ratio
    func passes(_ limits: Limits) -> Bool { adjusted < limits.pValue && !limits.ratios.contains(ratio.value) }
    guard passes(Self.warning) else { return nil }
    let severity: Severity = passes(Self.error) && !family.isGrouped ? .error : .warning
    let splits = [comparison.reference, comparison.compared]
    return Finding(
      rule: id, severity: severity, message: message(comparison, adjusted, family, input), splits: splits.sorted(),
      evidence: [
        Evidence("label", .text(input.manifest.labels[comparison.label])),
        Evidence("reference", .text(input.manifest.splits[comparison.reference].name)),
        Evidence("referenceCount", .integer(comparison.referenceCount)),
        Evidence("referenceTotal", .integer(comparison.referenceTotal)),
        Evidence("compared", .text(input.manifest.splits[comparison.compared].name)),
        Evidence("comparedCount", .integer(comparison.comparedCount)),
        Evidence("comparedTotal", .integer(comparison.comparedTotal)),
        Evidence("shareRatio", .decimal(ratio.value, digits: 4)),
        Evidence("low", .decimal(ratio.low, digits: 4)),
        Evidence("high", .decimal(ratio.high, digits: 4)),
        Evidence("pValue", .text(significant(comparison.pValue))),
        Evidence("adjustedPValue", .text(significant(adjusted))),
        Evidence("correction", .text(family.correction.rawValue)),
        Evidence("tests", .integer(family.size)),
      ],
      items: ["label=\(input.manifest.labels[comparison.label])"]
        + splits.map { "split=\(input.manifest.splits[$0].name)" })
  }

  private func message(_ found: ClassComparison, _ adjusted: Double, _ family: Family, _ input: AuditInput) -> String {
    let ratio = found.ratio
    let shares =
      "\(input.name(ofLabel: found.label)) is \(part(found.referenceCount, of: found.referenceTotal)) of "
      + "\(input.name(ofSplit: found.reference)) and \(part(found.comparedCount, of: found.comparedTotal)) of "
      + input.name(ofSplit: found.compared)
    let factor =
      ratio.value.isFinite && ratio.value > 0
      ? ": \(ratioText(ratio.value)) times (95 % interval \(ratioText(ratio.low)) to \(ratioText(ratio.high)))" : ""
    let sign = adjusted < 1e-300 ? "" : "= "
    return "\(shares)\(factor); p \(sign)\(significant(adjusted)) "
      + "(Fisher exact, \(family.correction.rawValue) over \(counted(family.size, "test")))"
  }
}

/// One class in two splits.
private struct ClassComparison {
  /// Index into the manifest's labels.
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
  /// Fisher's exact test of the class against the rest.
  let pValue: Double

  init(label: Int, reference: Int, compared: Int, _ labelled: LabelledSplits) {
    self.label = label
    self.reference = reference
    self.compared = compared
    referenceCount = labelled.counts[reference][label]
    referenceTotal = labelled.totals[reference]
    comparedCount = labelled.counts[compared][label]
    comparedTotal = labelled.totals[compared]
    ratio = ShareRatio(comparedCount, of: comparedTotal, to: referenceCount, of: referenceTotal)
    pValue = FisherExactTest(referenceCount, of: referenceTotal, and: comparedCount, of: comparedTotal).pValue
  }

  /// By how much the share changed, whichever way, 1...infinity.
  var factor: Double { max(ratio.value, 1 / ratio.value) }
}

extension AuditInput {
  /// Whether some group holds two samples or more, so that samples are not independent.
  fileprivate var hasSharedGroups: Bool {
    manifest.groupings.contains { $0.groupedCount > $0.groups.count }
  }
}

extension String {
  fileprivate static func tooSmall(_ split: String, _ count: Int) -> String {
    "\(split) holds \(counted(count, "labelled image")): class-skew compares splits of "
      + "\(ClassSkewRule.leastSplitSize) or more, fewer cannot tell skew from chance"
  }

  fileprivate static let groupedImages =
    "class-skew takes images for independent, and here several come from one group: its p-values are too small, so it"
    + " warns at most"

  /// Not significant is not equal: the sentence gives the smallest p-value and lets the reader judge.
  fileprivate static func noSkew(
    of classes: String, between splits: String, _ least: Double, _ correction: MultipleTesting
  ) -> String {
    let limits = ClassSkewRule.warning
    let ratios = "\(fixed(limits.ratios.lowerBound, digits: 1)) to \(fixed(limits.ratios.upperBound, digits: 2)) times"
    return "class shares: none of \(classes) differs between \(splits) both beyond chance"
      + " (p < \(fixed(limits.pValue, digits: 2))) and beyond \(ratios)"
      + " (Fisher exact, \(correction.rawValue); smallest p \(significant(least)))"
  }
}
