internal import SplitSealManifest

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
    let comparisons = comparisons(of: large, labelled, labelCount: input.manifest.labels.count)
    guard !comparisons.isEmpty else { return outcome }
    let isGrouped = input.hasSharedGroups
    if isGrouped { outcome.notRun.append(.groupedImages) }

    let correction = MultipleTesting(familySize: comparisons.count)
    let adjusted = correction.adjusted(comparisons.map(\.pValue))
    for pair in pairs(of: large) {
      let ours = comparisons.indices.filter { comparisons[$0].reference == pair.0 && comparisons[$0].compared == pair.1 }
      let family = Family(correction: correction, size: comparisons.count, isGrouped: isGrouped)
      let findings = ours.compactMap { finding(comparisons[$0], adjusted[$0], family, input) }
      outcome.findings += findings
      guard findings.isEmpty, let first = ours.first else { continue }
      let names = (input.name(ofSplit: comparisons[first].reference), input.name(ofSplit: comparisons[first].compared))
      let classCount = input.manifest.labels.indices.count { labelled.counts[pair.0][$0] + labelled.counts[pair.1][$0] > 0 }
      outcome.held.append(.noSkew(names.0, names.1, classCount, correction))
    }
    return outcome
  }

  // MARK: Tests

  /// One class in two splits.
  private struct Comparison {
    let label: Int
    let reference: Int
    let compared: Int
    let referenceCount: Int
    let referenceTotal: Int
    let comparedCount: Int
    let comparedTotal: Int
    let pValue: Double

    var ratio: ShareRatio {
      ShareRatio(comparedCount, of: comparedTotal, to: referenceCount, of: referenceTotal)
    }
  }

  /// The tests that a p-value was adjusted among.
  private struct Family {
    let correction: MultipleTesting
    let size: Int
    let isGrouped: Bool
  }

  private func pairs(of splits: [Int]) -> [(Int, Int)] {
    splits.indices.flatMap { first in splits[(first + 1)...].map { (splits[first], $0) } }
  }

  private func comparisons(of splits: [Int], _ labelled: LabelledSplits, labelCount: Int) -> [Comparison] {
    pairs(of: splits).flatMap { reference, compared -> [Comparison] in
      let (a, b) = (labelled.counts[reference], labelled.counts[compared])
      let present = (0..<labelCount).filter { a[$0] + b[$0] > 0 }
      guard present.count > 1 else { return [] }
      let all = (present.count == 2 ? present.prefix(1) : present[...]).map { label in
        let test = FisherExactTest(a[label], of: labelled.totals[reference], and: b[label], of: labelled.totals[compared])
        return (label, test.pValue)
      }
      let found = all.map { label, pValue in
        Comparison(
          label: label, reference: reference, compared: compared, referenceCount: a[label],
          referenceTotal: labelled.totals[reference], comparedCount: b[label], comparedTotal: labelled.totals[compared],
          pValue: pValue)
      }
      guard present.count == 2, let first = found.first else { return found }
      // Two classes are one test. It is told of the class whose share changed by the larger factor.
      let second = Comparison(
        label: present[1], reference: reference, compared: compared, referenceCount: a[present[1]],
        referenceTotal: first.referenceTotal, comparedCount: b[present[1]], comparedTotal: first.comparedTotal,
        pValue: first.pValue)
      return [factor(second) > factor(first) ? second : first]
    }
  }

  /// By how much a share changed, whichever way, 1...infinity.
  private func factor(_ comparison: Comparison) -> Double {
    max(comparison.ratio.value, 1 / comparison.ratio.value)
  }

  // MARK: Findings

  private func finding(_ comparison: Comparison, _ adjusted: Double, _ family: Family, _ input: AuditInput) -> Finding? {
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

  private func message(_ found: Comparison, _ adjusted: Double, _ family: Family, _ input: AuditInput) -> String {
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

extension AuditInput {
  /// Whether some group holds two samples or more, so that samples are not independent.
  fileprivate var hasSharedGroups: Bool {
    manifest.samples.count { $0.group != nil } > manifest.groups.count
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

  fileprivate static func noSkew(_ a: String, _ b: String, _ classCount: Int, _ correction: MultipleTesting) -> String {
    let limits = ClassSkewRule.warning
    return "class shares: none of \(counted(classCount, "class", "classes")) differs between \(a) and \(b) both beyond chance"
      + " (p < \(fixed(limits.pValue, digits: 2))) and beyond \(fixed(limits.ratios.lowerBound, digits: 1)) to"
      + " \(fixed(limits.ratios.upperBound, digits: 2)) times (Fisher exact, \(correction.rawValue))"
  }
}
