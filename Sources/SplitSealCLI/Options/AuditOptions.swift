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
    help: ArgumentHelp("The class ratio that is declared, for example real=1,spoof=1.", valueName: "label=part,..."))
  var classRatio: String?

  @Option(
    help: ArgumentHelp("How far a split may be off the declared ratio: 0.1 is 10 % (default: 0.1).", valueName: "share")
  )
  var ratioTolerance: Double?

  @Option(
    help: ArgumentHelp(
      "How near-duplicates are found: alignment (descriptors name candidates, their pixels decide) or pdq (the hash)"
        + " (default: alignment).",
      valueName: "method"))
  var method: MatchMethod?

  @Flag(help: "Demand that test is later than training, by the column of times.")
  var testLater = false

  @Flag(name: [.short, .long], help: "Print the whole policy that the audit goes by.")
  var verbose = false

  func validate() throws {
    if let allowUnreadable, !(0...1).contains(allowUnreadable) {
      throw ValidationError("--allow-unreadable must be 0 to 1")
    }
    if let ratioTolerance, !(ratioTolerance >= 0 && ratioTolerance.isFinite) {
      throw ValidationError("--ratio-tolerance must be 0 or more")
    }
    _ = try declaredShares()
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
    set(\.classRatio, classRatio == nil ? nil : try declaredShares(), "classes", "--class-ratio")
    set(\.ratioTolerance, ratioTolerance, "class-tolerance", "--ratio-tolerance")
    set(\.grouping.isTestLater, testLater ? true : nil, "time.test-later", "--test-later")
    set(\.match.method, method.flatMap { .init(rawValue: $0.rawValue) }, "match.method", "--method")
  }

  private func declaredShares() throws -> [DeclaredShare] {
    guard let classRatio else { return [] }
    let shares = try classRatio.split(separator: ",", omittingEmptySubsequences: false).map { part in
      // The label may hold '=': the part stands behind the last one.
      guard let separator = part.lastIndex(of: "="), separator > part.startIndex,
        let number = Double(part[part.index(after: separator)...]), number > 0, number.isFinite
      else {
        throw ValidationError("--class-ratio \(classRatio): expected LABEL=PART,LABEL=PART with parts above 0")
      }
      return DeclaredShare(label: String(part[..<separator]), part: number)
    }
    guard shares.count >= 2 else { throw ValidationError("--class-ratio \(classRatio): expected two classes or more") }
    for (index, share) in shares.enumerated() where shares[..<index].contains(where: { $0.label == share.label }) {
      throw ValidationError("--class-ratio \(classRatio): '\(share.label)' stands twice")
    }
    return shares
  }
}
