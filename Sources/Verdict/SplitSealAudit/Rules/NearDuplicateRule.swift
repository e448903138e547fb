internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// Finds one picture in two splits: re-encoded, resized, recoloured, cropped, framed, captioned, mirrored or turned.
struct NearDuplicateRule: Rule {
  var id: RuleID { .nearDuplicate }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    outcome.findings = input.matches.matches.filter { $0.kind.isNear }.map { finding($0, input) }
    if input.matches.cutShortCount > 0 { outcome.skippedChecks.append(.cutShort(input.matches.cutShortCount)) }
    guard input.manifest.splits.count > 1 else { return outcome }

    let coverage = input.coverage()
    for (count, doubt) in zip(input.matches.counts, input.doubt.between) where count.nearPairs == 0 {
      // What shows too little was not compared, and what is in doubt was not told: neither is among what held.
      let first = coverage[count.first].comparedCount - doubt.countInFirst
      let second = coverage[count.second].comparedCount - doubt.countInSecond
      guard first > 0, second > 0 else { continue }
      outcome.passedChecks.append(
        .noNearDuplicates(
          input.name(ofSplit: count.first), input.name(ofSplit: count.second), first, second, input.matchOptions))
    }
    for (split, coverage) in coverage.enumerated() {
      let name = input.name(ofSplit: split)
      if coverage.plainCount > 0 { outcome.skippedChecks.append(.tooPlain(coverage, name, input.matchOptions)) }
      if coverage.doubtfulCount > 0 { outcome.skippedChecks.append(.inDoubt(coverage, name, input)) }
    }
    if let gap = input.alikenessGap { outcome.skippedChecks.append(gap) }
    return outcome
  }

  private func finding(_ match: Match, _ input: AuditInput) -> Finding {
    let samples = [match.first, match.second]
    return Finding(
      rule: id, severity: .error,
      message: .nearDuplicate(of: input.place(of: match.second), match, input.matchOptions), samples: samples,
      splits: input.splits(of: samples), evidence: evidence(match, input.decisions.decision(on: match)),
      items: samples.map(input.item))
  }

  private func evidence(_ match: Match, _ decision: StandingDecision?) -> [Evidence] {
    var evidence = [
      Evidence("kind", .text(match.kind.rawValue)), Evidence("score", .decimal(match.score, digits: 3)),
      Evidence("orientation", .text(match.orientation.name)),
    ]
    if let distance = match.distance {
      evidence += [
        Evidence("distance", .integer(distance)), Evidence("of", .integer(256)),
        Evidence("sampling", .text((match.sampling ?? .standard).rawValue)),
      ]
    }
    if let alignment = match.alignment {
      evidence += [
        Evidence("cosine", .decimal(alignment.cosine, digits: 3)),
        Evidence("view", .text(alignment.firstView.name)), Evidence("otherView", .text(alignment.secondView.name)),
      ]
      if let overlap = alignment.overlap { evidence.append(Evidence("overlap", .decimal(overlap, digits: 3))) }
    }
    if let decision {
      evidence.append(Evidence("decision", .text(decision.judgement.rawValue)))
      if let by = decision.decision.by { evidence.append(Evidence("decidedBy", .text(by))) }
    }
    return evidence
  }
}

extension String {
  fileprivate static func nearDuplicate(of place: String, _ match: Match, _ options: MatchOptions) -> String {
    switch match.kind {
    case .pdq:
      "\(match.differingBits) differ from \(place)\(match.orientation.clause); "
        + "\(MatchSearch.radius(score: options.reportingThreshold)) or fewer is a near-duplicate"
    default: "\(match.relation) \(place)\(match.orientation.clause), \(match.certainty)"
    }
  }

  fileprivate static func noNearDuplicates(
    _ a: String, _ b: String, _ countA: Int, _ countB: Int, _ options: MatchOptions
  ) -> String {
    let (how, scope) =
      switch options.method {
      case .alignment where !options.comparesPixels:
        (
          "descriptors alone from cosine \(fixed(options.leastCosineAlone, digits: 2)) on",
          "\(DescriptorView.allCases.count) views, \(Orientation.allCases.count) orientations"
        )
      case .alignment:
        (
          "alignment at probability \(fixed(options.reportingThreshold, digits: 2))",
          "\(DescriptorView.allCases.count) views, \(Orientation.allCases.count) orientations"
        )
      case .pdq:
        (
          "PDQ at \(MatchSearch.radius(score: options.reportingThreshold)) bits",
          "\(Orientation.allCases.count) orientations"
        )
      }
    return "0 near-duplicates between \(a) and \(b) by \(how)"
      + " (\(grouped(countA)) x \(grouped(countB)) images, \(scope))"
  }

  fileprivate static func tooPlain(_ coverage: SplitCoverage, _ split: String, _ options: MatchOptions) -> String {
    let (read, compared, plain) = (coverage.checkedCount, coverage.comparedCount, coverage.plainCount)
    let beginning =
      "of \(counted(read, "image")) of \(split) read, \(grouped(compared)) \(compared == 1 ? "was" : "were") compared; "
      + "\(grouped(plain)) \(plain == 1 ? "shows" : "show") too little"
    return switch options.method {
    case .alignment: "\(beginning) to be judged: only equal bytes and pixels were looked for"
    case .pdq: "\(beginning) for PDQ (quality below \(options.minimumQuality)): compared by bytes and pixels only"
    }
  }

  fileprivate static func inDoubt(_ coverage: SplitCoverage, _ split: String, _ input: AuditInput) -> String {
    let count = coverage.doubtfulCount
    return "of \(counted(coverage.comparedCount, "image")) of \(split) compared, \(grouped(count)) "
      + "\(count == 1 ? "has" : "have") pairs in doubt (scores \(input.doubtfulScores)): whether these are copies cannot "
      + "be told; splitseal review shows them"
  }

  fileprivate static func cutShort(_ count: Int) -> String {
    "for \(counted(count, "image")) not every candidate was checked: there were more than the limit for one image"
  }
}
