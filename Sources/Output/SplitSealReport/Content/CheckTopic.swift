internal import SplitSealAudit
internal import SplitSealRules

/// Checks without a finding, counted by what their rules are about, so that a short report can give each topic one line.
enum CheckTopic {
  /// The topics in which something was checked without a finding, with the number of such checks.
  static func counts(of result: AuditResult) -> [(title: String, count: Int)] {
    RuleDescription.Topic.allCases.compactMap { topic in
      let rules = RuleCatalogue.all.filter { $0.topic == topic }.map(\.id)
      let count = result.statements.filter { $0.rule.map(rules.contains) ?? false }.reduce(0) {
        $0 + $1.passedChecks.count
      }
      return count == 0 ? nil : (topic.rawValue, count)
    }
  }
}
