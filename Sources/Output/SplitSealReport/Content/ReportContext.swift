public import SplitSealPolicy

/// What a report says beside the result: which tool made it and how to make it again.
public struct ReportContext: Hashable, Sendable {
  /// Version of the tool, for example `0.1.0`.
  public let toolVersion: String
  /// The command that reproduces the result, quoted for a shell.
  public let command: String
  /// What was compared and at which thresholds, one line each.
  public let method: [String]
  /// Where the policy's values come from.
  public let policySources: PolicySources
  /// Whether the text holds the whole policy and not only what is not the default.
  public let showsPolicy: Bool

  /// Makes a context.
  public init(
    toolVersion: String, command: String, method: [String], policySources: PolicySources = PolicySources(),
    showsPolicy: Bool = false
  ) {
    self.toolVersion = toolVersion
    self.command = command
    self.method = method
    self.policySources = policySources
    self.showsPolicy = showsPolicy
  }
}
