internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// The audit: every rule over one dataset, and what follows from it.
public enum Audit {
  /// The rules, in the order in which reports speak of them.
  public static let rules: [any Rule] = [
    ExactDuplicateRule(),
    NearDuplicateRule(),
    InDoubtRule(),
    RedundancyRule(),
    DuplicateRowRule(),
    GroupLeakRule(),
    SequenceLeakRule(),
    DatesRule(),
    LabelConflictRule(),
    UnreadableImageRule(),
    ClassMissingRule(),
    ClassImbalanceRule(),
    ClassSkewRule(),
    PropertyDriftRule(),
    ShortcutRule(),
    MovedIntoTestRule(),
    ReferenceLeakRule(),
  ]

  /// Runs every rule and draws the conclusion.
  ///
  /// The same input gives the same result on every machine.
  /// - Complexity: O(*n* + *m* + *c*) for *n* samples, *m* listed matches and *c* classes.
  public static func run(_ input: AuditInput) -> AuditResult {
    let outcomes = rules.map { outcome(of: $0, input) }
    let coverage = input.coverage()
    let (kept, allowed) = withoutAllowed(outcomes.map(\.findings), input)
    let findings = ordered(kept)
    let gaps = coverageGaps(input, coverage)
    let inconclusive = gaps + outcomes.flatMap(\.inconclusive)
    let (noPixels, noPower) = (withoutPixels(input), input.powerGaps)
    let notes = input.manifest.inputs.flatMap(\.notes) + [input.reading.note].compactMap(\.self)
    let whole = RuleStatements(
      rule: nil, passedChecks: [], inconclusive: gaps, skippedChecks: noPixels + notes + noPower + allowed)
    let review = FindingReview(findings, input)
    func verdict(_ counting: (FindingStatus) -> Bool) -> Verdict {
      review.verdict(findings, input, isInconclusive: !inconclusive.isEmpty, counting: counting)
    }
    return AuditResult(
      input: input, coverage: coverage, classCounts: input.classCounts(),
      groupOverlaps: input.groupOverlaps(), findings: findings,
      passedChecks: outcomes.flatMap(\.passedChecks), inconclusive: inconclusive,
      skippedChecks: noPixels + notes + outcomes.flatMap(\.skippedChecks) + noPower + allowed,
      verdict: verdict { $0 == .open }, verdictWithoutWaivers: verdict { $0 != .known },
      verdictWithoutBaseline: verdict { $0 == .open || $0 == .known }, statuses: review.statuses,
      unusedWaivers: review.unusedWaivers, expiredWaivers: review.expiredWaivers,
      statements: [whole]
        + zip(rules, outcomes).map { rule, outcome in
          RuleStatements(
            rule: rule.id, passedChecks: outcome.passedChecks.map { outcome.rewordings[$0] ?? $0 },
            inconclusive: outcome.inconclusive,
            skippedChecks: outcome.skippedChecks)
        })
  }

  /// What a search by descriptors alone leaves open.
  private static func withoutPixels(_ input: AuditInput) -> [String] {
    input.matchOptions.comparesPixels
      ? []
      : [
        "pixels: the images were not at hand, and descriptors alone decided what is a near-duplicate; copies that they"
          + " only suspect are not reported"
      ]
  }

  /// Errors first; within a severity by rule, and within a rule as the rule gave them.
  private static func ordered(_ findingsByRule: [[Finding]]) -> [Finding] {
    [Severity.error, .warning, .note].flatMap { severity in
      findingsByRule.flatMap { findings in findings.filter { $0.severity == severity } }
    }
  }

  /// Why what could be read is too little to say pass.
  private static func coverageGaps(_ input: AuditInput, _ coverage: [SplitCoverage]) -> [String] {
    guard !input.manifest.samples.isEmpty else { return ["the dataset is empty: nothing was checked"] }
    var gaps: [String] = []
    if input.manifest.splits.count < 2 {
      gaps.append("only one split, \(input.name(ofSplit: 0)): there is nothing to compare it with")
    }
    for (split, coverage) in coverage.enumerated() {
      let name = input.name(ofSplit: split)
      let (unread, listed) = (coverage.listedCount - coverage.checkedCount, coverage.listedCount)
      if listed == 0 {
        gaps.append("\(name) is empty")
      } else if coverage.checkedCount == 0 {
        gaps.append("none of \(counted(listed, "image")) of \(name) could be read")
      } else if exceeds(unread, input.policy.allowedUnreadableShare, of: listed) {
        gaps.append(
          "\(grouped(unread)) of \(counted(listed, "image")) of \(name) could not be read (\(part(unread, of: listed)));"
            + " --allow-unreadable \(shareThatAllows(unread, of: listed)) accepts that")
      }
      if let gap = unsettledGap(coverage, name, input) { gaps.append(gap) }
    }
    return gaps
  }

  /// Why a split is not settled: too many of its images show too little to be compared, or have pairs in doubt.
  private static func unsettledGap(_ coverage: SplitCoverage, _ name: String, _ input: AuditInput) -> String? {
    let (unsettled, read) = (coverage.unsettledCount, coverage.checkedCount)
    guard input.manifest.splits.count > 1, !input.policy.isOff(.nearDuplicate),
      exceeds(unsettled, input.policy.allowedUnsettledShare, of: read)
    else { return nil }
    let (plain, doubtful) = (coverage.plainCount, coverage.doubtfulCount)
    let reasons = [
      plain == 0 ? nil : "\(grouped(plain)) \(plain == 1 ? "shows" : "show") too little to be compared",
      doubtful == 0 ? nil : "\(grouped(doubtful)) \(doubtful == 1 ? "has" : "have") pairs in doubt",
    ].compactMap(\.self)
    let advice = [
      doubtful == 0 ? nil : "decide the pairs with splitseal review",
      plain == 0 ? nil : "look for copies of what shows too little by eye",
    ].compactMap(\.self)
    return "of the \(counted(read, "image")) of \(name) that \(read == 1 ? "was" : "were") read,"
      + " \(grouped(unsettled)) cannot be judged (\(part(unsettled, of: read))):"
      + " \(reasons.joined(separator: " and ")); \(advice.joined(separator: ", and ")), or accept that with"
      + " --allow-unsettled \(shareThatAllows(unsettled, of: read))"
  }

  /// Whether a count is more than the allowed share of a total.
  ///
  /// The slack makes 3 of 1,000 fit into 0.003, which is no double.
  private static func exceeds(_ count: Int, _ share: Double, of total: Int) -> Bool {
    Double(count) > share * Double(total) + 1e-9
  }

  /// A share of two significant digits, rounded up, that allows `count` of `total`.
  static func shareThatAllows(_ count: Int, of total: Int) -> String {
    var power = 10
    var digits = 1
    while digits < 9, count * power / total < 10, !(count * power).isMultiple(of: total) {
      power *= 10
      digits += 1
    }
    let units = (count * power + total - 1) / total
    return fixed(Double(units) / Double(power), digits: digits)
  }
}
