internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
public import SplitSealRepair

/// What a repair came to, for a person.
public struct RepairText {
  /// Pairs that are shown of those that are left.
  private static let shownPairCount = 5

  private let plan: RepairPlan
  private let moves: Bool
  private let style: TextStyle
  private let notes: [String]
  private let command: String?

  /// Prepares the text.
  ///
  /// - Parameters:
  ///   - plan: What becomes of each row.
  ///   - moves: Whether images were moved instead of dropped.
  ///   - notes: What else there is to say, one sentence each.
  ///   - command: What checks the new manifests; `nil` where none were written.
  ///   - style: Colours.
  public init(
    _ plan: RepairPlan, moves: Bool, notes: [String], command: String?,
    style: TextStyle = .plain
  ) {
    (self.plan, self.moves, self.notes, self.command, self.style) = (plan, moves, notes, command, style)
  }

  /// The whole text, with a final newline.
  public var text: String {
    let sections =
      [verdictLines, remainingLines, splitLines, ClassShareTable(plan).lines(style), noteLines].map { style.fitted($0) }
      + [commandLines]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var verdictLines: [String] {
    let (verb, done) = moves ? ("moved", "move") : ("dropped", "drop")
    guard plan.remaining.isEmpty else {
      return [
        "\(style.bad("NOT REPAIRED")): there is no way to \(done) what is allowed and leave nothing in two splits"
      ]
    }
    let total = plan.conflictingImageCount + plan.balancingImageCount + plan.ratioImageCount
    guard total > 0 || !plan.isComplete else {
      return ["\(style.good("NOTHING TO REPAIR")): no match and no group is in two splits"]
    }
    let word = plan.isComplete ? style.good("REPAIRED") : style.doubtful("REPAIRED IN PART")
    var lines = ["\(word): \(counted(total, "image")) \(verb)"]
    if plan.conflictingImageCount > 0 { lines.append("  \(bound(verb))") }
    if plan.balancingImageCount > 0 {
      let aim = moves ? "classes and sizes" : "classes"
      lines.append("  \(counted(plan.balancingImageCount, "image")) \(verb) so that the splits keep their \(aim)")
    }
    if plan.ratioImageCount > 0 {
      lines.append(
        "  \(counted(plan.ratioImageCount, "image")) \(verb) so that the classes have the ratio that is declared")
    }
    if !plan.unmetRatios.isEmpty {
      let names = plan.unmetRatios.map { printable(plan.manifest.splits[$0].name) }
      let why = moves ? "; moving cannot help where the whole dataset has another" : ""
      lines.append(
        "  \(style.doubtful("without the ratio of classes that is declared")): \(names.joined(separator: ", "))\(why)")
    }
    if !plan.unmetShares.isEmpty {
      let manifest = plan.manifest
      let names = plan.unmetShares.prefix(5).map { unmet in
        let label = unmet.label < manifest.labels.count ? "'\(printable(manifest.labels[unmet.label]))'" : "no label"
        return "\(label) in \(printable(manifest.splits[unmet.split].name))"
      }
      let more = plan.unmetShares.count - names.count
      lines.append(
        "  \(style.doubtful("class shares off by more than \(percent(plan.tolerance, digits: 2))")): "
          + names.joined(separator: ", ") + (more > 0 ? " and \(grouped(more)) more" : ""))
    }
    return lines
  }

  /// What is known of smaller numbers.
  private func bound(_ verb: String) -> String {
    let start = "\(counted(plan.conflictingImageCount, "image")) \(verb) because of matches and groups"
    guard plan.isSmallest else {
      return "\(start); at least \(grouped(plan.lowerBound)) are needed, and whether fewer would do is not known"
    }
    return plan.conflictingImageCount == plan.lowerBound
      ? "\(start); no smaller set exists (lower bound \(grouped(plan.lowerBound)))"
      : "\(start); no smaller set exists (all others were ruled out; lower bound of the relaxation"
        + " \(grouped(plan.lowerBound)))"
  }

  private var remainingLines: [String] {
    guard !plan.remaining.isEmpty else { return [] }
    let pairs = plan.remaining.prefix(Self.shownPairCount).map { "  \(place($0.0)) = \(place($0.1))" }
    let more = plan.remaining.count - pairs.count
    return [style.bold("Would be left, so nothing was written")] + pairs
      + (more > 0 ? ["  and \(grouped(more)) more"] : [])
  }

  private func place(_ sample: Int) -> String {
    let sample = plan.manifest.samples[sample]
    return "\(printable(plan.manifest.splits[sample.split].name)): \(printable(sample.path))"
  }

  private var splitLines: [String] {
    guard plan.remaining.isEmpty else { return [] }
    let manifest = plan.manifest
    var table = TextTable([.left, .left, .right, .right, .right, .right, .right], names: [0])
    table.add(["split", "role", "rows", "out", moves ? "in" : "", "rows after", "largest shift of a class"])
    for (split, name) in manifest.splits.enumerated() {
      let out = plan.actions.count { manifest.samples[$0.sample].split == split }
      let into = plan.actions.count { $0.newSplit == split }
      table.add([
        printable(name.name), name.role.rawValue, grouped(plan.sharesBefore.total(split)), grouped(out),
        moves ? grouped(into) : "", grouped(plan.sharesAfter.total(split)),
        "\(fixed(100 * plan.sharesAfter.greatestShift(split, from: plan.sharesBefore), digits: 2)) points",
      ])
    }
    return [style.bold("Splits")] + table.lines(style)
  }

  private var noteLines: [String] {
    notes.isEmpty ? [] : [style.bold("How sure that is")] + notes.map { "  \($0)" }
  }

  private var commandLines: [String] {
    guard let command else { return [] }
    return [style.bold("To check it"), "  \(command)"]
  }

}

/// The shares of the classes before and after a repair.
struct ClassShareTable {
  /// Classes shown, those that shift most.
  private static let shownClassCount = 20

  private let plan: RepairPlan

  init(_ plan: RepairPlan) { self.plan = plan }

  /// A line a class, with its share in each split before and after.
  func lines(_ style: TextStyle) -> [String] {
    let manifest = plan.manifest
    guard plan.remaining.isEmpty, !plan.actions.isEmpty, !manifest.labels.isEmpty else { return [] }
    let labels = manifest.labels.indices.sorted { (shift($1), $0) < (shift($0), $1) }.prefix(Self.shownClassCount)
    var table = TextTable([.left] + manifest.splits.map { _ in .right }, names: [0])
    table.add(["class"] + manifest.splits.map { printable($0.name) })
    for label in labels.sorted() {
      table.add(
        [printable(manifest.labels[label])]
          + manifest.splits.indices.map { split in
            "\(percent(plan.sharesBefore.share(split, label), digits: 2)) -> "
              + percent(plan.sharesAfter.share(split, label), digits: 2)
          })
    }
    let more = manifest.labels.count - labels.count
    return [style.bold("Class shares before and after")] + table.lines(style)
      + (more > 0 ? ["  and \(grouped(more)) classes that shift less"] : [])
  }

  private func shift(_ label: Int) -> Double {
    plan.manifest.splits.indices.reduce(0) {
      max($0, abs(plan.sharesAfter.share($1, label) - plan.sharesBefore.share($1, label)))
    }
  }
}
