/// Severities and thresholds of an audit.
public struct Policy: Hashable, Sendable {
  /// The least severity that fails the audit.
  public var failOn: Severity = .error
  /// Share of a split's images that may be unreadable without making the verdict inconclusive, 0...1.
  public var allowedUnreadableShare = 0.0
  /// The declared class ratio, in the order given: `real=1,spoof=1`; empty when none is declared.
  public var classRatio: [DeclaredShare] = []
  /// How far, relative to the declared share of a class, a split may be off: 0.1 is 10 %.
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
