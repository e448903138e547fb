internal import SplitSealManifest
internal import SplitSealPolicy

/// Finds frames of one sequence in two splits that are neighbours.
///
/// Sequences are told by a group with a column of times, by numbers in the names of files, and by capture time and camera
/// in EXIF. The latter two are believed only where neighbours look alike.
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
    let judged = judged(all, input)
    for (learned, evaluated) in input.evaluatedPairs {
      evaluate(judged[.believed], learned, evaluated, input, &outcome)
    }
    if all.isEmpty {
      outcome.held.append("no sequence of frames is in two splits, by names of files, EXIF or a column of times")
    }
    if !judged[.doubted].isEmpty { outcome.held.append(.doubted(judged[.doubted])) }
    if !judged[.untold].isEmpty { outcome.notRun.append(.untold(judged[.untold])) }
    return outcome
  }

  // MARK: Which sequences are believed

  private func judged(_ sequences: [FrameSequence], _ input: AuditInput) -> JudgedSequences {
    var judged = JudgedSequences()
    judged[.believed] = sequences.filter { $0.origin == .declared }
    for origin in [FrameSequence.Origin.names, .camera] {
      let ours = sequences.filter { $0.origin == origin }
      let short = ours.filter { $0.frames.count < Self.leastOwnFrameCount }
      judged[judgement(SequenceEvidence(short, against: ours, input))] += short
      for sequence in ours where sequence.frames.count >= Self.leastOwnFrameCount {
        let evidence = SequenceEvidence([sequence], against: others(than: sequence, in: ours), input)
        judged[judgement(evidence)].append(sequence)
      }
    }
    return judged
  }

  private func judgement(_ evidence: SequenceEvidence) -> JudgedSequences.Judgement {
    evidence.isSequence ? .believed : evidence.isTellable ? .doubted : .untold
  }

  /// Some of the other sequences.
  private func others(than sequence: FrameSequence, in all: [FrameSequence]) -> [FrameSequence] {
    Array(all.lazy.filter { $0.frames[0].sample != sequence.frames[0].sample }.prefix(100))
  }

  // MARK: Distances

  private func evaluate(
    _ sequences: [FrameSequence], _ learned: Int, _ evaluated: Int, _ input: AuditInput, _ outcome: inout RuleOutcome
  ) {
    let samples = input.manifest.samples
    var (sequenceCount, frameCount, leaking) = (0, 0, 0)
    var least = Double.infinity
    for sequence in sequences {
      let neighbours = sequence.distances(from: evaluated, to: learned) { samples[$0].split }
      guard !neighbours.isEmpty else { continue }
      sequenceCount += 1
      frameCount += neighbours.count
      least = min(least, neighbours.reduce(.infinity) { min($0, $1.steps) })
      guard let finding = finding(sequence, neighbours, learned, evaluated, input) else { continue }
      leaking += 1
      outcome.findings.append(finding)
    }
    guard sequenceCount > 0, leaking == 0 else { return }
    outcome.held.append(
      "0 of \(counted(frameCount, "frame")) of \(input.name(ofSplit: evaluated)) in "
        + "\(counted(sequenceCount, "sequence")) that reach into \(input.name(ofSplit: learned)) "
        + "are within \(steps(input.policy.grouping.leakingSteps)) of one of its frames "
        + "(the nearest is \(steps(least)) away)")
  }

  private func finding(
    _ sequence: FrameSequence, _ neighbours: [FrameSequence.Neighbour], _ learned: Int, _ evaluated: Int,
    _ input: AuditInput
  ) -> Finding? {
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
        + "the sequence \(quoted(sequence.name)) are within \(steps(limit)) of a frame of "
        + "\(input.name(ofSplit: learned)) (median \(steps(median)); a step is \(spacing(of: sequence, input)); "
        + "\(sequence.origin.explanation))",
      samples: [first.sample, first.nearest].compactMap(\.self).sorted(), splits: [learned, evaluated].sorted(),
      evidence: [
        Evidence("sequence", .text(sequence.name)), Evidence("origin", .text(sequence.origin.name)),
        Evidence("frames", .integer(neighbours.count)), Evidence("leaking", .integer(leaking.count)),
        Evidence("medianSteps", .decimal(median, digits: 2)), Evidence("step", .integer(Int(sequence.spacing))),
      ],
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
  enum Judgement: Int, CaseIterable {
    /// Neighbours are alike, or the manifest says that they are neighbours.
    case believed
    /// Neighbours are no more alike than others.
    case doubted
    /// Too few could be compared.
    case untold
  }

  private var lists: [[FrameSequence]] = Judgement.allCases.map { _ in [] }

  subscript(judgement: Judgement) -> [FrameSequence] {
    get { lists[judgement.rawValue] }
    set { lists[judgement.rawValue] = newValue }
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
  fileprivate static func doubted(_ sequences: [FrameSequence]) -> String {
    "\(numbered(sequences)), and neighbours look no more alike than others: not taken for sequences"
  }

  fileprivate static func untold(_ sequences: [FrameSequence]) -> String {
    "whether neighbours leak: \(numbered(sequences)), and too few neighbours can be compared to tell whether these are"
      + " sequences"
  }

  private static func numbered(_ sequences: [FrameSequence]) -> String {
    let named = sequences.prefix(3).map { quoted($0.name) }
    let more = sequences.count > 3 ? " and \(grouped(sequences.count - 3)) more" : ""
    return "files are numbered across splits (\(named.joined(separator: ", "))\(more))"
  }
}
