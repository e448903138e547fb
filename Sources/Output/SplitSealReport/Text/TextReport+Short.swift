internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealProbe

/// The report that fits a screen: it leads with the answer, and says where the rest is.
extension TextReport {
  /// Cells of a line of prose at most, also where lines may be longer: paths and tables alone are wider.
  private static let proseWidth = 110
  /// Pairs of splits in the table.
  private static let shownSplitPairCount = 10
  /// Rules with findings of one severity that are listed.
  private static let shownRuleCount = 8
  /// Reasons why not enough was checked, and gaps that do not touch the verdict.
  private static let (shownReasonCount, shownGapCount) = (3, 6)

  var shortText: String {
    let start: [[String]] = [
      shortVerdictLines.flatMap(prose), shortLeakLines.flatMap(fitted), shortReferenceLines.flatMap(fitted),
    ]
    let middle: [[String]] = [shortPairLines, claimLines, shortFindingLines].map { $0.flatMap(fitted) }
    let end: [[String]] = [gapLines.flatMap(prose), topicLines.flatMap(fitted), prose(moreLine) + commandLines]
    return joined(start + middle + end)
  }

  private var room: Int { min(style.width ?? Self.proseWidth, Self.proseWidth) }

  private func prose(_ line: String) -> [String] { wrapped(line, to: room) }

  // MARK: The answer

  private var shortVerdictLines: [String] {
    var lines = [verdictLine]
    lines += result.input.alikenessCaution.map { ["  \(style.doubtful("look-alikes")): \($0)"] } ?? []
    lines += knownLines
    let waivedCount = result.waivedFindings.count
    if waivedCount > 0 {
      lines.append("  \(counted(waivedCount, "finding")) \(waivedCount == 1 ? "is" : "are") waived")
    }
    if !result.expiredWaivers.isEmpty {
      let count = result.expiredWaivers.count
      lines.append(
        "  \(counted(count, "waiver")) \(count == 1 ? "has" : "have") expired and no longer \(count == 1 ? "counts" : "count")"
      )
    }
    return lines + [shortPolicyLine, decisionLine, powerLine].compactMap(\.self)
  }

  /// Where the policy is from and what it changes; settings that make the audit find less are named.
  private var shortPolicyLine: String? {
    let differences = result.input.policy.differences
    let file = context.policySources.file
    guard file != nil || !differences.isEmpty else { return nil }
    let count = differences.count
    let changed =
      count == 0
      ? "nothing in it differs from the default"
      : "\(counted(count, "setting")) \(count == 1 ? "differs" : "differ") from the default"
    let laxer = differences.filter(\.isLaxer).map { printable($0.setting) }
    let hidden = laxer.count - 5
    let names = laxer.prefix(5).joined(separator: ", ") + (hidden > 0 ? " and \(hidden) more" : "")
    return "  policy\(file.map { " from \(printable($0))" } ?? ""): \(changed)"
      + (laxer.isEmpty ? "" : "; \(style.doubtful("laxer")): \(names)")
  }

  /// What people said of pairs, in short.
  private var decisionLine: String? {
    decisionLines.dropFirst().first.map { "  looked at by people: \($0.drop { $0 == " " })" }
  }

  /// What the detector would have found, in short.
  private var powerLine: String? {
    guard result.input.power != nil, let overall = result.overallPower else { return nil }
    let all = overall.all
    let found = "\(grouped(all.foundCount)) of \(grouped(all.madeCount)) edited copies"
    return "  detection power: would have found "
      + (overall.isWhole
        ? "\(found) (\(all.percentFound) %)"
        : "\(overall.percentFound(of: all)) % of edited copies of all images")
      + (result.input.power.map { "; by chance \(chance($0))" } ?? "")
  }

  // MARK: Leaks

  /// The table of splits; of many pairs of splits those with leaks, then those that could not be compared.
  private var shortLeakLines: [String] {
    let rows = LeakTable(result).rows
    guard !rows.isEmpty else { return [] }
    // The second row of a pair goes with the first.
    var pairs: [[LeakTable.Row]] = []
    for row in rows {
      if row.pairs.isEmpty, let last = pairs.indices.last { pairs[last].append(row) } else { pairs.append([row]) }
    }
    func rank(_ pair: [LeakTable.Row]) -> Int { pair[0].affectedCount > 0 ? 0 : pair[0].isIncomplete ? 1 : 2 }
    let order = pairs.indices.sorted { (rank(pairs[$0]), $0) < (rank(pairs[$1]), $1) }
    let shown = Set(order.prefix(Self.shownSplitPairCount))
    let hidden = order.dropFirst(Self.shownSplitPairCount).map { pairs[$0] }
    let leaking = hidden.count { rank($0) == 0 }
    return [style.bold(leakHeading)] + leakTable(pairs.indices.filter(shown.contains).flatMap { pairs[$0] })
      + (hidden.isEmpty
        ? []
        : [
          "  ... and \(counted(hidden.count, "more pair", "more pairs")) of splits, "
            + (leaking == 0 ? "none" : grouped(leaking)) + " of them with leaks"
        ])
  }

