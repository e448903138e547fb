internal import SplitSealRules
internal import SplitSealAudit
internal import SplitSealPolicy

/// What rules are about, so that a short report can count their checks in one line.
struct CheckTopic {
  let title: String
  let rules: [RuleID]

  /// Every topic; each rule is in one.
  static let all = [
    CheckTopic(title: "copies between splits", rules: [.exactDuplicate, .nearDuplicate, .inDoubt]),
    CheckTopic(title: "groups, sequences and dates", rules: [.groupLeak, .sequenceLeak, .dates]),
    CheckTopic(title: "earlier reports and other datasets", rules: [.movedIntoTest, .referenceLeak]),
    CheckTopic(title: "repeats within a split", rules: [.redundancy]),
    CheckTopic(title: "files and rows", rules: [.unreadableImage, .duplicateRow]),
    CheckTopic(
      title: "labels and classes", rules: [.labelConflict, .classMissing, .classImbalance, .classSkew]),
    CheckTopic(title: "image properties", rules: [.propertyDrift, .shortcut]),
  ]

  /// The topics in which something was checked without a finding, with the number of such checks.
  static func counts(of result: AuditResult) -> [(title: String, count: Int)] {
    all.compactMap { topic in
      let count = result.statements.filter { $0.rule.map(topic.rules.contains) ?? false }.reduce(0) {
        $0 + $1.held.count
      }
      return count == 0 ? nil : (topic.title, count)
    }
  }
}
