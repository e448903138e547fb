/// What an audit concluded.
///
/// Not an error: a failed split is a successful audit.
public enum Verdict: String, Hashable, Sendable {
  /// Everything listed was checked, and nothing at or above the policy's severity was found.
  case pass
  /// Something at or above the policy's severity was found.
  case fail
  /// Nothing such was found, and too little could be checked to say pass.
  case inconclusive
}

/// How much of one split could be read.
public struct SplitCoverage: Hashable, Sendable {
  /// Samples that the manifest lists.
  public let listedCount: Int
  /// Samples whose image was decoded.
  public let checkedCount: Int

  /// Makes a coverage.
  public init(listedCount: Int, checkedCount: Int) {
    self.listedCount = listedCount
    self.checkedCount = checkedCount
  }

  /// Checked over listed, 0...1; 1 for an empty split.
  public var share: Double { listedCount == 0 ? 1 : Double(checkedCount) / Double(listedCount) }
}

/// What an audit found, and what it rests on.
public struct AuditResult: Sendable {
  /// Everything the rules looked at.
  public let input: AuditInput
  /// Coverage by split, in the order of the manifest's splits.
  public let coverage: [SplitCoverage]
  /// Samples by split and label: `classCounts[split][label]`, in the manifest's orders; the last element of each row
  /// counts the samples without a label.
  public let classCounts: [[Int]]
  /// What every two splits share of every grouping, groupings in the manifest's order.
  public let groupOverlaps: [GroupOverlap]
  /// What was found: errors first, then by rule in the order of `Audit.rules`, then in manifest order.
  public let findings: [Finding]
  /// What was checked and found in order, by rule in the order of `Audit.rules`.
  public let held: [String]
  /// Why the verdict is inconclusive, or would be if nothing had been found; empty otherwise.
  public let inconclusive: [String]
  /// What rules did not look at and why, in the same order; does not touch the verdict.
  public let notRun: [String]
  /// The conclusion.
  public let verdict: Verdict
  /// What the leaks may be worth.
  public let impact: Impact
}
