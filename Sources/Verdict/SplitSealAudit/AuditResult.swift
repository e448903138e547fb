public import SplitSealRules
public import SplitSealPolicy
internal import SplitSealProbe

/// How much of one split could be read, compared and told.
public struct SplitCoverage: Hashable, Sendable {
  /// Samples that the manifest lists.
  public let listedCount: Int
  /// Samples whose image was decoded: equal bytes and pixels are found among them.
  public let checkedCount: Int
  /// Of them those that show enough to be compared with others: near-duplicates are found among them.
  public let comparedCount: Int
  /// Samples that have a pair in doubt and no reported one.
  public let doubtfulCount: Int

  /// Makes a coverage.
  ///
  /// - Parameters:
  ///   - listedCount: Samples that the manifest lists.
  ///   - checkedCount: Those whose image was decoded.
  ///   - comparedCount: Of them those that were compared; all by default.
  ///   - doubtfulCount: Those with a pair in doubt and no reported one.
  public init(listedCount: Int, checkedCount: Int, comparedCount: Int? = nil, doubtfulCount: Int = 0) {
    self.listedCount = listedCount
    self.checkedCount = checkedCount
    self.comparedCount = comparedCount ?? checkedCount
    self.doubtfulCount = doubtfulCount
  }

  /// Samples that were read and show too little to be compared.
  public var plainCount: Int { checkedCount - comparedCount }
  /// Samples that were read and of which nobody can say whether they have copies, 0...``checkedCount``.
  public var unsettledCount: Int { min(checkedCount, plainCount + doubtfulCount) }

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
  public let passedChecks: [String]
  /// Why the verdict is inconclusive, or would be if nothing had been found; empty otherwise.
  public let inconclusive: [String]
  /// What rules did not look at and why, in the same order; does not touch the verdict.
  public let skippedChecks: [String]
  /// The conclusion: findings that are waived, or that the baseline knows, do not count.
  public let verdict: Verdict
  /// The conclusion if there were no waivers.
  public let verdictWithoutWaivers: Verdict
  /// The conclusion if there were no baseline; ``verdict`` when there is none.
  public let verdictWithoutBaseline: Verdict
  /// Whether each finding counts, in the order of ``findings``.
  public let statuses: [FindingStatus]
  /// Waivers that are of no finding, in the order of their file.
  public let unusedWaivers: [Waiver]
  /// Waivers whose last day is over, in the order of their file; they count for nothing.
  public let expiredWaivers: [Waiver]
  /// ``passedChecks``, ``inconclusive`` and ``skippedChecks`` by rule: what is about the whole audit, then the rules in the order of
  /// `Audit.rules`.
  public let statements: [RuleStatements]

  init(
    input: AuditInput, coverage: [SplitCoverage], classCounts: [[Int]], groupOverlaps: [GroupOverlap] = [],
    findings: [Finding], passedChecks: [String], inconclusive: [String], skippedChecks: [String], verdict: Verdict,
    verdictWithoutWaivers: Verdict? = nil,
    verdictWithoutBaseline: Verdict? = nil, statuses: [FindingStatus]? = nil, unusedWaivers: [Waiver] = [],
    expiredWaivers: [Waiver] = [], statements: [RuleStatements] = []
  ) {
    self.input = input
    self.coverage = coverage
    self.classCounts = classCounts
    self.groupOverlaps = groupOverlaps
    self.findings = findings
    self.passedChecks = passedChecks
    self.inconclusive = inconclusive
    self.skippedChecks = skippedChecks
    self.verdict = verdict
    self.verdictWithoutWaivers = verdictWithoutWaivers ?? verdict
    self.verdictWithoutBaseline = verdictWithoutBaseline ?? verdict
    self.statuses = statuses ?? findings.map { _ in .open }
    self.unusedWaivers = unusedWaivers
    self.expiredWaivers = expiredWaivers
    self.statements = statements
  }

  /// What the probe measured, over all images; `nil` where nothing was probed or could be edited.
  public var overallPower: OverallPower? {
    input.power.flatMap { $0.edits.isEmpty ? nil : OverallPower($0, coverage) }
  }

  /// The waived findings with their waivers, in the order of ``findings``.
  public var waivedFindings: [(finding: Finding, waiver: Waiver)] {
    zip(findings, statuses).compactMap { finding, status in
      guard case .waived(let waiver) = status else { return nil }
      return (finding, waiver)
    }
  }

  /// The findings that the baseline does not know, each with its status.
  public var shownFindings: [(finding: Finding, status: FindingStatus)] {
    zip(findings, statuses).filter { $1 != .known }.map { ($0, $1) }
  }

  /// Findings that the baseline knows.
  public var knownCount: Int { statuses.count { $0 == .known } }
}
