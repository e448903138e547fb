internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealPolicy

/// The ratio of classes that the splits should have.
struct ClassRatioFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Ratio of classes that every split should have, for example real=1,spoof=1.", valueName: "label=part,..."))
  var classRatio: String?

  @Option(
    help: ArgumentHelp("How far a split may be from that ratio; 0.1 means 10 % (default: 0.1).", valueName: "share")
  )
  var ratioTolerance: Double?

  func validate() throws {
    if let ratioTolerance, !(ratioTolerance >= 0 && ratioTolerance.isFinite) {
      throw ValidationError("--ratio-tolerance must be 0 or more")
    }
    _ = try declaredShares()
  }

  /// The arguments that declare the same ratio in another command.
  var arguments: [String] {
    (classRatio.map { ["--class-ratio", $0] } ?? []) + (ratioTolerance.map { ["--ratio-tolerance", "\($0)"] } ?? [])
  }

  /// Gives the flags precedence over the policy, and records that a setting came from a flag.
  func apply(to policy: inout Policy, _ sources: inout PolicySources) throws {
    if classRatio != nil {
      policy.classRatio = try declaredShares()
      sources.places["classes"] = "--class-ratio"
    }
    if let ratioTolerance {
      policy.ratioTolerance = ratioTolerance
      sources.places["class-tolerance"] = "--ratio-tolerance"
    }
  }

  private func declaredShares() throws -> [DeclaredShare] {
    guard let classRatio else { return [] }
    let shares = try classRatio.split(separator: ",", omittingEmptySubsequences: false).map { part in
      // A label may contain '=', so the number is what follows the last one.
      guard let separator = part.lastIndex(of: "="), separator > part.startIndex,
        let number = Double(part[part.index(after: separator)...]), number > 0, number.isFinite
      else {
        throw ValidationError("--class-ratio \(classRatio): expected LABEL=PART,LABEL=PART with numbers above 0")
      }
      return DeclaredShare(label: String(part[..<separator]), part: number)
    }
    guard shares.count >= 2 else { throw ValidationError("--class-ratio \(classRatio): expected at least two classes") }
    for (index, share) in shares.enumerated()
    where shares[..<index].contains(where: { $0.label.hasSameBytes(as: share.label) }) {
      throw ValidationError("--class-ratio \(classRatio): '\(share.label)' is given twice")
    }
    return shares
  }
}
