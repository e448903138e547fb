internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealStatistics

extension TextReport {
  /// Pairs shown that people say are two pictures.
  private static let shownDecisionCount = 5

  /// What people said of pairs, and how often the detector was right where they looked.
  var decisionLines: [String] {
    let decisions = result.input.decisions
    guard !decisions.list.decisions.isEmpty else { return [] }
    let words: [(Judgement, String, String)] = [
      (.same, "shows one picture", "show one picture"), (.different, "shows two", "show two"),
      (.unsure, "does not tell", "do not tell"),
    ]
    let counts = words.map { judgement, one, many in
      let count = decisions.count(judgement)
      return "\(grouped(count)) \(count == 1 ? one : many)"
    }
    var lines = ["  \(counted(decisions.standing.count, "pair")): \(counts.joined(separator: ", "))"]
    for (isReported, pairs) in [(true, "reported pairs"), (false, "pairs below the threshold")] {
      guard let precision = decisions.precision(isReported: isReported) else { continue }
      lines.append(
        "  of the \(grouped(precision.decided)) \(pairs) that were decided \(grouped(precision.same)) "
          + "\(precision.same == 1 ? "is" : "are") one picture: "
          + "\(percent(Double(precision.same) / Double(precision.decided), digits: 1)) "
          + "(95 % interval \(percent(precision.interval.low, digits: 1)) to \(percent(precision.interval.high, digits: 1)))"
      )
    }
    if decisions.staleCount > 0 {
      lines.append(
        "  of images that are gone or have changed since, which counts for nothing: "
          + counted(decisions.staleCount, "decision"))
    }
    let waived = result.waivedFindings.filter(\.waiver.isDecision)
    for (finding, waiver) in waived.prefix(Self.shownDecisionCount) {
      lines.append("  waived  \(sentence(finding))  \(shortID(finding))")
      lines.append("          \(waiver.words)")
    }
    if waived.count > Self.shownDecisionCount {
      lines.append("  ... and \(grouped(waived.count - Self.shownDecisionCount)) more (--json FILE has all)")
    }
    return [style.bold("Looked at by people") + (decisions.list.file.map { ", from \(printable($0))" } ?? "")] + lines
  }
}
