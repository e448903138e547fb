internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

extension MarkdownReport {
  /// The pairs of splits, each with the share of the evaluated split first.
  var leakLines: [String] {
    let rows = LeakTable(result).rows.map { row in
      [splitName(row.split), splitName(row.other), row.affected, row.share]
        + (row.pairs.isEmpty ? ["", "", ""] : row.pairs)
    }
    guard !rows.isEmpty else { return [] }
    return MarkdownText.table(
      ["images of", words.otherHeading, "affected#", "share#", "same bytes#", "same pixels#", "near-duplicates#"],
      Array(rows.prefix(Self.rowCount))) + more(rows.count)
  }

  /// The pairs that are the most alike, those that the text report shows.
  var pairLines: [String] {
    let pairs = words.reportedPairs
    let ranked = pairs.sorted {
      ($1.match.score, $0.match.first, $0.match.second) < ($0.match.score, $1.match.first, $1.match.second)
    }
    let rows = ranked.prefix(Self.rowCount).map { match, finding in
      let (evaluated, other) = SplitPairOrder.evaluatedFirst(match, in: manifest)
      return [
        fixed(match.score, digits: 3), words.how(match, evaluated), place(evaluated), place(other),
        MarkdownText.code(finding.shortIdentity),
      ]
    }
    let all = pairs.count + result.input.matches.unlistedCount
    return rows.isEmpty
      ? []
      : MarkdownText.table(["score#", "how", "image", "its copy", "finding"], Array(rows))
        + more(all, shown: rows.count)
  }

  /// What the detector cannot tell, and the surest of the pairs.
  var doubtLines: [String] {
    let doubt = result.input.doubt
    guard doubt.pairCount > 0 else { return [] }
    let rows = doubt.ranked.prefix(Self.rowCount).map { match in
      let (evaluated, other) = SplitPairOrder.evaluatedFirst(match, in: manifest)
      return [fixed(match.score, digits: 3), words.how(match, evaluated), place(evaluated), place(other)]
    }
    return MarkdownText.block(words.doubtSentences) + [""]
      + MarkdownText.table(["score#", "how", "image", "perhaps its copy"], Array(rows))
      + more(doubt.pairCount, shown: rows.count)
  }

  /// What else was found, the first of each rule and severity.
  var findingLines: [String] {
    let open = zip(result.findings, result.statuses).filter { $1 == .open }.map(\.0)
      .filter { ![.exactDuplicate, .nearDuplicate].contains($0.rule) }
    var shownOf: [[String]: Int] = [:]
    var rows: [[String]] = []
    for finding in open {
      let group = [finding.rule.rawValue, finding.severity.rawValue]
      shownOf[group, default: 0] += 1
      guard shownOf[group, default: 0] <= TextReport.shownFindingCount else { continue }
      rows.append([
        finding.severity.rawValue, finding.rule.rawValue, sentence(finding), MarkdownText.code(finding.shortIdentity),
      ])
    }
    let hiddenCount = open.count - rows.count
    guard !rows.isEmpty else { return [] }
    return MarkdownText.table(["severity", "rule", "what", "finding"], rows)
      + (hiddenCount == 0 ? [] : ["", "and \(grouped(hiddenCount)) more (`--json FILE` has all)"])
  }

  /// The path and the message, each as code.
  private func sentence(_ finding: Finding) -> String {
    guard !finding.isAboutSplits, let sample = finding.samples.first else {
      return MarkdownText.codeOfPrintable(finding.message)
    }
    return "\(place(sample)): \(MarkdownText.codeOfPrintable(finding.message))"
  }

  var waiverLines: [String] {
    let waived = result.waivedFindings
    guard !waived.isEmpty else { return [] }
    let rows = waived.prefix(Self.rowCount).map { finding, waiver in
      [
        finding.severity.rawValue, finding.rule.rawValue, sentence(finding), MarkdownText.codeOfPrintable(waiver.words),
        MarkdownText.code(finding.shortIdentity),
      ]
    }
    return MarkdownText.table(["severity", "rule", "what", "why it is accepted", "finding"], Array(rows))
      + more(waived.count)
  }

  var splitLines: [String] {
    let rows = result.coverage.enumerated().map { index, coverage in
      [
        splitName(index), manifest.splits[index].role.rawValue, grouped(coverage.listedCount),
        coverage.checkedCount == coverage.listedCount ? "all" : grouped(coverage.checkedCount),
        coverage.comparedCount == coverage.listedCount ? "all" : grouped(coverage.comparedCount),
        coverage.doubtfulCount == 0 ? "none" : grouped(coverage.doubtfulCount),
      ]
    }
    return MarkdownText.table(
      ["split", "role", "images#", "read#", "compared#", "in doubt#"], Array(rows.prefix(Self.rowCount)))
      + more(rows.count)
  }

  /// The classes with most images and their shares of each split.
  var classLines: [String] {
    guard !manifest.labels.isEmpty else { return [] }
    let counts = result.classCounts
    let splits = manifest.splits.indices.prefix(6)
    let shown = manifest.labels.indices.sorted { a, b in
      let (inA, inB) = (counts.reduce(0) { $0 + $1[a] }, counts.reduce(0) { $0 + $1[b] })
      return (inB, a) < (inA, b)
    }.prefix(Self.rowCount).sorted()
    let rows = shown.map { label in
      [MarkdownText.code(manifest.labels[label])]
        + splits.map { split in
          let total = counts[split].reduce(0, +)
          return "\(grouped(counts[split][label])) (\(words.share(counts[split][label], of: total)))"
        }
    }
    return MarkdownText.table(["class"] + splits.map { splitName($0) + "#" }, rows) + more(manifest.labels.count)
  }

  private func more(_ count: Int, shown: Int = MarkdownReport.rowCount) -> [String] {
    count <= shown ? [] : ["", "and \(grouped(count - shown)) more (`--json FILE` has all)"]
  }
}
