internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealPolicy

extension TextReport {
  /// Every rule that found something, with its first messages.
  ///
  /// Leaks have their own section and are only counted here.
  var findingLines: [String] {
    let open = zip(result.findings, result.statuses).filter { $1 == .open }.map(\.0)
    guard !open.isEmpty else { return [] }
    var lines = [style.bold("Findings")]
    // One rule may find errors and warnings; a heading counts findings of one severity.
    var groups: [(rule: RuleID, severity: Severity)] = []
    for finding in open where !groups.contains(where: { $0 == (finding.rule, finding.severity) }) {
      groups.append((finding.rule, finding.severity))
    }
    for (rule, severity) in groups {
      let findings = open.filter { $0.rule == rule && $0.severity == severity }
      let word =
        switch severity {
        case .error: style.bad("error")
        case .warning: style.doubtful("warning")
        case .note: style.painted("note", .note)
        }
      let isLeak = rule == .exactDuplicate || rule == .nearDuplicate
      lines.append("  \(word) \(rule.rawValue): \(grouped(findings.count))\(isLeak ? " (see the pairs above)" : "")")
      guard !isLeak else { continue }
      for finding in findings.prefix(Self.shownFindingCount) {
        lines.append("    \(sentence(finding))  \(style.painted(shortID(finding), .faint))")
      }
      if findings.count > Self.shownFindingCount {
        lines.append("    ... and \(grouped(findings.count - Self.shownFindingCount)) more (--json FILE has all)")
      }
    }
    return lines
  }

  /// The message, after the path it is about.
  func sentence(_ finding: Finding) -> String {
    guard !finding.isAboutSplits, let sample = finding.samples.first else { return finding.message }
    return "\(printable(manifest.samples[sample].path)): \(finding.message)"
  }

  var coverageLines: [String] {
    var table = TextTable([.left, .left, .right, .right, .right, .right, .right], names: [0])
    table.add(["split", "role", "images", "read", "", "compared", "in doubt"])
    for (index, coverage) in result.coverage.enumerated() {
      let (listed, read, compared) = (coverage.listedCount, coverage.checkedCount, coverage.comparedCount)
      let paint: TextStyle.Paint = read == listed ? .good : .doubtful
      table.add(
        [
          name(of: index), manifest.splits[index].role.rawValue, grouped(listed),
          read == listed ? "all" : grouped(read), read == listed ? "" : share(read, of: listed),
          compared == listed ? "all" : grouped(compared),
          coverage.doubtfulCount == 0 ? "none" : grouped(coverage.doubtfulCount),
        ],
        [
          nil, nil, nil, paint, paint, compared == listed ? .good : .doubtful,
          coverage.doubtfulCount == 0 ? .good : .doubtful,
        ])
    }
    return [style.bold("Splits")] + table.lines(style)
      + [
        manifest.ignoredSentence.map { "  not taken for images: \($0)" },
        result.input.repairedSentence.map { "  damaged, but read: \($0)" },
      ].compactMap(\.self)
  }

  var classLines: [String] {
    guard !manifest.labels.isEmpty else { return [] }
    let counts = result.classCounts
    let totals = counts.map { $0.reduce(0, +) }
    var table = TextTable(
      [.left] + manifest.splits.flatMap { _ in [TextTable.Alignment.right, .right] }, names: [0], blockSize: 2)
    table.add(["class"] + manifest.splits.indices.flatMap { [name(of: $0), ""] })
    let shown = manifest.labels.indices.sorted { a, b in
      let (inA, inB) = (counts.reduce(0) { $0 + $1[a] }, counts.reduce(0) { $0 + $1[b] })
      return (inB, a) < (inA, b)
    }.prefix(Self.shownClassCount).sorted()
    for label in shown { table.add([printable(manifest.labels[label])] + cells(label, counts, totals)) }
    if counts.contains(where: { ($0.last ?? 0) > 0 }) {
      table.add(["(no label)"] + cells(manifest.labels.count, counts, totals))
    }
    let hidden = manifest.labels.count - shown.count
    return [style.bold("Classes")] + table.lines(style)
      + (hidden == 0 ? [] : ["  ... and \(grouped(hidden)) smaller classes (--json FILE has all)"])
  }

  private func cells(_ label: Int, _ counts: [[Int]], _ totals: [Int]) -> [String] {
    counts.indices.flatMap { split -> [String] in
      let share = totals[split] == 0 ? 0 : Double(counts[split][label]) / Double(totals[split])
      return [grouped(counts[split][label]), percent(share, digits: 1)]
    }
  }

  var heldLines: [String] {
    let passedChecks = result.heldSentences
    return passedChecks.isEmpty ? [] : [style.bold("What held")] + passedChecks.map { "  \($0)" }
  }

  var notRunLines: [String] {
    result.skippedChecks.isEmpty ? [] : [style.bold("What was not checked")] + result.skippedChecks.map { "  \($0)" }
  }

  var methodLines: [String] {
    [style.bold("How")] + context.method.map { "  \($0)" }
  }

  /// The command alone on its line: it is there to be copied.
  var commandLines: [String] {
    [style.bold("To reproduce, with splitseal \(context.toolVersion)"), "  \(context.command)"]
  }
}
