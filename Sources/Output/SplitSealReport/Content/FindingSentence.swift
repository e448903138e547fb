internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealPolicy

extension AuditResult {
  /// The message of a finding after the path it is about, safe to print.
  func sentence(_ finding: Finding) -> String {
    guard !finding.isAboutSplits, let sample = finding.samples.first else { return finding.message }
    return "\(printable(input.manifest.samples[sample].path)): \(finding.message)"
  }

  /// What was found, counted: `2 errors, 1 warning, 1 waived`.
  var foundText: String {
    var counts = [Severity.error, .warning, .note].compactMap { severity -> String? in
      let count = zip(findings, statuses).count { $0.severity == severity && $1 == .open }
      return count == 0 ? nil : "\(grouped(count)) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    if counts.isEmpty, knownCount > 0 { counts = ["nothing new"] }
    let waivedCount = waivedFindings.count
    if waivedCount > 0 { counts.append("\(grouped(waivedCount)) waived") }
    if knownCount > 0 { counts.append("\(grouped(knownCount)) in the baseline") }
    return counts.isEmpty ? "nothing was found in what was checked" : counts.joined(separator: ", ")
  }

  /// The checks without a finding, in the words for people, by rule.
  var heldSentences: [String] { statements.flatMap(\.passedChecks) }
}

extension Finding {
  /// The beginning of its identity: enough to find it in the JSON report and to waive it.
  var shortIdentity: String { String(id.description.prefix(12)) }
}

extension Waiver {
  /// Why something was accepted, by whom, when and for how long, safe to print.
  var words: String {
    let details = [
      by.map { "by \(printable($0))" }, date.map { "on \($0)" }, until.map { "until \($0)" },
    ].compactMap(\.self)
    return printable(reason) + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
  }
}
