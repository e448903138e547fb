internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealStatistics

/// What class-skew has to say of two splits.
struct SkewReport {
  let pair: SplitPairComparison
  let family: SkewFamily
  let input: AuditInput

  /// The table, then its classes.
  var findings: [Finding] { [tableFinding].compactMap(\.self) + pair.classes.compactMap(finding) }

  private var limits: ClassLimits { input.policy.classes }
  private var reference: String { input.name(ofSplit: pair.reference) }
  private var compared: String { input.name(ofSplit: pair.compared) }
  private var splits: [Int] { [pair.reference, pair.compared].sorted() }
  private var splitItems: [String] { splits.map { "split=\(input.manifest.splits[$0].name)" } }
  private var draws: String {
    "\(grouped(pair.assignment.permutationCount)) random assignments of \(family.isGrouped ? "groups" : "images")"
  }

  // MARK: The table

  private var tableFinding: Finding? {
    guard pair.passes(limits.warning, limits) else { return nil }
    let test = pair.assignment
    let message =
      "class shares of \(reference) and \(compared) differ: \(percent(test.distance, digits: 2)) of the labels of one split "
      + "would have to change for those of the other (random splits: \(percent(test.nullMeanDistance, digits: 2)) on "
      + "average, 95 % below \(percent(test.nullHighDistance, digits: 2))); \(pText(test.pValue)), adjusted "
      + "\(significant(pair.adjustedPValue)) (\(draws), Holm over \(counted(family.pairs, "table")))"
    return Finding(
      rule: .classSkew, severity: pair.passes(limits.error, limits) ? .error : .warning, message: message,
      splits: splits,
      evidence: names + tableEvidence, items: ["table"] + splitItems)
  }

  private var names: [Evidence] {
    [
      Evidence("reference", .text(input.manifest.splits[pair.reference].name)),
      Evidence("compared", .text(input.manifest.splits[pair.compared].name)),
    ]
  }

  /// The effect sizes, which every finding carries.
  private var tableEvidence: [Evidence] {
    let (test, chiSquare) = (pair.assignment, pair.chiSquare)
    var evidence = [
      Evidence("distance", .decimal(test.distance, digits: 4)),
      Evidence("nullMeanDistance", .decimal(test.nullMeanDistance, digits: 4)),
      Evidence("nullHighDistance", .decimal(test.nullHighDistance, digits: 4)),
      Evidence("tablePValue", .text(significant(test.pValue))),
      Evidence("adjustedTablePValue", .text(significant(pair.adjustedPValue))),
      Evidence("permutations", .integer(test.permutationCount)),
      Evidence("seed", .text(String(test.seed))),
      Evidence("permuted", .text(family.isGrouped ? "groups" : "images")),
      Evidence("chiSquare", .decimal(test.statistic, digits: 2)),
      Evidence("likelihoodRatio", .decimal(chiSquare.likelihoodRatio, digits: 2)),
      Evidence("degrees", .integer(chiSquare.degrees)),
      Evidence("cramersV", .decimal(pair.distance.cramersV, digits: 4)),
      Evidence("jensenShannon", .decimal(pair.distance.jensenShannon, digits: 4)),
      Evidence("stabilityIndex", .decimal(pair.stability.index, digits: 4)),
    ]
    if let critical = pair.stability.criticalValue, !family.isGrouped {
      evidence.append(Evidence("stabilityCritical", .decimal(critical, digits: 4)))
    }
    if chiSquare.meetsCochransCondition, !family.isGrouped, !input.reading.isMultiple {
      evidence.append(Evidence("asymptoticPValue", .text(significant(chiSquare.pValue))))
    }
    return evidence
  }

  // MARK: One class

  private func finding(_ comparison: ClassComparison) -> Finding? {
    guard comparison.passes(limits.warning) else { return nil }
    return Finding(
      rule: .classSkew, severity: comparison.passes(limits.error) ? .error : .warning, message: message(comparison),
      splits: splits, evidence: evidence(comparison) + tableEvidence,
      items: ["label=\(input.reading.classNames[comparison.label])"] + splitItems)
  }

  private func message(_ found: ClassComparison) -> String {
    let ratio = found.ratio
    let shares =
      "\(input.name(ofClass: found.label)) is \(part(found.referenceCount, of: found.referenceTotal)) of \(reference) and "
      + "\(part(found.comparedCount, of: found.comparedTotal)) of \(compared)"
    // The interval takes images for independent.
    let interval =
      family.isGrouped ? "" : " (95 % interval \(ratioText(ratio.low)) to \(ratioText(ratio.high)))"
    let factor = ratio.value.isFinite && ratio.value > 0 ? ": \(ratioText(ratio.value)) times\(interval)" : ""
    return "\(shares)\(factor); \(pText(found.pValue)), adjusted \(significant(found.adjustedPValue)) (\(classTest))"
  }

