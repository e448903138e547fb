internal import SplitSealRules
public import ArgumentParser
internal import SplitSeal
public import SplitSealMatch
internal import SplitSealPolicy

extension Severity: ExpressibleByArgument {}
extension MatchMethod: ExpressibleByArgument {}

/// What an audit looks for and which findings fail it.
struct AuditOptions: ParsableArguments {
  @OptionGroup(title: HelpSection.verdict) var verdict: VerdictOptions
  @OptionGroup(title: HelpSection.balance) var ratio: ClassRatioFlags
  @OptionGroup(title: HelpSection.detection) var detection: MethodOption
  @OptionGroup(title: HelpSection.speed) var detail: DetailOption

  /// Whether the report contains everything.
  var verbose: Bool { detail.verbose }

  /// Gives the flags precedence over the policy, and records that a setting came from a flag.
  func apply(to policy: inout Policy, _ sources: inout PolicySources) throws {
    func set<Value>(_ path: WritableKeyPath<Policy, Value>, _ value: Value?, _ setting: String, _ flag: String) {
      guard let value else { return }
      policy[keyPath: path] = value
      sources.places[setting] = flag
    }
    set(\.failOn, verdict.failOn, "fail-on", "--fail-on")
    set(\.allowedUnreadableShare, verdict.allowUnreadable, "unreadable-share", "--allow-unreadable")
    set(\.allowedUnsettledShare, verdict.allowUnsettled, "unsettled-share", "--allow-unsettled")
    try ratio.apply(to: &policy, &sources)
    set(\.grouping.isTestLater, verdict.testLater ? true : nil, "time.test-later", "--test-later")
    set(\.match.method, detection.method.flatMap { .init(rawValue: $0.rawValue) }, "match.method", "--method")
  }
}

/// When an audit fails, and when it is inconclusive.
struct VerdictOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Lowest severity that fails the audit (default: error).", valueName: "severity"))
  var failOn: Severity?

  @Option(
    help: ArgumentHelp(
      "Share of a split's images that may be unreadable before the verdict is inconclusive (default: 0).",
      valueName: "share"))
  var allowUnreadable: Double?

  @Option(
    help: ArgumentHelp(
      "Share of a split's images that may be impossible to compare, or have undecided pairs, before the verdict is"
        + " inconclusive (default: 0.01).",
      valueName: "share"))
  var allowUnsettled: Double?

  @Flag(help: "Require test images to be later than training images, according to the time column.")
  var testLater = false

  func validate() throws {
    if let allowUnreadable, !(0...1).contains(allowUnreadable) {
      throw ValidationError("--allow-unreadable must be 0 to 1")
    }
    if let allowUnsettled, !(0...1).contains(allowUnsettled) {
      throw ValidationError("--allow-unsettled must be 0 to 1")
    }
  }
}

/// How near-duplicates are found.
struct MethodOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How to find near-duplicates: 'alignment' picks candidates by their descriptors and then compares pixels, 'pdq'"
        + " compares perceptual hashes only (default: alignment).",
      valueName: "method"))
  var method: MatchMethod?
}

/// How much a report says.
struct DetailOption: ParsableArguments {
  @Flag(
    name: [.short, .long],
    help: ArgumentHelp(
      "Print the whole report: every section, why each pair was reported, and the policy; in verify, the parts that this"
        + " version does not know."))
  var verbose = false
}
