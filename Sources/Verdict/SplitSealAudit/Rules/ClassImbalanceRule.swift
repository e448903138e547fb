internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealStatistics

/// Finds splits whose class ratio is not the declared one.
///
/// Each declared class is held against the first: found over declared ratio must lie in 1/(1 + t)...(1 + t) for a tolerance
/// t, which does not depend on which of two classes is named first. The counts decide, not a test: a declared ratio is a
/// statement about these files. The interval says what it means for the source the files came from.
struct ClassImbalanceRule: Rule {
  var id: RuleID { .classImbalance }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    let declared = input.policy.classRatio
    guard !declared.isEmpty else {
      if input.reading.meaning == .classes { outcome = ClassBalance.outcome(input) }
      return outcome
    }
    guard declared.count > 1, declared.allSatisfy({ $0.part > 0 && $0.part.isFinite }) else {
      outcome.inconclusive = ["the declared class ratio needs two classes or more, each with a part above 0"]
      return outcome
    }
    guard input.reading.meaning != .absent else {
      outcome.inconclusive = ["a class ratio is declared and the manifest gives no labels: it could not be checked"]
      return outcome
    }
    guard input.reading.meaning == .classes else {
      outcome.inconclusive = ["a class ratio is declared and the labels are no classes: it could not be checked"]
      return outcome
    }
    // `String` would take names for equal that differ in bytes, and labels are told apart by bytes.
    let labels = declared.map { share in
      input.reading.classNames.firstIndex { $0.hasSameBytes(as: share.label) }
    }
    outcome.findings = unknownLabels(labels, input)
    guard outcome.findings.isEmpty else { return outcome }
    outcome.findings = undeclaredLabels(labels.compactMap(\.self), input)

    let labelled = LabelledSplits(input)
    for split in input.manifest.splits.indices {
      evaluate(labelled.counts[split], labels.compactMap(\.self), split, input, &outcome)
    }
    return outcome
  }

  // MARK: One split

  private func evaluate(
    _ counts: [Int], _ labels: [Int], _ split: Int, _ input: AuditInput, _ outcome: inout RuleOutcome
  ) {
    let name = input.name(ofSplit: split)
    let declared = input.policy.classRatio
    guard counts.contains(where: { $0 > 0 }) else {
      outcome.inconclusive.append("\(name) has no labels: the declared class ratio could not be checked there")
      return
    }
    let ratios = labels.indices.dropFirst().map { index in
      FoundRatio(
        label: labels[index], against: labels[0], count: counts[labels[index]], againstCount: counts[labels[0]],
        declared: declared[index].part / declared[0].part)
    }
    guard let farthest = ratios.max(by: { $0.deviation < $1.deviation }) else { return }
    // The slack keeps 110 to 100 within 10 % of 1 to 1.
    let limit = input.policy.ratioTolerance + 1e-9
    if farthest.deviation <= limit {
      outcome.passedChecks.append(
        "\(name) holds \(farthest.sentence(input)): within \(tolerance(input)) of what is declared")
      return
    }
    let others = ratios.count { $0.deviation > limit } - 1
    let baseline = ConstantAnswer(counts)
    let more = others > 0 ? "; \(counted(others, "more class", "more classes")) off" : ""
    outcome.findings.append(
      Finding(
        rule: id, severity: .error,
        message: "\(name) holds \(farthest.sentence(input))\(more); \(baseline.sentence(input))", splits: [split],
        evidence: evidence(farthest, baseline, input), items: ["split=\(input.manifest.splits[split].name)"]))
  }

  private func evidence(_ ratio: FoundRatio, _ baseline: ConstantAnswer, _ input: AuditInput) -> [Evidence] {
    [
      Evidence("label", .text(input.reading.classNames[ratio.label])),
      Evidence("count", .integer(ratio.count)),
      Evidence("againstLabel", .text(input.reading.classNames[ratio.against])),
      Evidence("againstCount", .integer(ratio.againstCount)),
      Evidence("declaredRatio", .decimal(ratio.declared, digits: 4)),
      Evidence("foundRatio", .decimal(ratio.found, digits: 4)),
      Evidence("low", .decimal(ratio.interval.low, digits: 4)),
      Evidence("high", .decimal(ratio.interval.high, digits: 4)),
      Evidence("tolerance", .decimal(input.policy.ratioTolerance, digits: 4)),
    ] + baseline.evidence(input)
  }

  private func tolerance(_ input: AuditInput) -> String { percent(input.policy.ratioTolerance, digits: 0) }

  // MARK: Labels

  private func unknownLabels(_ labels: [Int?], _ input: AuditInput) -> [Finding] {
    let known = enumeration(input.reading.classNames.map(\.quoted))
    return zip(labels, input.policy.classRatio).filter { $0.0 == nil }.map { _, share in
      Finding(
        rule: id, severity: .error,
        message: "the declared class \(share.label.quoted) is no label of this dataset; its labels are \(known)",
        splits: Array(input.manifest.splits.indices), evidence: [Evidence("label", .text(share.label))],
        items: ["unknown", "label=\(share.label)"])
    }
  }

  private func undeclaredLabels(_ labels: [Int], _ input: AuditInput) -> [Finding] {
    let others = input.reading.classNames.indices.filter { !labels.contains($0) }
    guard !others.isEmpty else { return [] }
    let names = enumeration(others.map(input.name(ofClass:)))
    return [
      Finding(
        rule: id, severity: .warning,
        message: "\(counted(others.count, "label is", "labels are")) not in the declared ratio and left out: \(names)",
        splits: Array(input.manifest.splits.indices), evidence: [Evidence("labels", .integer(others.count))],
        items: ["undeclared"] + others.map { "label=\(input.reading.classNames[$0])" })
    ]
  }
}

/// How many of one class a split holds for each of another.
private struct FoundRatio {
  let label: Int
  let against: Int
  let count: Int
  let againstCount: Int
  /// Declared ratio, greater than 0.
  let declared: Double

  /// Found ratio, 0...infinity; not a number when the split holds neither class.
  var found: Double { Double(count) / Double(againstCount) }

  /// The 95 % interval of the ratio: Wilson's of the share among the two classes, as odds.
  var interval: (low: Double, high: Double) { WilsonInterval(count, of: count + againstCount).odds }

  /// How far off the ratio is, in the direction that makes it 0 or more; infinite when a class is absent.
  var deviation: Double {
    guard count > 0, againstCount > 0 else { return .infinity }
    return max(found / declared, declared / found) - 1
  }

  func sentence(_ input: AuditInput) -> String {
    let (name, other) = (input.name(ofClass: label), input.name(ofClass: against))
    let claim = "\(ratioText(declared)) is declared"
    guard count > 0 || againstCount > 0 else { return "neither \(name) nor \(other) where a ratio of \(claim)" }
    guard againstCount > 0 else { return "\(grouped(count)) \(name) and no \(other) where a ratio of \(claim)" }
    let (low, high) = interval
    return "\(ratioText(found)) \(name) for each \(other) where \(claim) "
      + "(95 % interval \(ratioText(low)) to \(ratioText(high)))"
  }
}
