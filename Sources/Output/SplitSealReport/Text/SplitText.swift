internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
public import SplitSealRepair

/// What new splits came to, for a person.
public struct SplitText {
  /// Classes shown.
  private static let shownClassCount = 20

  private let assignment: SplitAssignment
  private let notes: [String]
  private let command: String
  private let style: TextStyle

  /// Prepares the text.
  ///
  /// - Parameters:
  ///   - assignment: Where each image goes.
  ///   - notes: What else there is to say, one sentence each.
  ///   - command: What checks the new manifest.
  ///   - style: Colours.
  public init(
    _ assignment: SplitAssignment, notes: [String], command: String, style: TextStyle = .plain
  ) {
    (self.assignment, self.notes, self.command, self.style) = (assignment, notes, command, style)
  }

  /// The whole text, with a final newline.
  public var text: String {
    let sections =
      [verdictLines, splitLines, classLines, [style.bold("How sure that is")] + notes.map { "  \($0)" }]
      .map { style.fitted($0) } + [[style.bold("To check it"), "  \(command)"]]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var verdictLines: [String] {
    let unmet = assignment.unmetSplits
    let count = assignment.manifest.samples.count
    var lines = [
      "\(unmet.isEmpty ? style.good("SPLIT") : style.doubtful("SPLIT, NOT AS ASKED")): \(grouped(count))"
        + " \(count == 1 ? "row" : "rows") into \(assignment.shares.count) splits"
    ]
    lines.append(
      "  \(grouped(assignment.joinedSetCount)) \(assignment.joinedSetCount == 1 ? "set" : "sets") of images stay together"
        + (assignment.joinedSetCount == 0 ? "" : ", the largest of \(grouped(assignment.largestSetCount)) images"))
    if !unmet.isEmpty {
      let names = unmet.prefix(5).map { printable(assignment.shares[$0].split.name) }
      lines.append(
        "  \(style.doubtful("size or class shares are off")) in \(names.joined(separator: ", ")): what has to stay"
          + " together is too large, or there are too few images")
    }
    return lines
  }

  private var splitLines: [String] {
    let parts = assignment.shares.reduce(0) { $0 + $1.part }
    let all = assignment.manifest.samples.count
    var table = TextTable([.left, .left, .right, .right, .right], names: [0])
    table.add(["split", "role", "rows", "share", "asked for"])
    for (share, row) in zip(assignment.shares, assignment.counts) {
      let count = row.reduce(0, +)
      table.add([
        printable(share.split.name), share.split.role.rawValue, grouped(count),
        percent(Double(count) / Double(max(1, all)), digits: 2), percent(share.part / parts, digits: 2),
      ])
    }
    return [style.bold("Splits")] + table.lines(style)
  }

  private var classLines: [String] {
    let labels = assignment.manifest.labels
    guard !labels.isEmpty else { return [] }
    let counts = assignment.counts
    var table = TextTable(
      [.left] + assignment.shares.flatMap { _ in [TextTable.Alignment.right, .right] }, names: [0], blockSize: 2)
    table.add(["class"] + assignment.shares.flatMap { [printable($0.split.name), ""] })
    for label in labels.indices.prefix(Self.shownClassCount) {
      table.add(
        [printable(labels[label])]
          + counts.flatMap { row in
            [grouped(row[label]), percent(Double(row[label]) / Double(max(1, row.reduce(0, +))), digits: 2)]
          })
    }
    let more = labels.count - Self.shownClassCount
    return [style.bold("Classes")] + table.lines(style) + (more > 0 ? ["  and \(grouped(more)) more"] : [])
  }
}
