internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

extension TextReport {
  /// Digits of a finding's identity that are shown: enough to find it in the JSON report.
  private static let shownDigitCount = 12

  /// The answer, and what it rests on beside the images.
  var verdictLines: [String] {
    [verdictLine, "  found: \(result.foundText)"] + knownLines
      + result.inconclusive.map { "  \(style.doubtful("not enough was checked")): \($0)" }
      + result.input.alikenessSentences.map { "  \(style.doubtful("look-alikes")): \($0)" }
  }

  /// The sentence that every report leads with.
  var verdictLine: String {
    let sentence = VerdictSentence(result)
    let word =
      switch result.verdict {
      case .pass: style.good(sentence.word)
      case .fail: style.bad(sentence.word)
      case .inconclusive: style.doubtful(sentence.word)
      }
    return "\(word)\(sentence.condition): \(sentence.reason)"
  }

  /// How many findings the baseline hides.
  var knownLines: [String] {
    guard let baseline = result.input.baseline, result.knownCount > 0 else { return [] }
    let verb = result.knownCount == 1 ? "is" : "are"
    return [
      "  \(counted(result.knownCount, "finding")) \(verb) in the baseline \(printable(baseline.file)) and not shown"
    ]
  }

  /// The beginning of a finding's identity, for whoever wants to waive it.
  func shortID(_ finding: Finding) -> String { "[\(finding.id.description.prefix(Self.shownDigitCount))]" }

  /// The policy's file and what is not the default, laxer or not; all of it where that is asked for.
  var policyLines: [String] {
    let policy = result.input.policy
    let differences = policy.differences
    let sources = context.policySources
    guard sources.file != nil || !differences.isEmpty || context.showsPolicy else { return [] }
    var lines = [style.bold("Policy")]
    lines.append("  \(sources.file.map { "from \(printable($0))" } ?? "the default, and what the command line says")")
    lines += differences.map { difference in
      let word = difference.isLaxer ? "laxer" : "other"
      return "  \(word)  \(difference.setting): \(printable(difference.value)) (default: \(difference.defaultValue))"
    }
    if differences.isEmpty { lines.append("  nothing in it differs from the default") }
    guard context.showsPolicy else { return lines }
    lines.append("  sha256 \(policy.digest)")
    return lines + policy.yaml(sources).split(separator: "\n").map { "  | \(printable(String($0)))" }
  }

  /// The matches between splits with their findings, in the order of the matches.
  var reportedPairs: [(match: Match, finding: Finding)] { result.openPairs }

  /// What was accepted and why, and the waivers that count for nothing.
  var waiverLines: [String] {
    let list = result.input.waivers
    guard !list.waivers.isEmpty else { return [] }
    var lines = [style.bold("Waivers") + (list.file.map { ", from \(printable($0))" } ?? "")]
    for (finding, waiver) in result.waivedFindings where !waiver.isDecision {
      lines.append(
        "  waived  \(finding.severity.rawValue) \(finding.rule.rawValue): \(sentence(finding))  \(shortID(finding))")
      lines.append("          \(reason(waiver))")
    }
    for waiver in result.expiredWaivers {
      lines.append("  expired, and counts no longer: \(short(waiver)) \(reason(waiver))")
    }
    for waiver in result.unusedWaivers { lines.append("  of no finding: \(short(waiver)) \(reason(waiver))") }
    if let today = list.today { lines.append("  judged on \(today)") }
    return lines
  }

  private func short(_ waiver: Waiver) -> String { "[\(waiver.finding.prefix(Self.shownDigitCount))]" }

  private func reason(_ waiver: Waiver) -> String {
    let details = [
      waiver.by.map { "by \(printable($0))" }, waiver.date.map { "on \($0)" }, waiver.until.map { "until \($0)" },
    ].compactMap(\.self)
    return printable(waiver.reason) + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
  }
}
