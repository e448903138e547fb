internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest

extension AuditResult {
  /// Findings that reports for services list: no service shows more, and a table that names one image in 20,000 rows has
  /// half a million.
  ///
  /// The JSON report lists all.
  static let listedFindingCount = 5_000

  /// The first findings, each with its status.
  var listedFindings: [(finding: Finding, status: FindingStatus)] {
    zip(findings, statuses).prefix(Self.listedFindingCount).map { ($0, $1) }
  }

  /// Says that some findings are not listed; `nil` where all are.
  var unlistedText: String? {
    let count = findings.count - Self.listedFindingCount
    return count > 0
      ? "\(grouped(count)) more of \(counted(findings.count, "finding")) are in the JSON report alone" : nil
  }
}
