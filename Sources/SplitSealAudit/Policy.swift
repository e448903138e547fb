/// Severities and thresholds of an audit.
public struct Policy: Hashable, Sendable {
  /// The least severity that fails the audit.
  public var failOn: Severity = .error
  /// Share of a split's images that may be unreadable without making the verdict inconclusive, 0...1.
  public var allowedUnreadableShare = 0.0
  /// Share of a split's images that may repeat another image of the split before that is a warning and not a note, 0...1.
  public var redundancyWarningShare = 0.01
  /// The declared class ratio, in the order given: `real=1,spoof=1`; empty when none is declared.
  public var classRatio: [DeclaredShare] = []
  /// How far the ratio of a class to the first declared class may be off, 0 or more: 0.1 accepts 1/1.1 to 1.1 times what
  /// is declared.
  public var ratioTolerance = 0.1

  /// The default policy.
  public init() {}
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
