public import ArgumentParser
internal import SplitSeal
public import SplitSealMatch
public import SplitSealPolicy

extension Severity: ExpressibleByArgument {}
extension MatchMethod: ExpressibleByArgument {}

/// What an audit looks for and what it makes of it.
struct AuditOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Least severity that fails the audit: error, warning or note.", valueName: "severity"))
  var failOn: Severity = .error

  @Option(
    help: ArgumentHelp(
      "Share of a split's images that may be unreadable without making the verdict inconclusive.", valueName: "share"))
  var allowUnreadable: Double = 0

  @Option(
    help: ArgumentHelp("The class ratio that is declared, for example real=1,spoof=1.", valueName: "label=part,..."))
  var classRatio: String?

  @Option(help: ArgumentHelp("How far a split may be off the declared ratio: 0.1 is 10 %.", valueName: "share"))
  var ratioTolerance: Double = Policy().ratioTolerance

  @Option(
    help: ArgumentHelp(
      "How near-duplicates are found: alignment (descriptors name candidates, their pixels decide) or pdq (the hash).",
      valueName: "method"))
  var method: MatchMethod = .alignment

  func validate() throws {
    guard (0...1).contains(allowUnreadable) else { throw ValidationError("--allow-unreadable must be 0 to 1") }
    guard ratioTolerance >= 0, ratioTolerance.isFinite else {
      throw ValidationError("--ratio-tolerance must be 0 or more")
    }
    _ = try declaredShares()
  }

  /// The severities and thresholds.
  func policy() throws -> Policy {
    var policy = Policy()
    policy.failOn = failOn
    policy.allowedUnreadableShare = allowUnreadable
    policy.classRatio = try declaredShares()
    policy.ratioTolerance = ratioTolerance
    return policy
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
