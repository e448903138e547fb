internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// Finds splits that hold pictures several times.
///
/// One finding for each split: what is repeated within a split spoils no test and weighs on it.
struct RedundancyRule: Rule {
  /// Clusters whose representatives a finding names, the largest first.
  private static let listedClusterCount = 10

  var id: RuleID { .redundancy }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    // Of pairs within splits alone: two crops of a picture of another split do not repeat each other.
    let clusters = PictureCluster.clusters(
      of: input.matches.withinSplit, splitOf: input.manifest.samples.map(\.split))
    for (split, coverage) in input.coverage().enumerated() {
      // Rows that name one file are another rule's.
      let ours = clusters.filter { $0.splits == [split] && input.fileCount(of: $0) > 1 }
      if let largest = ours.first {
        outcome.findings.append(finding(split, coverage.listedCount, ours, largest, input))
      } else if coverage.checkedCount > 1 {
        outcome.passedChecks.append(.noRepeats(coverage, input.name(ofSplit: split), input))
      }
    }
    return outcome
  }

  private func finding(
    _ split: Int, _ imageCount: Int, _ clusters: [PictureCluster], _ largest: PictureCluster, _ input: AuditInput
  ) -> Finding {
    let repeatCount = clusters.reduce(0) { $0 + input.fileCount(of: $1) - 1 }
    let share = Double(repeatCount) / Double(imageCount)
    return Finding(
      rule: id, severity: share >= input.policy.redundancyWarningShare ? .warning : .note,
      message: .redundancy(repeatCount, of: imageCount, split, clusters.count, largest, input),
      samples: clusters.prefix(Self.listedClusterCount).map(\.representative).sorted(), splits: [split],
      evidence: [
        Evidence("repeats", .integer(repeatCount)), Evidence("images", .integer(imageCount)),
        Evidence("share", .decimal(share, digits: 6)), Evidence("pictures", .integer(clusters.count)),
        Evidence("largest", .integer(input.fileCount(of: largest))),
        Evidence("representative", .text(input.manifest.samples[largest.representative].path)),
        Evidence("weakestLink", .decimal(largest.weakestLink, digits: 3)),
      ],
      items: [input.manifest.splits[split].name])
  }
}

extension AuditInput {
  /// The files that a cluster's samples name.
  fileprivate func fileCount(of cluster: PictureCluster) -> Int {
    Set(cluster.members.map { Array(manifest.samples[$0].path.utf8) }).count
  }
}

extension String {
  fileprivate static func redundancy(
    _ repeatCount: Int, of imageCount: Int, _ split: Int, _ pictureCount: Int, _ largest: PictureCluster,
    _ input: AuditInput
  ) -> String {
    let name = input.name(ofSplit: split)
    let times = "\(grouped(input.fileCount(of: largest))) times"
    let path = printable(input.manifest.samples[largest.representative].path)
    let pictures =
      pictureCount == 1
      ? "one picture is there \(times) (\(path))"
      : "\(grouped(pictureCount)) pictures are there more than once, one of them \(times) (\(path))"
    // Only whole pictures were compared, and of each only the closest: there may be more.
    return "at least \(grouped(repeatCount)) of \(counted(imageCount, "image")) of \(name) "
      + "\(repeatCount == 1 ? "repeats" : "repeat") another one of \(name) (\(part(repeatCount, of: imageCount))): "
      + "\(pictures); \(compared(input))"
  }

  fileprivate static func noRepeats(_ coverage: SplitCoverage, _ split: String, _ input: AuditInput) -> String {
    let looksAtPictures = input.matchOptions.method == .alignment && input.matchOptions.searchesWithinSplits
    let (read, seen) = (coverage.checkedCount, coverage.comparedCount)
    guard !looksAtPictures || seen > 0 else {
      return "no repeats found among \(counted(read, "image")) of \(split) (they show too little: only equal bytes and"
        + " equal pixels were looked for)"
    }
    let plain =
      !looksAtPictures || seen == read
      ? "" : "; of \(grouped(read - seen)) that \(read - seen == 1 ? "shows" : "show") too little only bytes and pixels"
    return "no repeats found among \(counted(read, "image")) of \(split) (\(compared(input))\(plain))"
  }

  /// What a copy within a split can look like and still be found.
  private static func compared(_ input: AuditInput) -> String {
    let options = input.matchOptions
    return options.method == .alignment && options.searchesWithinSplits
      ? "whole pictures were compared, each with those closest to it, upright and mirrored, no crops and no turns"
      : "only equal bytes and equal pixels were looked for"
  }
}
