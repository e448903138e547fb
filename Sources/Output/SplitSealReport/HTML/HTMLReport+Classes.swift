internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealProbe

extension HTMLReport {
  /// Splits that a table of classes has columns for.
  private static let splitCount = 12

  /// The classes with their counts and shares by split.
  var classes: HTMLText {
    guard !manifest.labels.isEmpty else { return HTMLText() }
    let counts = result.classCounts
    let totals = counts.map { $0.reduce(0, +) }
    let splits = manifest.splits.indices.prefix(Self.splitCount)
    var table = HTMLTable(
      "Images by class and split",
      ["class"] + splits.flatMap { ["\(words.name(of: $0))#", "share of \(words.name(of: $0))#"] })
    let shown = manifest.labels.indices.sorted { a, b in
      let (inA, inB) = (counts.reduce(0) { $0 + $1[a] }, counts.reduce(0) { $0 + $1[b] })
      return (inB, a) < (inA, b)
    }.prefix(Self.rowCount).sorted()
    func cells(_ label: Int) -> [String] {
      splits.flatMap { [grouped(counts[$0][label]), words.share(counts[$0][label], of: totals[$0])] }
    }
    for label in shown { table.add([printable(manifest.labels[label])] + cells(label)) }
    if counts.contains(where: { ($0.last ?? 0) > 0 }) { table.add(["(no label)"] + cells(manifest.labels.count)) }
    return chart(.classes) + table.html + more(manifest.labels.count - shown.count, of: "smaller class")
      + more(manifest.splits.count - splits.count, of: "split")
  }

  /// Every two splits with what they share of each grouping, and with the images that this concerns.
  var groups: HTMLText {
    guard !result.groupOverlaps.isEmpty else { return HTMLText() }
    var table = HTMLTable(
      "Groups that are in both of two splits",
      ["groups by", "splits", "in both#", "of#", "images affected"])
    for overlap in result.groupOverlaps.prefix(Self.rowCount) {
      let images = [(overlap.affectedInFirst, overlap.first), (overlap.affectedInSecond, overlap.second)].map {
        count, split in
        let listed = result.coverage[split].listedCount
        return "\(grouped(count)) of \(grouped(listed)) \(words.name(of: split)) (\(words.share(count, of: listed)))"
      }
      table.add([
        printable(overlap.grouping), "\(words.name(of: overlap.first)) and \(words.name(of: overlap.second))",
        grouped(overlap.sharedCount), grouped(overlap.groupCount),
        overlap.sharedCount == 0 ? "none" : images.joined(separator: ", "),
      ])
    }
    return table.html + more(result.groupOverlaps.count - Self.rowCount, of: "pair of splits")
  }

  /// What the leaks may be worth.
  var impact: HTMLText {
    let impact = result.impact
    let sentences = words.impactSentences
    var html = list(sentences)
    for predicted in impact.predictions {
      var table = HTMLTable(
        "Predictions for \(words.name(of: predicted.split))",
        ["images", "count#", "correct#", "accuracy#", "95 % interval", "balanced accuracy#"])
      for (title, part) in [
        ("all", predicted.all), ("no match in training", predicted.clean), ("match in training", predicted.leaked),
      ] {
        table.add([
          title, grouped(part.imageCount), grouped(part.correctCount),
          part.accuracy.map { fixed($0, digits: 4) } ?? "-",
          part.interval.map(words.rangeText) ?? "-", part.balancedAccuracy.map { fixed($0, digits: 4) } ?? "-",
        ])
      }
      html += table.html + list(words.notes(of: predicted))
    }
    return html
  }

  /// What the detector would have found of each edit.
  var power: HTMLText {
    guard let power = result.input.power, !power.edits.isEmpty else { return HTMLText() }
    return list(words.powerLines.map { String($0.drop { $0 == " " }) }) + chart(.power)
  }

  /// What the dataset has in common with packs.
  var references: HTMLText {
    HTMLText(
      result.input.references.map { comparison in
        "<h3>\(printable(comparison.second.name))</h3>\n<pre class=\"scroll\" tabindex=\"0\">\(ComparisonTable.lines(comparison, theirs: " of the pack").joined(separator: "\n"))</pre>\n<p>\(ComparisonTable.method(comparison))</p>\n"
          as HTMLText
      })
  }
}
