internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealStatistics

/// Finds frames of one sequence in two splits that are neighbours.
///
/// Sequences are told by a group with a column of times, by numbers in the names of files, and by capture time and camera
/// in EXIF. The latter two are believed only where neighbours look alike far beyond others of their class.
struct SequenceLeakRule: Rule {
  /// The share of a sequence's evaluated frames from which on neighbours of training frames are an error and not a
  /// warning: a video cut in two has one such frame at the cut.
  static let errorShare = 0.1
  /// Sequences of fewer frames are judged together with the others of their origin.
  static let leastOwnFrameCount = 60

  var id: RuleID { .sequenceLeak }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    guard input.manifest.splits.count > 1, !input.evaluatedPairs.isEmpty else { return outcome }
    let all = SequenceFinder(input).sequences()
    let judged = JudgedSequences(all, input)
    for (learned, evaluated) in input.evaluatedPairs {
      evaluate(judged.believed, learned, evaluated, input, &outcome)
    }
    if all.isEmpty {
      outcome.passedChecks.append("no files are numbered across two splits, by names, EXIF or a column of times")
    }
    if !judged.doubted.isEmpty { outcome.passedChecks.append(.doubted(judged.doubted, testCount: judged.testCount)) }
    if !judged.untold.isEmpty { outcome.skippedChecks.append(.untold(judged.untold)) }
    return outcome
  }

  // MARK: Distances

  private func evaluate(
    _ sequences: [JudgedSequences.Believed], _ learned: Int, _ evaluated: Int, _ input: AuditInput,
    _ outcome: inout RuleOutcome
  ) {
    let samples = input.manifest.samples
    var (sequenceCount, frameCount, leaking) = (0, 0, 0)
    var least = Double.infinity
    for believed in sequences {
      let sequence = believed.sequence
      let neighbours = sequence.distances(from: evaluated, to: learned) { samples[$0].split }
      guard !neighbours.isEmpty else { continue }
      sequenceCount += 1
      frameCount += neighbours.count
      least = min(least, neighbours.reduce(.infinity) { min($0, $1.steps) })
      guard let finding = finding(believed, neighbours, learned, evaluated, input) else { continue }
      leaking += 1
      outcome.findings.append(finding)
    }
    guard sequenceCount > 0, leaking == 0 else { return }
    outcome.passedChecks.append(
      "0 of \(counted(frameCount, "frame")) of \(input.name(ofSplit: evaluated)) in "
        + "\(counted(sequenceCount, "sequence")) that reach into \(input.name(ofSplit: learned)) "
        + "are within \(steps(input.policy.grouping.leakingSteps)) of one of its frames "
        + "(the nearest is \(steps(least)) away)")
  }

  private func finding(
    _ believed: JudgedSequences.Believed, _ neighbours: [FrameSequence.Neighbour], _ learned: Int, _ evaluated: Int,
    _ input: AuditInput
  ) -> Finding? {
    let sequence = believed.sequence
    let limit = input.policy.grouping.leakingSteps
    let leaking = neighbours.filter { $0.steps <= limit }
    guard let first = leaking.first else { return nil }
    let share = Double(leaking.count) / Double(neighbours.count)
    let median = neighbours.map(\.steps).sorted()[(neighbours.count - 1) / 2]
    let severity: Severity = share >= Self.errorShare && sequence.origin != .camera ? .error : .warning
    return Finding(
      rule: id, severity: severity,
      message:
        "\(grouped(leaking.count)) of \(counted(neighbours.count, "frame")) of \(input.name(ofSplit: evaluated)) in "
        + "the sequence \(sequence.name.quoted) are within \(steps(limit)) of a frame of "
        + "\(input.name(ofSplit: learned)) (median \(steps(median)); a step is \(spacing(of: sequence, input)); "
        + "\(sequence.origin.explanation))",
      samples: [first.sample, first.nearest].compactMap(\.self).sorted(), splits: [learned, evaluated].sorted(),
      evidence: [
        Evidence("sequence", .text(sequence.name)), Evidence("origin", .text(sequence.origin.name)),
        Evidence("frames", .integer(neighbours.count)), Evidence("leaking", .integer(leaking.count)),
        Evidence("medianSteps", .decimal(median, digits: 2)), Evidence("step", .integer(Int(sequence.spacing))),
      ] + believed.evidence,
      items: ["sequence=\(sequence.name)", "first=\(input.manifest.samples[sequence.frames[0].sample].path)"]
        + [learned, evaluated].map { "split=\(input.manifest.splits[$0].name)" })
  }

  private func steps(_ count: Double) -> String {
    let text = count == count.rounded() ? grouped(Int(count)) : fixed(count, digits: 1)
    return "\(text) \(count == 1 ? "step" : "steps")"
  }

  private func spacing(of sequence: FrameSequence, _ input: AuditInput) -> String {
    let isTime =
      sequence.origin == .camera || (sequence.origin == .declared && input.manifest.times?.unit == .milliseconds)
    guard isTime else { return sequence.spacing == 1 ? "1 frame" : "\(grouped(Int(sequence.spacing))) frames" }
    return "\(fixed(Double(sequence.spacing) / 1000, digits: sequence.spacing < 10_000 ? 2 : 0)) s"
  }
}

