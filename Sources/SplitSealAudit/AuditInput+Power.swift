internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealProbe

extension AuditInput {
  /// Share of the reported near-duplicates that may be chance before the report warns.
  static let tolerableChanceShare = 0.05

  /// What the probe says that the detector cannot do on these data, one sentence each.
  var powerGaps: [String] {
    guard let power else { return [] }
    guard !power.edits.isEmpty else {
      return ["how many edited copies the detector would find: no image shows enough to be edited"]
    }
    return chanceGaps(power) + recallGaps(power)
  }

  private func chanceGaps(_ power: DetectionPower) -> [String] {
    let reported = matches.counts.reduce(0) { $0 + $1.nearPairs }
    let expected = power.expectedChanceMatches
    guard power.hasEstimate, expected > max(1, Self.tolerableChanceShare * Double(reported)) else { return [] }
    let advice =
      power.proposedThreshold.map { "--threshold \(scoreText($0)) expects less than one" }
      ?? "no threshold expects less than one"
    return [
      "whether near-duplicates are copies: the data defeat the detector at \(scoreText(power.threshold)), where chance"
        + " alone gives about \(counted(Int(expected.rounded()), "pair")), and \(grouped(reported)) were found; \(advice)"
    ]
  }

  private func recallGaps(_ power: DetectionPower) -> [String] {
    let missed = power.edits.filter { $0.madeCount > 0 && $0.recall < 0.5 }
    guard !missed.isEmpty else { return [] }
    let names = missed.map { "\($0.name) (\($0.percentFound) % found)" }
    return [
      "most copies made by \(enumeration(names)): the probe found fewer than half of them"
    ]
  }
}

/// A threshold with as many digits as it has, two at least: `0.50`, `0.999`.
package func scoreText(_ score: Double) -> String {
  let short = fixed(score, digits: 2)
  return Double(short) == score ? short : fixed(score, digits: 3)
}
