internal import ArgumentParser
internal import SplitSeal
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy

/// The policy of an audit.
struct PolicyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "File with severities, thresholds and declared ratios (default: \(PolicyFile.name) beside the data, if there is one).",
      valueName: "file"),
    completion: .file())
  var policy: String?

  @Flag(help: "Ignore a policy beside the data.")
  var noPolicy = false

  func validate() throws {
    if noPolicy, policy != nil { throw ValidationError("give --policy or --no-policy, not both") }
    if policy == "" { throw ValidationError("--policy: the path is empty") }
  }

  /// The arguments that name the same policy in another command.
  var arguments: [String] { (policy.map { ["--policy", $0] } ?? []) + (noPolicy ? ["--no-policy"] : []) }

  /// Reads the policy.
  ///
  /// - Parameter root: The folder of a dataset's own policy; `nil` if there is no dataset.
  /// - Returns: The policy with its file; `nil` for the default.
  /// - Throws: `ConfigurationError` with what is wrong with the file.
  func file(root: String?) throws -> PolicyFile? {
    if let policy { return try PolicyFile(path: policy) }
    guard !noPolicy, let root else { return nil }
    let path = joined(root, PolicyFile.name)
    guard SmallFile.exists(path) else { return nil }
    guard !SmallFile.isLink(path) else {
      throw ConfigurationError([
        .init(
          "a policy beside the data must be a file, not a link",
          hint: "give it with --policy, or ignore it with --no-policy", file: path)
      ])
    }
    return try PolicyFile(path: path)
  }
}

/// Accepted findings, and decisions about pairs.
struct WaiverOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "File with accepted findings (default: \(WaiverFile.name) in the dataset's root, if there is one).",
      valueName: "file"), completion: .file())
  var waivers: String?

  @Flag(help: "Ignore waivers beside the data.")
  var noWaivers = false

  @OptionGroup var deciding: DecisionOptions

  func validate() throws {
    if noWaivers, waivers != nil { throw ValidationError("give --waivers or --no-waivers, not both") }
    if waivers == "" { throw ValidationError("--waivers: the path is empty") }
  }

  /// Reads the waivers.
  ///
  /// - Parameter root: The dataset's root; `nil` where no dataset is at hand.
  /// - Returns: The waivers with their file; none where there is no file.
  /// - Throws: `ConfigurationError` with what is wrong with the file, `CommandError` when a waiver has a last day and
  ///   the current day is not known.
  func list(root: String?) throws -> WaiverList {
    guard !noWaivers else { return .none }
    let path: String
    if let waivers {
      path = waivers
    } else {
      guard let root, SmallFile.exists(joined(root, WaiverFile.name)) else { return .none }
      path = joined(root, WaiverFile.name)
    }
    let waivers = try WaiverFile.read(path: path)
    let needsDay = waivers.contains { $0.until != nil }
    return WaiverList(
      file: self.waivers ?? WaiverFile.name, waivers: waivers,
      today: needsDay ? CalendarDate(unixSeconds: try Clock.unixSeconds()) : nil)
  }
}

extension AuditConfiguration {
  /// Applies the policy, and records where its settings come from.
  ///
  /// - Throws: `ConfigurationError` when the policy cannot be read.
  mutating func apply(_ options: PolicyOptions, root: String?) throws {
    guard let file = try options.file(root: root) else { return }
    policy = file.policy
    // Reports give only the name of a file beside the data, so that they do not depend on where the data are.
    policySources = PolicySources(file, named: options.policy ?? PolicyFile.name)
  }

  /// Takes groups and times from the policy unless flags give them; what flags give is recorded as part of the policy.
  ///
  /// Only here do a policy's groups and times become options of the manifest reader.
  mutating func applyGrouping() {
    func join<Value: Equatable>(
      _ option: WritableKeyPath<ManifestOptions, Value>, _ setting: WritableKeyPath<Policy, Value>, none: Value,
      _ name: String, _ flag: String
    ) {
      if manifest[keyPath: option] == none {
        manifest[keyPath: option] = policy[keyPath: setting]
      } else {
        policy[keyPath: setting] = manifest[keyPath: option]
        policySources.places[name] = flag
      }
    }
    join(\.groupColumns, \.grouping.columns, none: [], "groups.columns", "--group-column")
    join(\.groupPatterns, \.grouping.patterns, none: [], "groups.patterns", "--group-pattern")
    join(\.timeColumn, \.grouping.timeColumn, none: nil, "time.column", "--time-column")
  }
}