/// Sequences by what is known of them.
private struct JudgedSequences {
  /// A sequence that is one.
  struct Believed {
    let sequence: FrameSequence
    /// The numbers that it rests on; empty where the manifest says that it is one.
    let evidence: [Evidence]
  }

  /// Some sequences that are tested as one.
  private struct Unit {
    let sequences: [FrameSequence]
    let evidence: SequenceEvidence
  }

  /// Neighbours are alike far beyond others of their kind, or the manifest says that they are neighbours.
  private(set) var believed: [Believed] = []
  /// Neighbours are not.
  private(set) var doubted: [FrameSequence] = []
  /// Too few could be compared.
  private(set) var untold: [FrameSequence] = []
  /// Tests that were made, for whose number the p-values are adjusted.
  let testCount: Int

  init(_ sequences: [FrameSequence], _ input: AuditInput) {
    believed = sequences.filter { $0.origin == .declared }.map { Believed(sequence: $0, evidence: []) }
    var units: [Unit] = []
    for origin in [FrameSequence.Origin.names, .camera] {
      let ours = sequences.filter { $0.origin == origin }
      let short = ours.filter { $0.frames.count < SequenceLeakRule.leastOwnFrameCount }
      let long = ours.filter { $0.frames.count >= SequenceLeakRule.leastOwnFrameCount }
      for tested in (short.isEmpty ? [] : [short]) + long.map({ [$0] }) {
        units.append(Unit(sequences: tested, evidence: SequenceEvidence(tested, among: ours, input)))
      }
    }
    let tested = units.compactMap { unit in unit.evidence.pValue.map { (unit, $0) } }
    testCount = tested.count
    // Holm at any size: one false sequence is an error in somebody's dataset, and frames of films leave no doubt.
    let adjusted = MultipleTesting.holm.adjusted(tested.map(\.1))
    for unit in units where unit.evidence.pValue == nil { untold += unit.sequences }
    for ((unit, _), adjusted) in zip(tested, adjusted) {
      guard unit.evidence.isSequence(adjustedPValue: adjusted) else {
        doubted += unit.sequences
        continue
      }
      let evidence = [
        Evidence("neighbours", .integer(unit.evidence.pairCount)),
        Evidence("alike", .integer(unit.evidence.alikeCount)),
        Evidence("tests", .integer(tested.count)), Evidence("adjustedPValue", .decimal(adjusted, digits: 6)),
      ]
      believed += unit.sequences.map { Believed(sequence: $0, evidence: evidence) }
    }
  }
}

extension FrameSequence.Origin {
  fileprivate var name: String {
    switch self {
    case .names: "names"
    case .declared: "declared"
    case .camera: "exif"
    }
  }

  fileprivate var explanation: String {
    switch self {
    case .names: "by the numbers in the names of files, whose neighbours look alike"
    case .declared: "by a group and the column of times"
    case .camera: "by capture time and camera in EXIF"
    }
  }
}

extension String {
  fileprivate static func doubted(_ sequences: [FrameSequence], testCount: Int) -> String {
    "\(numbered(sequences)), and neighbours look not far more alike than others of their kind: not taken for sequences"
      + " (\(counted(testCount, "test")), p-values adjusted by \(MultipleTesting.holm.rawValue))"
  }

  fileprivate static func untold(_ sequences: [FrameSequence]) -> String {
    "whether neighbours leak: \(numbered(sequences)), and too few neighbours can be compared to tell whether these are"
      + " sequences"
  }

  private static func numbered(_ sequences: [FrameSequence]) -> String {
    let named = sequences.prefix(3).map { $0.name.quoted }
    let more = sequences.count > 3 ? " and \(grouped(sequences.count - 3)) more" : ""
    return "files are numbered across splits (\(named.joined(separator: ", "))\(more))"
  }
}
