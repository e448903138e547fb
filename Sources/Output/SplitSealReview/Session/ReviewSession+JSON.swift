internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealReport
internal import SplitSealStatistics

extension ReviewSession {
  /// What the page needs to know once, and what changes.
  func sessionDocument() -> JSONValue {
    let manifest = input.manifest
    func name(_ split: Int) -> JSONValue { .string(printable(manifest.splits[split].name)) }
    return .object([
      "reviewer": reviewer.map { .string(printable($0)) }, "file": .string(printable(file)),
      "inputs": .array(manifest.inputs.map { .string(printable($0.path)) }),
      "threshold": number(input.matchOptions.reportingThreshold), "leastScore": number(leastScore),
      "candidates": .integer(list.candidates.count), "equalPairs": .integer(list.equalPairCount),
      "unlisted": .integer(list.unlistedCount),
      "splitPairs": .array(
        list.splitPairs.map { .object(["evaluated": name($0.evaluated), "other": name($0.other)]) }),
      "hasLabels": .bool(!manifest.labels.isEmpty), "state": stateDocument(),
    ])
  }

  /// The order of the pairs and what is decided about each, all at one moment.
  ///
  /// - Parameters:
  ///   - order: How the pairs are sorted.
  ///   - filter: Which of them are listed.
  ///   - limit: Pairs that are listed at most; `total` counts the others too.
  /// - Returns: The answer to the page.
  func queueDocument(_ order: CandidateOrder, _ filter: CandidateFilter, limit: Int) -> JSONValue {
    let indices = queue(order, filter)
    let shown = indices.prefix(limit)
    return .object([
      "revision": .integer(revision), "total": .integer(indices.count),
      "candidates": .array(shown.map { .integer($0) }),
      // One letter for each: same, different, unsure, and - for those that are not decided.
      "states": .string(states(of: shown)),
    ])
  }

  /// Some pairs and the revision that they belong to.
  ///
  /// One call gives both: a decision made between two calls would pair a newer revision with older pairs, and the page
  /// would take them for current ones.
  ///
  /// - Throws: ``ReviewFault/unknownCandidate``.
  func pairsDocument(of indices: [Int]) throws(ReviewFault) -> JSONValue {
    guard indices.allSatisfy({ list.candidates.indices.contains($0) }) else { throw .unknownCandidate }
    return .object(["pairs": .array(indices.map { document(of: $0) }), "state": stateDocument()])
  }

  /// Decides as the page asks, and gives the pair and the state right after that.
  ///
  /// - Throws: ``ReviewFault``; then nothing has changed.
  func decide(_ request: DecisionRequest) throws(ReviewFault) -> JSONValue {
    try decide(
      request.candidate, finding: request.finding, judgement: request.judgement, reason: request.reason,
      expected: request.expected)
    return outcome(of: request.candidate)
  }

  /// Takes back the last decision of this session, and gives its pair and the state right after that.
  ///
  /// - Throws: ``ReviewFault``; then nothing has changed.
  func undoneDocument() throws(ReviewFault) -> JSONValue { outcome(of: try undo()) }

  private func outcome(of candidate: Int) -> JSONValue {
    .object(["pair": document(of: candidate), "state": stateDocument()])
  }

  /// What changes with every decision.
  private func stateDocument() -> JSONValue {
    let (reported, below) = statistics()
    return .object([
      "revision": .integer(revision), "reported": document(reported), "below": document(below),
    ])
  }

  /// Everything about one candidate.
  private func document(of index: Int) -> JSONValue {
    let candidate = list.candidates[index]
    // What the search saw; where the pictures lie exactly costs their pixels and is asked for by itself.
    let geometry = PairGeometry(candidate, PairWarp.find(candidate.match))
    return .object([
      "index": .integer(index), "finding": .string(candidate.finding),
      "score": .string(scoreText(candidate)), "isReported": .bool(candidate.isReported),
      "isInDoubt": .bool(candidate.isInDoubt),
      "how": .string(candidate.match.words(evaluated: candidate.evaluated, namesTurn: false).joined(separator: ", ")),
      "turn": .string(geometry.turn.name),
      "turnMap": numbers(geometry.turned), "warp": numbers(geometry.warp),
      "evaluated": document(ofSample: candidate.evaluated), "other": document(ofSample: candidate.other),
      "hasTwoLabels": .bool(candidate.hasTwoLabels), "decision": document(decision(of: index)),
      "isOutdated": .bool(isOutdated(index)),
    ])
  }

  private func document(_ decision: Decision?) -> JSONValue? {
    guard let decision, let judgement = decision.judgement else { return nil }
    return .object([
      "judgement": .string(judgement.rawValue), "by": decision.by.map { .string(printable($0)) },
      "at": .string(printable(decision.at)), "reason": decision.reason.map { .string(printable($0)) },
    ])
  }

  private func document(ofSample sample: Int) -> JSONValue {
    let row = input.manifest.samples[sample]
    let fingerprint = input.outcomes[sample].fingerprint
    return .object([
      "sample": .integer(sample), "split": .string(printable(input.manifest.splits[row.split].name)),
      // The very path is there to be copied; what is shown is tame.
      "path": .string(row.path), "shown": .string(printable(row.path)),
      "label": row.label.map { .string(printable(input.manifest.labels[$0])) },
      "group": input.manifest.groupName(of: sample).map { .string(printable($0)) },
      "width": .integer(fingerprint?.width ?? 0), "height": .integer(fingerprint?.height ?? 0),
    ])
  }

  private func document(_ band: BandStatistics) -> JSONValue {
    .object([
      "all": document(band.all), "sample": band.sample.map(document),
      "nextSample": band.nextSample.map {
        .object(["size": .integer($0.size), "decided": .integer($0.decided)])
      },
    ])
  }

  private func document(_ counts: DecisionCounts) -> JSONValue {
    .object([
      "total": .integer(counts.total), "same": .integer(counts.same), "different": .integer(counts.different),
      "unsure": .integer(counts.unsure), "low": number(counts.interval.low), "high": number(counts.interval.high),
    ])
  }

  /// A score as reports show it: nothing but equal pictures is certain.
  private func scoreText(_ candidate: Candidate) -> String {
    candidate.match.kind == .pdq ? fixed(candidate.match.score, digits: 3) : probability(candidate.match.score)
  }

  private func number(_ value: Double) -> JSONValue { .decimal(fixed(value, digits: 4)) }

  private nonisolated func numbers(_ warp: AffineWarp) -> JSONValue {
    .array([warp.xx, warp.xy, warp.x, warp.yx, warp.yy, warp.y].map { .decimal(fixed($0, digits: 6)) })
  }

  /// How the pictures of a candidate lie on each other.
  nonisolated func document(of candidate: Candidate, _ found: PairWarp) -> JSONValue {
    .object([
      "index": .integer(candidate.index), "warp": numbers(PairGeometry(candidate, found).warp),
      "isAligned": .bool(found.isAligned),
    ])
  }
}