  private var shortReferenceLines: [String] {
    referenceLines.filter { !$0.hasPrefix("  SHA-256 of the pack: ") }
  }

  /// A few pairs, one of each picture.
  private var shortPairLines: [String] {
    let leading = LeadingPairs(result)
    guard !leading.pairs.isEmpty else { return [] }
    let all = result.openPairs.count + result.input.matches.unlistedCount
    let (shown, close) = (leading.pairs.count, leading.closeCount)
    let heading =
      shown == all
      ? "Pairs"
      : (close == 0 ? "\(shown) surest" : "\(shown - close) surest and \(close) closest to the threshold")
        + " of \(counted(all, "pair")), one of each picture"
    return [style.bold(heading)] + lines(of: leading.pairs.map { shownPair($0.match, $0.finding) })
  }

  /// What is asked for by `--reported-accuracy` and `--predictions`.
  private var claimLines: [String] {
    let impact = result.impact
    return impact.bounds.isEmpty && impact.predictions.isEmpty ? [] : impactLines
  }

  // MARK: Other findings

  private var shortFindingLines: [String] {
    let groups = FindingGroup.others(in: result)
    guard !groups.isEmpty else { return [] }
    var lines = groups.prefix(Self.shownRuleCount).map(shortLine)
    let hidden = groups.dropFirst(Self.shownRuleCount).reduce(0) { $0 + $1.findings.count }
    if hidden > 0 { lines.append("  ... and \(grouped(hidden)) more") }
    return [style.bold(result.openPairs.isEmpty ? "Findings" : "Other findings")] + lines
  }

  /// The first finding of a rule, and how many there are.
  private func shortLine(of group: FindingGroup) -> String {
    guard let finding = group.findings.first else { return "" }
    let word =
      switch finding.severity {
      case .error: style.bad("error")
      case .warning: style.doubtful("warning")
      case .note: style.painted("note", .note)
      }
    let count = group.findings.count
    let beginning = "  \(word) \(finding.rule.rawValue)\(count > 1 ? " (\(grouped(count)))" : ""): "
    let id = shortID(finding)
    let width = max(40, room - displayWidth(beginning) - displayWidth(id) - 2)
    return beginning + sentence(finding).clipped(to: width) + "  " + style.painted(id, .faint)
  }

  // MARK: Checks

  /// What was not or could not be compared or checked: why the verdict is no pass first.
  private var gapLines: [String] {
    // A reason that the verdict gives in full is not repeated.
    let reasons = result.inconclusive.filter {
      !(result.verdict == .inconclusive && $0.clauses == [$0] && $0 == result.inconclusive.first)
    }
    var lines = reasons.prefix(Self.shownReasonCount).map { "  \(style.doubtful("not enough was checked")): \($0)" }
    if reasons.count > Self.shownReasonCount {
      lines.append("  ... and \(counted(reasons.count - Self.shownReasonCount, "more reason", "more reasons"))")
    }
    // The caution under the verdict says the same.
    let gaps =
      [
        result.input.repairedSentence.map { "damaged, but read: \($0)" },
        manifest.ignoredSentence.map { "not taken for images: \($0)" },
      ].compactMap(\.self) + result.skippedChecks.filter { $0 != result.input.alikenessGap }
    lines += gaps.prefix(Self.shownGapCount).map { "  \($0.clipped(to: room - 2))" }
    if gaps.count > Self.shownGapCount { lines.append("  ... and \(grouped(gaps.count - Self.shownGapCount)) more") }
    return lines.isEmpty ? [] : [style.bold("What was not checked")] + lines
  }

  private var topicLines: [String] {
    let topics = CheckTopic.counts(of: result)
    guard !topics.isEmpty else { return [] }
    return [style.bold("Checks without a finding")] + topics.map { "  \($0.title): \(counted($0.count, "check"))" }
  }

  private var moreLine: String {
    "More: -v for everything; with scan and match --html FILE for the pictures, --pairs FILE and --json FILE"
  }
}
