public import SplitSealRules
internal import SplitSealPolicy

/// The sentences of an audit beside its findings, by the rule that says them.
public struct RuleStatements: Hashable, Sendable {
  /// The rule; `nil` for what is about the whole audit.
  public let rule: RuleID?
  /// What was checked and found in order, in words for people: a number that means nothing is left out, while
  /// ``AuditResult/held`` has it.
  public let passedChecks: [String]
  /// What keeps the verdict from being a pass.
  public let inconclusive: [String]
  /// What was not looked at, and why.
  public let skippedChecks: [String]
}
