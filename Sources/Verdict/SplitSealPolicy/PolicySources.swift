/// Where the values of a policy come from.
public struct PolicySources: Hashable, Sendable {
  /// The policy's file as a person finds it; `nil` where there is none.
  public var file: String?
  /// The place of each setting that is not left at its default: `class-tolerance` -> `splitseal.yml:4`, `--ratio-tolerance`.
  public var places: [String: String] = [:]

  /// Nothing but defaults.
  public init() {}

  /// The sources of a file, under the name that reports give it.
  public init(_ file: PolicyFile, named name: String) {
    self.file = name
    places = file.lines.mapValues { "\(name):\($0)" }
  }
}

extension Policy {
  /// The policy as a file that says of each value where it comes from.
  public func yaml(_ sources: PolicySources) -> String {
    yaml(isTrailing: true) { setting, _ in sources.places[setting] ?? "default" }
  }
}
