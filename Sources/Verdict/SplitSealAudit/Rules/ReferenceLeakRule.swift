internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// Finds training images that are in the test split of a dataset that the audit was given to compare with, and test images
/// that are in its training split.
struct ReferenceLeakRule: Rule {
  /// Images that a finding names.
  private static let exampleCount = 5

  var id: RuleID { .referenceLeak }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    for comparison in input.references {
      for found in comparison.found {
        let (mine, theirs) = (
          comparison.first.manifest.splits[found.first], comparison.second.manifest.splits[found.second]
        )
        let plain = found.tooPlainCounts.first ?? 0
        let name = printable(mine.name)
        if plain > 0 {
          outcome.skippedChecks.append(
            "whether \(counted(plain, "image")) of \(name) that \(plain == 1 ? "shows" : "show") too little"
              + " \(plain == 1 ? "is" : "are") in \(printable(theirs.name)) of \(comparison.second.name.quoted): only equal"
              + " bytes and pixels were looked for")
        }
        if found.counts.affectedInFirst == 0 {
          let total = comparison.first.counts[found.first]
          let compared =
            plain == 0
            ? "0 images of \(name)" : "0 of \(counted(total - min(total, plain), "image")) of \(name) compared"
          outcome.passedChecks.append(
            "\(compared) match \(printable(theirs.name)) of \(comparison.second.name.quoted), by"
              + " bytes, pixels and \(comparison.method == "pdq" ? "PDQ" : "descriptors alone")")
        } else if isLeak(mine.role, theirs.role) {
          outcome.findings.append(finding(comparison, found, theirs, input))
        }
      }
    }
    return outcome
  }

  /// Learning from what others test on spoils their numbers, and testing on what others learn from spoils one's own.
  private func isLeak(_ mine: SplitRole, _ theirs: SplitRole) -> Bool {
    (mine == .training && theirs == .test) || (mine == .test && theirs == .training)
  }

  private func finding(
    _ comparison: Comparison, _ found: CrossSearch.Found, _ theirs: Split, _ input: AuditInput
  ) -> Finding {
    let counts = found.counts
    let name = comparison.second.name
    let isPDQ = comparison.method == "pdq"
    // What only resembles a picture is a reason to look, and no more.
    let isSure = counts.bytePairs + counts.pixelPairs > 0 || isPDQ
    let total = comparison.first.counts[found.first]
    var samples: [Int] = []
    for match in found.matches where samples.last != match.first && samples.count < Self.exampleCount {
      samples.append(match.first)
    }
    return Finding(
      rule: id, severity: isSure ? .warning : .note,
      message: "\(grouped(counts.affectedInFirst)) of \(counted(total, "image")) of \(input.name(ofSplit: found.first))"
        + " (\(part(counts.affectedInFirst, of: total))) match \(printable(theirs.name)) of \(name.quoted):"
        + " \(counted(counts.bytePairs, "pair")) of equal bytes, \(grouped(counts.pixelPairs)) of equal pixels,"
        + " \(counted(counts.nearPairs, "near-duplicate")) \(isPDQ ? "by PDQ" : "suspected by descriptors alone")",
      samples: samples, splits: [found.first],
      evidence: [
        Evidence("reference", .text(name)), Evidence("referenceSplit", .text(theirs.name)),
        Evidence("affected", .integer(counts.affectedInFirst)), Evidence("exactBytes", .integer(counts.bytePairs)),
        Evidence("exactPixels", .integer(counts.pixelPairs)), Evidence("nearDuplicate", .integer(counts.nearPairs)),
      ], items: [input.manifest.splits[found.first].name, name, theirs.name])
  }
}
