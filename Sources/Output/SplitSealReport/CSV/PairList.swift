internal import SplitSealRules
internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// The pairs as CSV: `rule,split_a,path_a,split_b,path_b,score,orientation`.
///
/// One row a listed pair, by manifest order of its samples: pairs of two splits, and near-duplicates within a split under
/// the rule `redundancy`. Pairs below the reporting threshold stand among the others: those that the detector cannot tell
/// under `in-doubt`, those of lower scores, where they are asked for, under `candidate`.
/// Orientation is what turns the picture of `path_a` into that of `path_b`.
/// - Source: RFC 4180, with lines that end in LF.
public struct PairList {
  private let result: AuditResult
  private let leastScore: Double

  /// Prepares the list.
  ///
  /// - Parameters:
  ///   - result: The audit whose pairs are listed.
  ///   - leastScore: Pairs that score less are left out, 0...1.
  public init(_ result: AuditResult, leastScore: Double = 0) {
    self.result = result
    self.leastScore = leastScore
  }

  /// The whole file.
  public var text: String {
    let matches = result.input.matches
    let rows = (matches.matches + matches.belowThreshold + matches.withinSplit.filter(\.kind.isNear))
      .filter { $0.score >= leastScore || $0.kind == .judged }
      .sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    var text = "rule,split_a,path_a,split_b,path_b,score,orientation\n"
    for match in rows {
      let cells =
        [rule(match)] + place(match.first) + place(match.second)
        + [fixed(match.score, digits: 4), match.orientation.name]
      text += cells.map { delimitedCell($0) }.joined(separator: ",") + "\n"
    }
    return text
  }

  private func rule(_ match: Match) -> String {
    let samples = result.input.manifest.samples
    let options = result.input.matchOptions
    guard samples[match.first].split != samples[match.second].split else { return RuleID.redundancy.rawValue }
    guard match.kind.isNear else { return RuleID.exactDuplicate.rawValue }
    guard match.score < options.reportingThreshold, match.kind != .judged else { return RuleID.nearDuplicate.rawValue }
    return options.isInDoubt(match) ? RuleID.inDoubt.rawValue : "candidate"
  }

  private func place(_ sample: Int) -> [String] {
    let sample = result.input.manifest.samples[sample]
    return [result.input.manifest.splits[sample.split].name, sample.path]
  }
}
