internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch

/// Finds one picture in two splits: re-encoded, resized, recoloured, mirrored or turned.
struct NearDuplicateRule: Rule {
  var id: RuleID { .nearDuplicate }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    let radius = MatchSearch.radius(score: input.matchOptions.reportingThreshold)
    outcome.findings = input.matches.matches.filter { $0.kind.isNear }.map { finding($0, radius, input) }
    guard input.manifest.splits.count > 1 else { return outcome }

    let quality = input.matchOptions.minimumQuality
    let coverage = input.coverage()
    var comparable = Array(repeating: 0, count: input.manifest.splits.count)
    for (sample, fingerprint) in zip(input.manifest.samples, input.outcomes.map(\.fingerprint)) {
      if let fingerprint, fingerprint.pdq.quality >= quality { comparable[sample.split] += 1 }
    }
    for count in input.matches.counts where count.nearPairs == 0 {
      let (first, second) = (comparable[count.first], comparable[count.second])
      guard first > 0, second > 0 else { continue }
      outcome.held.append(
        .noNearDuplicates(input.name(ofSplit: count.first), input.name(ofSplit: count.second), first, second, radius))
    }
    for split in comparable.indices where comparable[split] < coverage[split].checkedCount {
      let plain = coverage[split].checkedCount - comparable[split]
      outcome.notRun.append(.tooPlain(plain, of: coverage[split].checkedCount, input.name(ofSplit: split), quality))
    }
    return outcome
  }

  private func finding(_ match: Match, _ radius: Int, _ input: AuditInput) -> Finding {
    let samples = [match.first, match.second]
    return Finding(
      rule: id, severity: .error,
      message: .nearDuplicate(of: input.place(of: match.second), match, radius), samples: samples,
      splits: input.splits(of: samples),
      evidence: [
        Evidence("score", .decimal(match.score, digits: 3)),
        Evidence("distance", .integer(match.distance ?? 0)),
        Evidence("of", .integer(256)),
        Evidence("sampling", .text((match.sampling ?? .standard).rawValue)),
        Evidence("orientation", .text(match.orientation.name)),
      ],
      items: samples.map(input.item))
  }
}

extension String {
  fileprivate static func nearDuplicate(of place: String, _ match: Match, _ radius: Int) -> String {
    "\(match.differingBits) differ from \(place)\(match.orientation.clause); \(radius) or fewer is a near-duplicate"
  }

  fileprivate static func noNearDuplicates(
    _ a: String, _ b: String, _ countA: Int, _ countB: Int, _ radius: Int
  ) -> String {
    "0 near-duplicates between \(a) and \(b) by PDQ at \(radius) bits"
      + " (\(grouped(countA)) x \(grouped(countB)) images, 8 orientations)"
  }

  fileprivate static func tooPlain(_ count: Int, of total: Int, _ split: String, _ quality: Int) -> String {
    "\(grouped(count)) of \(counted(total, "image")) of \(split) show too little for PDQ (quality below \(quality)):"
      + " compared by bytes and pixels only"
  }
}
