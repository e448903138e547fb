internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealProbe

extension TextReport {
  /// What the detector would have found: the edits found least first.
  var powerLines: [String] {
    guard let power = result.input.power, let overall = result.overallPower else { return [] }
    let all = overall.all
    var table = TextTable([.left, .left], wrapsLast: true, hasHeading: false)
    table.add([
      "would have found",
      overall.isWhole
        ? "\(grouped(all.foundCount)) of \(grouped(all.madeCount)) copies (\(all.percentFound) %)"
        : "\(overall.percentFound(of: all)) % of copies of all images: \(grouped(all.foundCount)) of "
          + "\(grouped(all.madeCount)) of images that can be compared; \(overall.remainder)",
    ])
    let ranked = power.edits.enumerated().sorted { ($0.element.recall, $0.offset) < ($1.element.recall, $1.offset) }
    for (name, range) in [("few of", 0..<0.5), ("most of", 0.5..<0.95), ("nearly all of", 0.95..<2)] {
      let edits = ranked.map(\.element).filter { range.contains(overall.recall(of: $0)) }
      guard !edits.isEmpty else { continue }
      table.add([name, edits.map { "\($0.name) \(overall.percentFound(of: $0)) %" }.joined(separator: ", ")])
    }
    table.add(["by chance", chance(power)])
    let images = counted(power.imageCount, "image")
    return [
      style.bold(
        "Detection power: copies of \(images), edited in \(power.edits.count) ways, searched for at "
          + "\(scoreText(power.threshold)) (seed \(power.seed))")
    ] + table.lines(style)
  }

  func chance(_ power: DetectionPower) -> String {
    let bound = number(power.chanceMatchesBound)
    guard power.hasEstimate else {
      return "fewer than \(bound) pairs expected (too few scores below the threshold for more than a bound)"
    }
    let proposal = power.proposedThreshold.map { "; less than one from --threshold \(scoreText($0)) on" } ?? ""
    let isNone = power.expectedChanceMatches < 0.01
    return "\(isNone ? "less than " : "")\(number(power.expectedChanceMatches)) pairs expected, "
      + "fewer than \(bound) at 95 %\(proposal)"
  }

  /// A number of pairs: two digits, whole ones from ten on, and no less than a hundredth.
  private func number(_ count: Double) -> String {
    count >= 10 ? grouped(Int(min(count, 1e15).rounded())) : count < 0.01 ? "0.01" : significant(count)
  }
}
