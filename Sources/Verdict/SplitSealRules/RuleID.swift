/// The name of a rule: stable, kebab-case.
public struct RuleID: RawRepresentable, Hashable, Sendable {
  /// The name as reports and policies write it.
  public let rawValue: String

  /// Wraps a name.
  public init(rawValue: String) { self.rawValue = rawValue }
}
