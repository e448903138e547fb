internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy

/// Finds groups (subjects, patients, videos, scenes) with samples in two splits.
///
/// One finding for each group: whether it is acceptable (a phantom that is scanned everywhere) is decided group by group.
struct GroupLeakRule: Rule {
  var id: RuleID { .groupLeak }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    guard !input.manifest.groupings.isEmpty else {
      if input.manifest.splits.count > 1 { outcome.skippedChecks.append(.noGroups) }
      return outcome
    }
    guard input.manifest.splits.count > 1 else { return outcome }
    for counts in input.groupCounts {
      outcome.findings += counts.grouping.groups.indices.compactMap { finding($0, counts, input) }
      outcome.findings += [similar(counts, input)].compactMap(\.self)
      for overlap in counts.overlaps where overlap.sharedCount == 0 && overlap.groupCount > 0 {
        outcome.passedChecks.append(held(overlap, counts, input))
      }
      outcome.skippedChecks += ungrouped(counts, input)
    }
    return outcome
  }

  private func finding(_ group: Int, _ counts: GroupCounts, _ input: AuditInput) -> Finding? {
    let splits = counts.splits(of: group)
    guard splits.count > 1 else { return nil }
    let name = counts.grouping.groups[group]
    let places = splits.map {
      "\(input.name(ofSplit: $0)) (\(counted(counts.count(group, in: $0), "image")))"
    }
    return Finding(
      rule: id, severity: .error,
      message: "\(printable(counts.grouping.name)) \(name.quoted) is in \(enumeration(places, limit: .max))",
      samples: splits.compactMap { counts.first(group, in: $0) }.sorted(), splits: splits,
      evidence: [
        Evidence("grouping", .text(counts.grouping.name)), Evidence("group", .text(name)),
        Evidence("images", .integer(splits.reduce(0) { $0 + counts.count(group, in: $1) })),
      ],
      items: ["grouping=\(counts.grouping.name)", "group=\(name)"]
        + splits.map { "split=\(input.manifest.splits[$0].name)" })
  }

  /// Groups that are written in several ways: one subject in two splits would not be noticed.
  private func similar(_ counts: GroupCounts, _ input: AuditInput) -> Finding? {
    let groups = counts.grouping.groups
    let sets = SimilarNames.sets(of: groups)
    guard !sets.isEmpty else { return nil }
    let grouping = printable(counts.grouping.name)
    let splits = Set(sets.joined().flatMap { counts.splits(of: $0) }).sorted()
    return Finding(
      rule: id, severity: .warning,
      message:
        "\(counted(sets.count, "group")) by \(grouping) may be written in several ways, which differ in blanks, case or"
        + " leading zeros and are taken for different groups: "
        + SimilarNames.sentence(sets) { group in
          let names = counts.splits(of: group).map(input.name(ofSplit:))
          return "\(groups[group].quoted) (\(enumeration(names)))"
        },
      splits: splits,
      evidence: [
        Evidence("grouping", .text(counts.grouping.name)), Evidence("similarGroups", .integer(sets.count)),
      ],
      items: ["similar", "grouping=\(counts.grouping.name)"] + sets.map { "group=\(groups[$0[0]])" })
  }

  private func held(_ overlap: GroupOverlap, _ counts: GroupCounts, _ input: AuditInput) -> String {
    let sides = [overlap.first, overlap.second].map {
      "\(input.name(ofSplit: $0)) \(grouped(counts.groupCount(in: $0)))"
    }
    return "0 of \(counted(overlap.groupCount, "group")) by \(printable(overlap.grouping)) are in both "
      + "\(input.name(ofSplit: overlap.first)) and \(input.name(ofSplit: overlap.second))"
      + " (\(sides.joined(separator: ", ")))"
  }

  private func ungrouped(_ counts: GroupCounts, _ input: AuditInput) -> [String] {
    input.coverage().enumerated().compactMap { split, coverage in
      let count = counts.ungrouped[split]
      guard count > 0 else { return nil }
      return
        "\(grouped(count)) of \(counted(coverage.listedCount, "image")) of \(input.name(ofSplit: split)) have no group"
        + " by \(printable(counts.grouping.name)): group-leak leaves them out"
    }
  }
}

extension AuditInput {
  /// The groups of every grouping, in the manifest's order.
  var groupCounts: [GroupCounts] { manifest.groupings.map { GroupCounts($0, in: manifest) } }

  /// What every two splits share of every grouping.
  func groupOverlaps() -> [GroupOverlap] { groupCounts.flatMap(\.overlaps) }
}

extension String {
  fileprivate static let noGroups =
    "whether a subject, patient, video or scene is in two splits: the manifest gives no groups (--group-column,"
    + " --group-pattern)"
}
