public import SplitSealRules

/// Which samples belong together, and which are neighbours in time.
public struct GroupingDeclaration: Hashable, Sendable {
  /// Columns of groups (subject, patient, video, scene); empty looks for the usual names.
  public var columns: [String] = []
  /// Regular expressions over paths whose first capture is the group: `subject_(\\d+)`.
  public var patterns: [String] = []
  /// Column of the capture time; `nil` looks for none.
  public var timeColumn: String?
  /// Whether every test image has to be younger than every training image; needs a time.
  public var isTestLater = false
  /// A test frame this many steps or fewer from a training frame of its sequence leaks; a step is the sequence's own
  /// median spacing.
  public var leakingSteps = 1.0

  /// The defaults.
  public init() {}
}

/// Two splits that may share pictures or groups.
public struct AllowedOverlap: Hashable, Sendable {
  /// Name of one split.
  public let first: String
  /// Name of the other split.
  public let second: String
  /// The rules that are not applied between the two; empty stands for all that find leaks.
  public let rules: [RuleID]
  /// Why that is right.
  public let reason: String

  /// Declares an overlap.
  public init(_ first: String, _ second: String, rules: [RuleID] = [], reason: String) {
    self.first = first
    self.second = second
    self.rules = rules
    self.reason = reason
  }
}
