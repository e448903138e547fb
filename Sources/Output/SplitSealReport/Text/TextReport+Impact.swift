internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest

extension TextReport {
  /// Classes shown of each split that leaked, those with the largest leaked share first.
  private static let shownLeakedClassCount = 5

  /// What the leaks may be worth; nothing where none is and nothing was reported of a model.
  var impactLines: [String] {
    let lines = leakAndClaimLines + result.impact.predictions.flatMap(lines(of:))
    return lines.isEmpty ? [] : [style.bold("Impact")] + lines
  }

  private var leakAndClaimLines: [String] {
    let impact = result.impact
    return impact.leaks.filter { $0.leakedCount > 0 }.flatMap(lines(of:)) + impact.bounds.flatMap(lines(of:))
  }

  /// The same as sentences, without what is a table.
  var impactSentences: [String] { leakAndClaimLines.map { String($0.drop { $0 == " " }) } }

  private func lines(of leak: LeakImpact) -> [String] {
    let others = leak.references.map { name(of: $0) }
    let place = others.count == 1 ? others[0] : "one of \(others.joined(separator: ", "))"
    var lines = [
      "  \(countAndShare(leak.leakedCount, of: leak.imageCount)) images of \(name(of: leak.split)) have a match in \(place)"
        + agreement(leak)
    ]
    let unsettled = result.coverage[leak.split].unsettledCount
    if unsettled > 0 {
      lines.append(
        "    of \(counted(unsettled, "image")) more it cannot be told: \(unsettled == 1 ? "it shows" : "they show") too "
          + "little, or \(unsettled == 1 ? "has" : "have") pairs in doubt")
    }
    let classes = leak.classes.filter { $0.label != nil }.sorted { a, b in
      let (inA, inB) = (a.leakedCount * b.imageCount, b.leakedCount * a.imageCount)
      return (inB, a.label ?? 0) < (inA, b.label ?? 0)
    }
    guard manifest.labels.count > 1, !classes.isEmpty else { return lines }
    let shown = classes.prefix(Self.shownLeakedClassCount).map { leaked in
      "\(leaked.label.map { printable(manifest.labels[$0]) } ?? "") \(countAndShare(leaked.leakedCount, of: leaked.imageCount))"
    }
    let hidden = classes.count - shown.count
    let more = hidden == 0 ? "" : ", and \(grouped(hidden)) more with smaller shares"
    lines.append("    by class: \(shown.joined(separator: ", "))\(more)")
    return lines
  }

  /// How the labels of the matches are to those of the images.
  private func agreement(_ leak: LeakImpact) -> String {
    guard leak.sameLabelCount + leak.otherLabelCount > 0 else { return "" }
    let unlabelled = leak.unlabelledCount == 0 ? "" : ", \(grouped(leak.unlabelledCount)) without a label to compare"
    return
      ": \(grouped(leak.sameLabelCount)) with its own label there, \(grouped(leak.otherLabelCount)) with other labels"
      + " only\(unlabelled)"
  }

  private func lines(of bounds: AccuracyBounds) -> [String] {
    let claim =
      "  reported accuracy \(shareText(bounds.accuracy)) on \(counted(bounds.imageCount, "image")) of "
      + "\(name(of: bounds.split)), \(grouped(bounds.leakedCount)) of them with a match in a training split: "
    guard let interval = bounds.interval else { return [claim + "nothing is left to tell a clean accuracy from"] }
    let clean = bounds.imageCount - bounds.leakedCount
    return [claim + "on the other \(grouped(clean)) it is \(rangeText(interval)), whatever the model"]
  }

  /// As many digits as it was given, three at least.
  private func shareText(_ share: Double) -> String {
    let short = fixed(share, digits: 3)
    return Double(short) == share ? short : fixed(share, digits: 6)
  }

  private func lines(of predicted: PredictedAccuracy) -> [String] {
    var table = TextTable([.left, .right, .right, .right, .left, .right])
    table.add([
      "  \(name(of: predicted.split)), predictions", "images", "correct", "accuracy", "95 % interval", "balanced",
    ])
    for (title, part) in [
      ("all", predicted.all), ("no match in training", predicted.clean), ("match in training", predicted.leaked),
    ] {
      table.add(
        [
          "  \(title)", grouped(part.imageCount), grouped(part.correctCount),
          part.accuracy.map { fixed($0, digits: 4) } ?? "-",
        ]
          + [part.interval.map(rangeText) ?? "-", part.balancedAccuracy.map { fixed($0, digits: 4) } ?? "-"])
    }
    return table.lines(style) + notes(of: predicted).map { "    \($0)" }
  }

  /// What is to be said beside the numbers.
  func notes(of predicted: PredictedAccuracy) -> [String] {
    var lines: [String] = []
    if let gap = predicted.gap {
      lines.append(
        "with a match less without: \(fixed(gap.difference, digits: 4)) (95 % interval \(rangeText(gap.interval)))")
    }
    let left = [
      (predicted.missingCount, "without a prediction, left out"),
      (predicted.unlabelledCount, "without a label, left out"),
      (predicted.unknownLabelCount, "predicted as what is no label of the dataset, counted as wrong"),
    ].filter { $0.0 > 0 }
    return lines + left.map { "\(counted($0, "image")) \($1)" }
  }

  func rangeText(_ range: ClosedRange<Double>) -> String {
    "\(fixed(range.lowerBound, digits: 4)) to \(fixed(range.upperBound, digits: 4))"
  }

  /// `4 of 7 (57.14 %)`.
  private func countAndShare(_ count: Int, of total: Int) -> String {
    "\(grouped(count)) of \(grouped(total)) (\(share(count, of: total)))"
  }
}
