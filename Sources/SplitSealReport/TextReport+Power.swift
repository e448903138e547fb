internal import SplitSealAudit
internal import SplitSealProbe

extension TextReport {
  /// Edits that are named by themselves, those found least.
  private static let shownEditCount = 6

  /// What the detector would have found: the edits found least first.
  var powerLines: [String] {
    guard let power = result.input.power, !power.edits.isEmpty else { return [] }
    let found = power.edits.reduce(0) { $0 + $1.foundCount }
    let made = power.edits.reduce(0) { $0 + $1.madeCount }
    var table = TextTable([.left, .left])
    table.add(["found", "\(grouped(found)) of \(grouped(made)) copies (\(recall(found, of: made)))"])
    let ranked = power.edits.enumerated().sorted { ($0.element.recall, $0.offset) < ($1.element.recall, $1.offset) }
      .map(\.element)
    let worst = ranked.prefix(Self.shownEditCount).filter { $0.foundCount < $0.madeCount }
    if !worst.isEmpty {
      let names = worst.map { "\($0.name) \(recall($0.foundCount, of: $0.madeCount))" }
      table.add(["found least", names.joined(separator: ", ")])
      if let next = ranked.dropFirst(worst.count).first {
        table.add(["other edits", "\(recall(next.foundCount, of: next.madeCount)) or more each"])
      }
    }
    table.add(["chance", chance(power)])
    let images = counted(power.imageCount, "image")
    return [
      style.bold(
        "Detection power: copies of \(images), edited in \(power.edits.count) ways, searched for at "
          + "\(scoreText(power.threshold)) (seed \(power.seed))")
    ] + table.lines
  }

  /// A share that does not become 100 % as long as something is missing.
  private func recall(_ count: Int, of total: Int) -> String {
    guard total > 0 else { return "-" }
    guard count < total else { return "100 %" }
    // Per mille, rounded down.
    return percent(Double(count * 1000 / total) / 1000, digits: 1)
  }

  private func chance(_ power: DetectionPower) -> String {
    let bound = number(power.chanceMatchesBound)
    guard power.hasEstimate else {
      return "fewer than \(bound) pairs expected (too few scores below the threshold for more than a bound)"
    }
    let proposal = power.proposedThreshold.map { "; less than one from --threshold \(scoreText($0)) on" } ?? ""
    return "\(number(power.expectedChanceMatches)) pairs expected, fewer than \(bound) at 95 %\(proposal)"
  }

  private func number(_ count: Double) -> String {
    count >= 10 ? grouped(Int(min(count, 1e15).rounded())) : count < 0.01 ? "0.01" : significant(count)
  }
}
