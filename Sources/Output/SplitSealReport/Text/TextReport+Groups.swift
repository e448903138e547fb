internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest

extension TextReport {
  /// Every two splits with what they share of each grouping, and with the images that this concerns.
  var groupLines: [String] {
    guard !result.groupOverlaps.isEmpty else { return [] }
    var table = TextTable([.left, .right, .right, .left, .left], names: [0], wrapsLast: true)
    table.add(["groups by", "in both", "of", "splits", "images affected"])
    for overlap in result.groupOverlaps {
      let images = [(overlap.affectedInFirst, overlap.first), (overlap.affectedInSecond, overlap.second)]
      table.add([
        printable(overlap.grouping), grouped(overlap.sharedCount), grouped(overlap.groupCount),
        "\(name(of: overlap.first)) and \(name(of: overlap.second))",
        overlap.sharedCount == 0
          ? "none"
          : images.map { count, split in
            let listed = result.coverage[split].listedCount
            return "\(grouped(count)) of \(grouped(listed)) \(name(of: split)) (\(share(count, of: listed)))"
          }.joined(separator: ", "),
      ])
    }
    return [style.bold("Groups in two splits")] + table.lines(style)
  }
}
