internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch

extension TextReport {
  /// What the dataset has in common with packs.
  var referenceLines: [String] {
    result.input.references.flatMap { comparison -> [String] in
      let heading = style.bold("Against \(printable(comparison.second.name)): images affected, and pairs of copies")
      let pack = comparison.second.pack.map { ["  SHA-256 of the pack: \($0.sha256)"] } ?? []
      return [heading] + ComparisonTable.lines(comparison, theirs: " of the pack", style)
        + ["  \(ComparisonTable.method(comparison))"] + pack
    }
  }
}

/// What two datasets have in common, as a table.
enum ComparisonTable {
  /// A line for each pair of splits, and one more where images of the second are affected.
  ///
  /// Where `theirs` is given, it stands behind the names of the second dataset's splits.
  static func lines(_ comparison: Comparison, theirs suffix: String? = nil, _ style: TextStyle = .plain) -> [String] {
    var table = TextTable([.left, .left, .right, .right, .right, .right], names: [0, 1], keyCount: 2)
    table.add(["images of", "also in", "share", "same bytes", "same pixels", "near-duplicates"])
    let (mine, theirs) = (comparison.first.counts, comparison.second.counts)
    for found in comparison.found {
      let (a, b) = (
        printable(comparison.first.manifest.splits[found.first].name),
        printable(comparison.second.manifest.splits[found.second].name)
      )
      let counts = found.counts
      // Splits of two datasets often have one name.
      let (nameA, nameB) =
        suffix.map { (a, b + $0) } ?? (a == b ? ("\(a) (first)", "\(b) (second)") : (a, b))
      table.add(
        affected(counts.affectedInFirst, of: mine[found.first], nameA, nameB)
          + [counts.bytePairs, counts.pixelPairs, counts.nearPairs].map(grouped))
      if counts.affectedInSecond > 0 {
        table.add(affected(counts.affectedInSecond, of: theirs[found.second], nameB, nameA))
      }
    }
    return table.lines(style)
  }

  /// How near-duplicates were found.
  static func method(_ comparison: Comparison) -> String {
    switch comparison.method {
    case "pdq": "near-duplicates by PDQ, from a score of \(comparison.threshold) on"
    case "descriptor":
      "near-duplicates suspected by descriptors alone, from a cosine of \(comparison.threshold) on: no pixels were compared"
    default: "near-duplicates by alignment of pixels, from a probability of \(comparison.threshold) on"
    }
  }

  private static func affected(_ count: Int, of total: Int, _ name: String, _ other: String) -> [String] {
    ["\(grouped(count)) of \(grouped(total)) \(name)", other, part(count, of: total)]
  }
}
