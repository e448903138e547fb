/// What a report says beside the result: which tool made it and how to make it again.
public struct ReportContext: Hashable, Sendable {
  /// Version of the tool, for example `0.1.0`.
  public let toolVersion: String
  /// The command that reproduces the result, quoted for a shell.
  public let command: String
  /// What was compared and at which thresholds, one line each.
  public let method: [String]

  /// Makes a context.
  public init(toolVersion: String, command: String, method: [String]) {
    self.toolVersion = toolVersion
    self.command = command
    self.method = method
  }
}
