public import SplitSealRules

/// Severities, thresholds and declarations of an audit.
///
/// Whoever is audited can write one, so that every report names what differs from the defaults.
public struct Policy: Hashable, Sendable {
  /// The least severity that fails the audit.
  public var failOn: Severity = .error
  /// Severities that are not the rules' own, each rule at most once; by the rules' names when read from a file.
  public var severities: [SeverityOverride] = []
  /// Share of a split's images that may be unreadable without making the verdict inconclusive, 0...1.
  public var allowedUnreadableShare = 0.0
  /// Share of a split's readable images that may show too little to be compared, or have pairs in doubt, without making the
  /// verdict inconclusive, 0...1.
  ///
  /// One in a hundred: a blank page or a dark frame here and there makes no statement about a split worthless, and what a
  /// test set of any size says changes by no more than that.
  public var allowedUnsettledShare = 0.01
  /// Share of a split's images that may repeat another image of the split before that is a warning and not a note, 0...1.
  public var redundancyWarningShare = 0.01
  /// The declared class ratio, in the order given: `real=1,spoof=1`; empty when none is declared.
  public var classRatio: [DeclaredShare] = []
  /// How far the ratio of a class to the first declared class may be off, 0 or more: 0.1 accepts 1/1.1 to 1.1 times what
  /// is declared.
  public var ratioTolerance = 0.1
  /// What is told from the labels.
  public var classes = ClassLimits()
  /// What differs too much between splits.
  public var propertyDrift = PropertyDriftLimits()
  /// How well one property may predict the label.
  public var shortcut = ShortcutLimits()
  /// How near-duplicates are told.
  public var match = MatchDeclaration()
  /// Which samples belong together, and which are neighbours.
  public var grouping = GroupingDeclaration()
  /// Pairs of splits that may share pictures or groups.
  public var allowedOverlaps: [AllowedOverlap] = []

  /// The default policy.
  public init() {}
}

/// A severity that a policy gives to a rule.
public struct SeverityOverride: Hashable, Sendable {
  /// The rule.
  public let rule: RuleID
  /// The severity of its warnings and errors, notes stay notes; `nil` switches the rule off.
  public let severity: Severity?

  /// Makes an override.
  public init(rule: RuleID, severity: Severity?) {
    self.rule = rule
    self.severity = severity
  }
}

/// One class of a declared ratio.
public struct DeclaredShare: Hashable, Sendable {
  /// The label.
  public let label: String
  /// Its part of the ratio, greater than 0.
  public let part: Double

  /// Declares a part.
  public init(label: String, part: Double) {
    self.label = label
    self.part = part
  }
}
