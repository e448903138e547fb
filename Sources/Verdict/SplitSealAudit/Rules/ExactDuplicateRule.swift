internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealImage
internal import SplitSealMatch
internal import SplitSealPolicy

/// Finds the same bytes, or the same pixels under other bytes, in two splits.
struct ExactDuplicateRule: Rule {
  var id: RuleID { .exactDuplicate }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    outcome.findings = input.matches.matches.filter { !$0.kind.isNear }.map { finding($0, input) }
    let coverage = input.coverage()
    for count in input.matches.counts where count.bytePairs == 0 && count.pixelPairs == 0 {
      let (first, second) = (coverage[count.first].checkedCount, coverage[count.second].checkedCount)
      guard first > 0, second > 0 else { continue }
      outcome.passedChecks.append(
        .noExactDuplicates(input.name(ofSplit: count.first), input.name(ofSplit: count.second), first, second))
    }
    return outcome
  }

  private func finding(_ match: Match, _ input: AuditInput) -> Finding {
    let samples = [match.first, match.second]
    return Finding(
      rule: id, severity: .error, message: .exactDuplicate(of: input.place(of: match.second), match), samples: samples,
      splits: input.splits(of: samples),
      evidence: [
        Evidence("kind", .text(match.kind.rawValue)),
        Evidence("score", .decimal(match.score, digits: 3)),
        Evidence("orientation", .text(match.orientation.name)),
      ],
      items: samples.map(input.item))
  }
}

extension String {
  fileprivate static func exactDuplicate(of place: String, _ match: Match) -> String {
    match.kind == .bytes
      ? "same bytes as \(place)" : "same pixels as \(place), under other bytes\(match.orientation.clause)"
  }

  fileprivate static func noExactDuplicates(_ a: String, _ b: String, _ countA: Int, _ countB: Int) -> String {
    "0 exact duplicates between \(a) and \(b), by bytes and by pixels (\(grouped(countA)) x \(grouped(countB)) images)"
  }
}
