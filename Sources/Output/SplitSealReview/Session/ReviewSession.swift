public import SplitSealAudit
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch
public import SplitSealPolicy

/// What is being reviewed and what was decided: the truth that every window of the page shows.
public actor ReviewSession {
  nonisolated let input: AuditInput
  nonisolated let list: CandidateList
  /// Who decides.
  nonisolated let reviewer: String?
  /// The file of the decisions, as the user knows it.
  nonisolated let file: String
  /// The least score of a candidate, 0...1.
  nonisolated let leastScore: Double
  private let log: DecisionLog
  private let unixSeconds: @Sendable () -> Int
  private let orders: [CandidateOrder: [Int]]
  /// The candidates that were decided when other files were in their places.
  private let outdated: Set<Int>
  /// The decision in force of each candidate.
  private var inForce: [Decision?]
  /// The candidates decided in this session with what was in force before, the last one at the end.
  private var history: [(index: Int, before: Decision?)] = []
  private var hasEnded = false
  /// Grows with every decision.
  private(set) var revision = 0

  /// Prepares a review.
  ///
  /// - Parameters:
  ///   - input: What was audited, with its matches down to `leastScore`.
  ///   - leastScore: Pairs that score less are left out, 0...1.
  ///   - log: Where decisions go; those that it has already are in force.
  ///   - file: The log's name for people.
  ///   - reviewer: Who decides; `nil` for nobody in particular.
  ///   - unixSeconds: Gives the time: seconds since 1970.
  public init(
    _ input: AuditInput, leastScore: Double, log: DecisionLog, file: String, reviewer: String?,
    unixSeconds: @escaping @Sendable () -> Int
  ) {
    self.input = input
    self.leastScore = leastScore
    self.log = log
    self.file = file
    self.reviewer = reviewer
    self.unixSeconds = unixSeconds
    let list = CandidateList(input, leastScore: leastScore)
    self.list = list
    let threshold = input.matchOptions.reportingThreshold
    orders = Dictionary(
      uniqueKeysWithValues: CandidateOrder.allCases.map { ($0, $0.sorted(list.candidates, threshold: threshold)) })
    let known = Dictionary(log.list.decisions.map { ($0.finding, $0) }) { $1 }
    // A decision is about the bytes that were looked at; it says nothing about others.
    let holding = list.candidates.map { candidate in
      known[candidate.finding].map { Self.isAbout($0, candidate, input) } ?? true
    }
    outdated = Set(list.candidates.indices.filter { !holding[$0] })
    inForce = list.candidates.map { holding[$0.index] ? known[$0.finding] : nil }
  }

  /// Whether a decision is about the files that a candidate has now.
  private static func isAbout(_ decision: Decision, _ candidate: Candidate, _ input: AuditInput) -> Bool {
    let found = [candidate.match.first, candidate.match.second].map { place($0, input) }
    return found == [decision.first, decision.second] || found == [decision.second, decision.first]
  }

  /// Pairs to look at.
  public nonisolated var candidateCount: Int { list.candidates.count }
  /// Pairs to look at that are findings.
  public nonisolated var reportedCount: Int { list.candidates.count(where: \.isReported) }
  /// Pairs to look at that are in doubt.
  public nonisolated var doubtfulCount: Int { list.candidates.count(where: \.isInDoubt) }
  /// Pairs of equal bytes or pixels, which need no eyes.
  public nonisolated var equalPairCount: Int { list.equalPairCount }

  /// The samples whose pictures may be shown: those of candidates.
  nonisolated var shownSamples: Set<Int> {
    Set(list.candidates.flatMap { [$0.evaluated, $0.other] })
  }

  /// The decision in force of a candidate.
  func decision(of index: Int) -> Decision? { inForce[index] }

  /// Whether a candidate is not decided now, but was when other files were in its place.
  func isOutdated(_ index: Int) -> Bool { outdated.contains(index) && inForce[index] == nil }

  /// The candidates to look at, in order.
  func queue(_ order: CandidateOrder, _ filter: CandidateFilter) -> [Int] {
    (orders[order] ?? []).filter { filter.admits(list.candidates[$0], judgement(of: $0)) }
  }

  /// One letter for the decision on each of some candidates: `s`, `d`, `u`, and `-` for none.
  func states(of indices: some Sequence<Int>) -> String {
    String(indices.map { judgement(of: $0).first ?? "-" })
  }

  /// What was decided at or above the threshold, and below it.
  func statistics() -> (reported: BandStatistics, below: BandStatistics) {
    let random = orders[.random] ?? []
    func judgements(_ isReported: Bool) -> [String] {
      random.filter { list.candidates[$0].isReported == isReported }.map(judgement(of:))
    }
    return (BandStatistics(judgements(true)), BandStatistics(judgements(false)))
  }

  private func judgement(of index: Int) -> String { inForce[index]?.judgement?.rawValue ?? "" }

  /// Decides on a candidate; when this returns, the decision is on the disk.
  ///
  /// - Parameters:
  ///   - index: The candidate.
  ///   - finding: Its finding, which proves that page and program mean the same pair.
  ///   - judgement: What the person saw; `nil` takes back what was decided.
  ///   - reason: Why.
  ///   - expected: What the page showed as decided; empty for nothing.
  /// - Throws: ``ReviewFault``; then nothing has changed.
  func decide(
    _ index: Int, finding: String, judgement: Judgement?, reason: String?, expected: String
  ) throws(ReviewFault) {
    guard list.candidates.indices.contains(index), list.candidates[index].finding == finding else {
      throw .unknownCandidate
    }
    guard self.judgement(of: index) == expected else { throw .decidedMeanwhile }
    let decision = decision(on: index, judgement, by: reviewer, reason: reason)
    try append(decision)
    history.append((index, inForce[index]))
    inForce[index] = judgement == nil ? nil : decision
  }

  /// Takes back the last decision of this session: what was in force before is in force again.
  ///
  /// - Returns: The candidate.
  /// - Throws: ``ReviewFault``; then nothing has changed.
  func undo() throws(ReviewFault) -> Int {
    guard let last = history.last else { throw .nothingToUndo }
    // An earlier decision comes back with its own name, time and reason: nobody decided anew.
    try append(last.before ?? decision(on: last.index, nil, by: reviewer, reason: nil))
    history.removeLast()
    inForce[last.index] = last.before
    return last.index
  }

  /// Ends the review: what comes later is refused.
  public func end() { hasEnded = true }

  /// How many candidates of this session are decided now, for the last line.
  public func summary() -> (same: Int, different: Int, unsure: Int) {
    var counts = DecisionCounts()
    for index in Set(history.map(\.index)) { counts.add(judgement(of: index)) }
    return (counts.same, counts.different, counts.unsure)
  }

  private func append(_ decision: Decision) throws(ReviewFault) {
    guard !hasEnded else { throw .ended }
    do throws(ConfigurationError) {
      try log.append(decision)
    } catch {
      throw .notSaved(error.problems.map(\.description).joined(separator: "; "))
    }
    revision += 1
  }

  private func decision(on index: Int, _ judgement: Judgement?, by: String?, reason: String?) -> Decision {
    let candidate = list.candidates[index]
    return Decision(
      finding: candidate.finding, judgement: judgement, by: by, at: Self.time(unixSeconds()), reason: reason,
      score: candidate.match.score, first: Self.place(candidate.match.first, input),
      second: Self.place(candidate.match.second, input))
  }

  private static func place(_ sample: Int, _ input: AuditInput) -> Decision.Place {
    let row = input.manifest.samples[sample]
    return Decision.Place(
      split: input.manifest.splits[row.split].name, path: row.path,
      sha256: input.outcomes[sample].content?.sha256.description ?? "")
  }

  /// `2026-11-25T17:00:00Z`; the first or last second of 1970...9999 for times outside.
  static func time(_ seconds: Int) -> String {
    TimeText.text(unixSeconds: min(max(seconds, TimeText.range.lowerBound), TimeText.range.upperBound))
  }
}
