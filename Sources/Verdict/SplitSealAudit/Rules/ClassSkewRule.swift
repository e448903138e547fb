internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealStatistics

/// Finds classes whose share differs between two splits more than a random split would make it.
///
/// A flag needs three things: enough images, an adjusted p-value below the level, and an effect beyond the floor. With
/// a million images every difference is significant, and with thirty every ratio is large.
struct ClassSkewRule: Rule {
  var id: RuleID { .classSkew }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    switch input.reading.meaning {
    case .absent, .unusable: return RuleOutcome()
    case .numbers: return NumberSkew(input).outcome
    case .classes: break
    }
    let labelled = LabelledSplits(input)
    guard labelled.splits.count > 1 else { return RuleOutcome() }
    var outcome = RuleOutcome()
    let (units, isGrouped) = input.unitTable(labelled)
    let sample = MinimumSample(input)
    let large = labelled.splits.filter { split in
      let gap = sample.gap(
        split, images: labelled.totals[split], groups: isGrouped ? units.unitCount(of: split) : nil)
      if let gap { outcome.inconclusive.append(gap) }
      return gap == nil
    }
    guard labelled.labels(in: labelled.splits).count > 1 else { return outcome }
    let pairs = large.indices.flatMap { first in large[(first + 1)...].map { (large[first], $0) } }
    let limits = input.policy.classes
    var comparisons = pairs.enumerated().map { index, pair in
      SplitPairComparison(
        reference: pair.0, compared: pair.1, labelled, units: units, isGrouped: isGrouped,
        isMultiple: input.reading.isMultiple, limits: limits,
        permutationCount: SkewFamily.permutationCount(
          pairs: pairs.count, cost: units.drawCost(first: pair.0, second: pair.1), limits), stream: index)
    }.filter { $0.classCount > 1 }
    let family = SkewFamily(&comparisons, isGrouped: isGrouped)
    for pair in comparisons {
      let report = SkewReport(pair: pair, family: family, input: input)
      let findings = report.findings
      outcome.findings += findings
      if findings.isEmpty { outcome.passedChecks += report.passedChecks }
    }
    return outcome
  }
}

/// When there is too little to tell a difference between splits from chance.
struct MinimumSample {
  private let input: AuditInput

  init(_ input: AuditInput) { self.input = input }

  /// Why a split is too small to be compared; `nil` when it is not.
  ///
  /// `groups` is `nil` where images are independent.
  func gap(_ split: Int, images: Int, groups: Int?) -> String? {
    let limits = input.policy.classes
    let name = input.name(ofSplit: split)
    if images < limits.leastImageCount {
      return
        "\(name) holds \(counted(images, "labelled image")): fewer than \(grouped(limits.leastImageCount)) cannot tell"
        + " whether labels differ from those of another split by chance"
    }
    guard let groups, groups < limits.leastGroupCount else { return nil }
    return "\(name) holds \(counted(groups, "group")) of labelled images: fewer than \(grouped(limits.leastGroupCount))"
      + " cannot tell whether labels differ from those of another split by chance"
  }
}
