internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealStatistics

/// How evenly the classes of one split are filled.
struct ClassBalance {
  /// The commonest class, and the rarest of those that are there; of equal ones the first.
  let commonest: Int
  let rarest: Int
  let counts: [Int]
  /// Number of classes that are there.
  let classCount: Int
  private let total: Int

  /// - Precondition: some count is above 0.
  init(_ counts: [Int]) {
    self.counts = counts
    let present = counts.indices.filter { counts[$0] > 0 }
    commonest = present.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0
    rarest = present.min { (counts[$0], $0) < (counts[$1], $1) } ?? 0
    classCount = present.count
    total = counts.reduce(0, +)
  }

  /// Images of the commonest class for each of the rarest, 1 or more.
  var ratio: Double { Double(counts[commonest]) / Double(counts[rarest]) }
  /// The rarest class' share of all labels over an equal share, 0...1.
  var rarestPart: Double { Double(counts[rarest]) * Double(classCount) / Double(total) }
  /// Shannon's entropy of the shares, in bits.
  var entropy: Double {
    counts.filter { $0 > 0 }.reduce(0) { sum, count in
      let share = Double(count) / Double(total)
      return sum - share * naturalLogarithm(share) / naturalLogarithm(2)
    }
  }
  /// The number of equally common classes that would have this entropy, 1 or more (Hill's number of order 1).
  var effectiveClasses: Double { exponential(entropy * naturalLogarithm(2)) }

  // MARK: Without a declared ratio

  /// Looks at the training and test splits.
  static func outcome(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    let labelled = LabelledSplits(input)
    let limits = input.policy.classes
    for split in labelled.splits where [.training, .test].contains(input.manifest.splits[split].role) {
      guard labelled.totals[split] >= limits.leastImageCount else { continue }
      let balance = ClassBalance(labelled.counts[split])
      guard balance.classCount > 1 else { continue }
      if balance.ratio > limits.imbalanceRatio || balance.rarestPart < limits.rarestShare {
        outcome.findings.append(balance.finding(split, input))
      } else {
        outcome.passedChecks.append("\(balance.sentence(split, input)): \(balance.evenness)")
      }
    }
    return outcome
  }

  private var evenness: String {
    "as even as \(fixed(effectiveClasses, digits: 1)) equally common classes"
  }

  private func sentence(_ split: Int, _ input: AuditInput) -> String {
    "the commonest of \(counted(classCount, "class", "classes")) of \(input.name(ofSplit: split)), "
      + "\(input.name(ofClass: commonest)), has \(ratioText(ratio)) times the images of the rarest, "
      + input.name(ofClass: rarest)
  }

  private func finding(_ split: Int, _ input: AuditInput) -> Finding {
    let constant = ConstantAnswer(counts)
    return Finding(
      rule: .classImbalance, severity: .warning,
      message: "\(sentence(split, input)) (\(grouped(counts[commonest])) and \(grouped(counts[rarest]))): \(evenness); "
        + constant.sentence(input),
      splits: [split],
      evidence: [
        Evidence("commonest", .text(input.reading.classNames[commonest])),
        Evidence("commonestCount", .integer(counts[commonest])),
        Evidence("rarest", .text(input.reading.classNames[rarest])),
        Evidence("rarestCount", .integer(counts[rarest])),
        Evidence("classes", .integer(classCount)),
        Evidence("ratio", .decimal(ratio, digits: 2)),
        Evidence("entropy", .decimal(entropy, digits: 4)),
        Evidence("effectiveClasses", .decimal(effectiveClasses, digits: 2)),
      ] + constant.evidence(input),
      items: ["balance", "split=\(input.manifest.splits[split].name)"])
  }
}
