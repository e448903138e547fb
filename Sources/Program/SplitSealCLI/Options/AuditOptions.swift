public import ArgumentParser
internal import SplitSeal
public import SplitSealMatch
public import SplitSealPolicy

extension Severity: ExpressibleByArgument {}
extension MatchMethod: ExpressibleByArgument {}

/// What an audit looks for and what it makes of it.
struct AuditOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Least severity that fails the audit: error, warning or note (default: error).", valueName: "severity"))
  var failOn: Severity?

  @Option(
    help: ArgumentHelp(
      "Share of a split's images that may be unreadable without making the verdict inconclusive (default: 0).",
      valueName: "share"))
  var allowUnreadable: Double?

  @Option(
    help: ArgumentHelp(
      "Share of a split's images that may show too little to be compared, or have pairs in doubt, without making the"
        + " verdict inconclusive (default: 0.01).",
      valueName: "share"))
  var allowUnsettled: Double?

  @OptionGroup var ratio: ClassRatioFlags

  @Option(
    help: ArgumentHelp(
      "How near-duplicates are found: alignment (descriptors name candidates, their pixels decide) or pdq (the hash)"
        + " (default: alignment).",
      valueName: "method"))
  var method: MatchMethod?

  @Flag(help: "Demand that test is later than training, by the column of times.")
  var testLater = false

  @Flag(
    name: [.short, .long],
    help: ArgumentHelp(
      "Print the whole report: every section in full, why each pair is one, and the policy; in verify, what of the statement is"
        + " not known."))
  var verbose = false

  func validate() throws {
    if let allowUnreadable, !(0...1).contains(allowUnreadable) {
      throw ValidationError("--allow-unreadable must be 0 to 1")
    }
    if let allowUnsettled, !(0...1).contains(allowUnsettled) {
      throw ValidationError("--allow-unsettled must be 0 to 1")
    }
  }

  /// Sets what flags say, whatever the policy says, and where it comes from.
  func apply(to policy: inout Policy, _ sources: inout PolicySources) throws {
    func set<Value>(_ path: WritableKeyPath<Policy, Value>, _ value: Value?, _ setting: String, _ flag: String) {
      guard let value else { return }
      policy[keyPath: path] = value
      sources.places[setting] = flag
    }
    set(\.failOn, failOn, "fail-on", "--fail-on")
    set(\.allowedUnreadableShare, allowUnreadable, "unreadable-share", "--allow-unreadable")
    set(\.allowedUnsettledShare, allowUnsettled, "unsettled-share", "--allow-unsettled")
    try ratio.apply(to: &policy, &sources)
    set(\.grouping.isTestLater, testLater ? true : nil, "time.test-later", "--test-later")
    set(\.match.method, method.flatMap { .init(rawValue: $0.rawValue) }, "match.method", "--method")
  }
}
