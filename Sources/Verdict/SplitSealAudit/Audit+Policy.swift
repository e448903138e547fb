internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy

extension Audit {
  /// What one rule says, as the policy wants to hear it.
  static func outcome(of rule: any Rule, _ input: AuditInput) -> RuleOutcome {
    guard let override = input.policy.severities.first(where: { $0.rule == rule.id }) else {
      return rule.evaluate(input)
    }
    guard let severity = override.severity else {
      var outcome = RuleOutcome()
      outcome.skippedChecks.append("\(rule.id.rawValue): the policy switches this rule off")
      return outcome
    }
    var outcome = rule.evaluate(input)
    for index in outcome.findings.indices where outcome.findings[index].severity > .note {
      outcome.findings[index].severity = severity
    }
    return outcome
  }

  /// Takes out what the policy allows two splits to share.
  ///
  /// - Returns: The findings that stay, by rule, and one sentence for each overlap that the policy allows.
  static func withoutAllowed(
    _ findingsByRule: [[Finding]], _ input: AuditInput
  ) -> (findings: [[Finding]], sentences: [String]) {
    var findingsByRule = findingsByRule
    var sentences: [String] = []
    let splits = input.manifest.splits
    func split(_ name: String) -> Int? { splits.firstIndex { $0.name.hasSameBytes(as: name) } }
    for overlap in input.policy.allowedOverlaps {
      let names = [overlap.first, overlap.second]
      let indices = names.compactMap(split).sorted()
      guard indices.count == 2 else {
        let unknown = names.filter { split($0) == nil }.map(\.quoted)
        sentences.append(
          "the policy allows an overlap of \(enumeration(names.map(\.quoted))), and \(enumeration(unknown)) "
            + "\(unknown.count == 1 ? "is no split" : "are no splits") of this dataset")
        continue
      }
      let rules = overlap.rules.isEmpty ? RuleID.leaks : overlap.rules
      var counts: [String] = []
      for rule in findingsByRule.indices {
        let isAllowed = { (finding: Finding) in finding.splits == indices && rules.contains(finding.rule) }
        let allowed = findingsByRule[rule].filter(isAllowed)
        guard let first = allowed.first else { continue }
        counts.append(counted(allowed.count, "\(first.rule.rawValue) finding"))
        findingsByRule[rule].removeAll(where: isAllowed)
      }
      let what = counts.isEmpty ? "nothing was found" : enumeration(counts)
      sentences.append(
        "allowed by the policy: \(what) between \(printable(overlap.first)) and \(printable(overlap.second))"
          + " (\(printable(overlap.reason)))")
    }
    return (findingsByRule, sentences)
  }
}
