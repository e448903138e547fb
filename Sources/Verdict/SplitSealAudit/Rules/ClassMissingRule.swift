internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy

/// Finds classes that one split has and another lacks, and classes with too few test images to score.
///
/// No p-value: the usual drift scores do not see a rare class disappear, and a model cannot learn what it was never shown.
struct ClassMissingRule: Rule {
  var id: RuleID { .classMissing }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    switch input.reading.meaning {
    case .classes: break
    case .absent:
      if !input.manifest.samples.isEmpty {
        outcome.skippedChecks.append("the manifest gives no labels: label-conflict and the class rules were not run")
      }
      return outcome
    case .numbers:
      outcome.skippedChecks.append(
        "labels are numbers: class-missing does not apply, class-skew compares their distributions")
      return outcome
    case .unusable(let sentence, let isDeclared):
      if isDeclared { outcome.inconclusive.append(sentence) } else { outcome.skippedChecks.append(sentence) }
      return outcome
    }
    let limits = input.policy.classes
    let (least, good) = (limits.leastSupport, max(limits.leastSupport, limits.goodSupport))
    let labelled = LabelledSplits(input)
    outcome.skippedChecks = notRun(labelled, input)
    if labelled.splits.count > 1 {
      outcome.findings = missing(labelled, input)
      if outcome.findings.isEmpty {
        let classCount = labelled.labels(in: labelled.splits).count
        let names = labelled.splits.map(input.name(ofSplit:))
        outcome.passedChecks.append(
          "all \(counted(classCount, "class", "classes")) are in \(enumeration(names, limit: .max))")
      }
    }
    outcome.findings += [similar(labelled, input)].compactMap(\.self)
    for split in labelled.splits where input.manifest.splits[split].role == .test {
      let scarce = [
        scarce(0..<least, .warning, split, labelled, input),
        scarce(least..<good, .note, split, labelled, input),
      ].compactMap(\.self)
      outcome.findings += scarce
      if scarce.isEmpty {
        outcome.passedChecks.append(
          "every class of \(input.name(ofSplit: split)) has \(counted(good, "image")) or more")
      }
    }
    return outcome
  }

  // MARK: Classes that a split lacks

  private func missing(_ labelled: LabelledSplits, _ input: AuditInput) -> [Finding] {
    let training = labelled.splits.filter { input.manifest.splits[$0].role == .training }
    return input.reading.classNames.indices.flatMap { label -> [Finding] in
      let holders = labelled.splits.filter { labelled.counts[$0][label] > 0 }
      let lacking = labelled.splits.filter { labelled.counts[$0][label] == 0 }
      guard !holders.isEmpty else { return [] }
      let roles = holders.map { input.manifest.splits[$0].role }
      // Several training splits are one training set.
      if !training.isEmpty, !roles.contains(.training) {
        let severity: Severity = roles.contains(.test) ? .error : .warning
        return [finding(label, holders: holders, lacking: training, severity, labelled, input)]
      }
      return lacking.filter { input.manifest.splits[$0].role != .training }.map { split in
        let isTest = input.manifest.splits[split].role == .test
        let severity: Severity = isTest && roles.contains(.training) ? .error : .warning
        return finding(label, holders: holders, lacking: [split], severity, labelled, input)
      }
    }
  }

  private func finding(
    _ label: Int, holders: [Int], lacking: [Int], _ severity: Severity, _ labelled: LabelledSplits, _ input: AuditInput
  ) -> Finding {
    let className = input.name(ofClass: label)
    let having = holders.map { "\(input.name(ofSplit: $0)) (\(counted(labelled.counts[$0][label], "image")))" }
    let lackingNames = lacking.map(input.name(ofSplit:))
    return Finding(
      rule: id, severity: severity,
      message: "class \(className) is in \(enumeration(having)) and not in \(enumeration(lackingNames))",
      splits: (holders + lacking).sorted(),
      evidence: [
        Evidence("label", .text(input.reading.classNames[label])),
        Evidence("count", .integer(holders.reduce(0) { $0 + labelled.counts[$1][label] })),
      ],
      items: ["missing", "label=\(input.reading.classNames[label])"]
        + lacking.map { "split=\(input.manifest.splits[$0].name)" })
  }

  // MARK: Classes that may be one

  /// Classes that are written in several ways.
  private func similar(_ labelled: LabelledSplits, _ input: AuditInput) -> Finding? {
    let names = input.reading.classNames
    let sets = SimilarNames.sets(of: names)
    guard !sets.isEmpty else { return nil }
    let holders = labelled.counts.indices.filter { split in
      sets.joined().contains { labelled.counts[split][$0] > 0 }
    }
    return Finding(
      rule: id, severity: .warning,
      message:
        "\(counted(sets.count, "class", "classes")) may be written in several ways, which differ in blanks, case or"
        + " leading zeros and are taken for different classes: "
        + SimilarNames.sentence(sets) { label in
          let splits = holders.filter { labelled.counts[$0][label] > 0 }.map(input.name(ofSplit:))
          return "\(input.name(ofClass: label)) (\(enumeration(splits)))"
        },
      splits: holders, evidence: [Evidence("similarClasses", .integer(sets.count))],
      items: ["similar"] + sets.joined().map { "label=\(names[$0])" })
  }

  // MARK: Classes with few test images

  private func scarce(
    _ range: Range<Int>, _ severity: Severity, _ split: Int, _ labelled: LabelledSplits, _ input: AuditInput
  ) -> Finding? {
    let counts = labelled.counts[split]
    let labels = input.reading.classNames.indices.filter { counts[$0] > 0 && range.contains(counts[$0]) }
    guard !labels.isEmpty else { return nil }
    let present = labelled.labels(in: [split]).count
    let least = labels.sorted { (counts[$0], $0) < (counts[$1], $1) }
    let named = least.map { "\(input.name(ofClass: $0)) (\(counts[$0]))" }
    return Finding(
      rule: id, severity: severity,
      message: "\(grouped(labels.count)) of \(counted(present, "class", "classes")) of \(input.name(ofSplit: split)) "
        + "\(labels.count == 1 ? "has" : "have") fewer than \(range.upperBound) images: \(enumeration(named))",
      splits: [split],
      evidence: [
        Evidence("classes", .integer(labels.count)),
        Evidence("fewerThan", .integer(range.upperBound)),
        Evidence("least", .integer(counts[least[0]])),
      ],
      items: ["fewer than \(range.upperBound)", "split=\(input.manifest.splits[split].name)"]
        + labels.map { "label=\(input.reading.classNames[$0])" })
  }

  // MARK: What is left out

  private func notRun(_ labelled: LabelledSplits, _ input: AuditInput) -> [String] {
    var sentences: [String] = []
    for (split, unlabelled) in labelled.unlabelled.enumerated() {
      let name = input.name(ofSplit: split)
      if input.manifest.splits[split].role == .other {
        sentences.append("\(name) is neither training, validation nor test: class-missing and class-skew leave it out")
      } else if labelled.totals[split] == 0, unlabelled > 0 {
        sentences.append("\(name) has no labels: the class rules leave it out")
      } else if unlabelled > 0 {
        let total = labelled.totals[split] + unlabelled
        sentences.append(
          "\(grouped(unlabelled)) of \(counted(total, "image")) of \(name) have no label: the class rules leave them out"
        )
      }
    }
    return sentences
  }
}