  /// The test of a class and its adjustment, for a sentence.
  private var classTest: String {
    family.isGrouped
      ? "\(draws), largest of \(counted(pair.classCount, "class", "classes")), Holm over \(counted(family.pairs, "table"))"
      : "Fisher exact, \(family.correction.rawValue) over \(counted(family.classTests, "test"))"
  }

  private func evidence(_ found: ClassComparison) -> [Evidence] {
    let ratio = found.ratio
    var evidence = [
      Evidence("label", .text(input.reading.classNames[found.label])),
      Evidence("reference", .text(input.manifest.splits[found.reference].name)),
      Evidence("referenceCount", .integer(found.referenceCount)),
      Evidence("referenceTotal", .integer(found.referenceTotal)),
      Evidence("compared", .text(input.manifest.splits[found.compared].name)),
      Evidence("comparedCount", .integer(found.comparedCount)),
      Evidence("comparedTotal", .integer(found.comparedTotal)),
      Evidence("shareRatio", .decimal(ratio.value, digits: 4)),
      Evidence("pValue", .text(significant(found.pValue))),
      Evidence("adjustedPValue", .text(significant(found.adjustedPValue))),
      Evidence("correction", .text(family.isGrouped ? "max T" : family.correction.rawValue)),
      Evidence("tests", .integer(family.classTests)),
    ]
    guard !family.isGrouped else { return evidence }
    let own = WilsonInterval(found.referenceCount, of: found.referenceTotal)
    let other = WilsonInterval(found.comparedCount, of: found.comparedTotal)
    let difference = NewcombeInterval(
      found.comparedCount, of: found.comparedTotal, minus: found.referenceCount, of: found.referenceTotal)
    evidence += [
      Evidence("low", .decimal(ratio.low, digits: 4)), Evidence("high", .decimal(ratio.high, digits: 4)),
      Evidence("referenceLow", .decimal(own.low, digits: 4)), Evidence("referenceHigh", .decimal(own.high, digits: 4)),
      Evidence("comparedLow", .decimal(other.low, digits: 4)),
      Evidence("comparedHigh", .decimal(other.high, digits: 4)),
      Evidence("differenceLow", .decimal(difference.low, digits: 4)),
      Evidence("differenceHigh", .decimal(difference.high, digits: 4)),
    ]
    return evidence
  }

  // MARK: What held

  /// Not significant is not equal: the sentences give the p-values and effects and let the reader judge.
  var passedChecks: [String] {
    let level = limits.warning
    let least = pair.classes.map(\.adjustedPValue).min() ?? 1
    let ratios = "\(fixed(1 / level.shareRatio, digits: 2)) to \(fixed(level.shareRatio, digits: 2)) times"
    let names = "\(reference) and \(compared)"
    var sentences = [
      "class shares: none of \(counted(pair.classCount, "class", "classes")) differs between \(names) both beyond chance"
        + " (p < \(level.pValue)) and beyond \(ratios) (\(classTest); smallest adjusted p "
        + "\(significant(least)))",
      effects(names),
    ]
    let margin = limits.equivalenceMargin
    if pair.bound.upperBound < margin {
      sentences.append(
        "class shares of \(names) are equal within \(points(margin)): the upper 95 % bound of the largest difference is "
          + "\(points(pair.bound.upperBound)) (\(grouped(pair.bound.sampleCount)) bootstrap samples of "
          + "\(family.isGrouped ? "groups" : "images"))")
    }
    if pair.assignment.evennessPValue < 0.01 {
      sentences.append(
        "class shares of \(names) are closer than in 99 % of random splits: the split was stratified by class")
    }
    return sentences
  }

  private func effects(_ names: String) -> String {
    let test = pair.assignment
    var text =
      "class shares of \(names): total variation distance \(percent(test.distance, digits: 2)) (random splits: "
      + "\(percent(test.nullMeanDistance, digits: 2)) on average, 95 % below \(percent(test.nullHighDistance, digits: 2)); "
      + "\(pText(test.pValue)), \(draws)), Cramer's V \(fixed(pair.distance.cramersV, digits: 3)), Jensen-Shannon distance "
      + "\(fixed(pair.distance.jensenShannon, digits: 3)), population stability index "
      + fixed(pair.stability.index, digits: 4)
    if let critical = pair.stability.criticalValue, !family.isGrouped {
      text += " (random splits: 95 % below \(fixed(critical, digits: 4)))"
    }
    return text
  }
}

/// A p-value for a sentence: `p = 0.0043`, `p <1e-300`.
func pText(_ pValue: Double) -> String { "p \(pValue < 1e-300 ? "" : "= ")\(significant(pValue))" }

/// A difference of shares, for a sentence: `5 points`, `1.4 points`.
private func points(_ share: Double) -> String {
  let text = fixed(100 * share, digits: 1)
  let short = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  return "\(short) \(short == "1" ? "point" : "points")"
}
