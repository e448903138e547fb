internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch

extension TextReport {
  /// Pairs in doubt that a table shows; the pair list has all.
  static let shownDoubtCount = 20

  /// How many pairs the detector cannot tell, and where more is asked for the surest of them.
  var doubtLines: [String] {
    let doubt = result.input.doubt
    guard doubt.pairCount > 0 else { return [] }
    var lines = doubtSentences.map { "  \($0)" }
    if isVerbose {
      var table = TextTable([.left, .left, .left, .left], names: [2, 3], hasHeading: false)
      for match in doubt.ranked.prefix(Self.shownDoubtCount) {
        let (evaluated, other) = SplitPairOrder.evaluatedFirst(match, in: manifest)
        table.add(
          [fixed(match.score, digits: 3), how(match, evaluated), place(evaluated), "? " + place(other)],
          [.doubtful, nil, nil, nil])
      }
      lines += table.lines(style)
      let rest = doubt.pairCount - min(doubt.pairs.count, Self.shownDoubtCount)
      if rest > 0 { lines.append("  ... and \(grouped(rest)) more (--pairs FILE.csv lists them)") }
    }
    return [style.bold("In doubt: \(counted(doubt.pairCount, "pair"))")] + lines
  }

  /// What is in doubt between which splits, and what to do about it.
  var doubtSentences: [String] {
    let between = result.input.doubt.between.filter { $0.pairCount > 0 }
    guard !between.isEmpty else { return [] }
    return between.map { pair in
      "\(name(of: pair.first)) and \(name(of: pair.second)): \(counted(pair.pairCount, "pair")) of "
        + "\(counted(pair.countInFirst, "image")) of \(name(of: pair.first)) and \(grouped(pair.countInSecond)) of "
        + name(of: pair.second)
    } + [
      "they score \(result.input.doubtfulScores): copies or look-alikes, the detector cannot tell, and they are no errors;"
        + " splitseal review shows them first"
    ]
  }
}
