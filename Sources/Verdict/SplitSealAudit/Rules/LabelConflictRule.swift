internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// Finds one picture with two labels: exact copies and near-duplicates, within and across splits, and one path with two
/// labels.
struct LabelConflictRule: Rule {
  /// The probability from which on two aligned pictures with two labels are a warning: below it looking is cheaper than
  /// being warned in vain.
  private static let warningScore = 0.9

  var id: RuleID { .labelConflict }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    let pairs = pairs(input)
    outcome.findings = pairs.compactMap { finding($0, input) }
    let samples = input.manifest.samples
    let labelled = pairs.count { samples[$0.first].label != nil && samples[$0.second].label != nil }
    if outcome.findings.isEmpty, labelled > 0 {
      outcome.passedChecks.append("0 of \(counted(labelled, "listed pair")) of copies carry two labels")
    }
    return outcome
  }

  /// Two samples that show one picture; `match` is `nil` when all that is known is that they name one file.
  private struct Pair {
    let first: Int
    let second: Int
    let match: Match?
  }

  private func pairs(_ input: AuditInput) -> [Pair] {
    var pairs = (input.matches.matches + input.matches.withinSplit).map {
      Pair(first: $0.first, second: $0.second, match: $0)
    }
    // The search pairs the rows of one path by their bytes. Where there are none, the path itself tells.
    for samples in input.paths.repeated {
      for (earlier, later) in zip(samples, samples.dropFirst()) where input.outcomes[later].content == nil {
        pairs.append(Pair(first: earlier, second: later, match: nil))
      }
    }
    return pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  private func finding(_ pair: Pair, _ input: AuditInput) -> Finding? {
    let (first, second) = (input.manifest.samples[pair.first], input.manifest.samples[pair.second])
    guard let label = first.label, let other = second.label, !agree(pair, label, other, input) else { return nil }
    let samples = [pair.first, pair.second]
    var evidence = [
      Evidence("label", .text(input.manifest.labels[label])),
      Evidence("otherLabel", .text(input.manifest.labels[other])),
      Evidence("kind", .text(pair.match?.kind.rawValue ?? "path")),
    ]
    if let match = pair.match { evidence.append(Evidence("score", .decimal(match.score, digits: 3))) }
    return Finding(
      rule: id, severity: severity(pair.match),
      message: "labelled \(input.name(ofLabel: label)); \(input.place(of: pair.second)) is labelled "
        + "\(input.name(ofLabel: other)) and \(String.relation(pair.match))",
      samples: samples, splits: input.splits(of: samples), evidence: evidence, items: samples.map(input.item))
  }

  /// Whether two labels say the same.
  ///
  /// Where an image may have several classes, the rows of one path in a split are one image, and the order in which a label
  /// names its classes says nothing.
  private func agree(_ pair: Pair, _ label: Int, _ other: Int, _ input: AuditInput) -> Bool {
    guard label != other, input.reading.isMultiple else { return label == other }
    let (first, second) = (input.manifest.samples[pair.first], input.manifest.samples[pair.second])
    return input.reading.classesOfLabel[label] == input.reading.classesOfLabel[other]
      || (first.split == second.split && first.path.hasSameBytes(as: second.path))
  }

  /// An error for what is equal: one of the labels is wrong.
  ///
  /// A near-duplicate may differ in just what the label is about,
  /// so it warns at most, and where it is less than sure that it is one, or the pixels were not compared, it is a note.
  private func severity(_ match: Match?) -> Severity {
    switch match?.kind {
    case nil, .bytes, .pixels: .error
    case .aligned: (match?.score ?? 0) >= Self.warningScore ? .warning : .note
    case .descriptor: .note
    case .pdq, .judged: .warning
    }
  }
}

extension String {
  fileprivate static func relation(_ match: Match?) -> String {
    guard let match else { return "is the same path" }
    return switch match.kind {
    case .bytes: "has the same bytes"
    case .pixels: "has the same pixels"
    case .aligned, .descriptor, .judged: "shows the same picture\(match.orientation.clause), \(match.certainty)"
    case .pdq: "differs in \(match.differingBits)\(match.orientation.clause)"
    }
  }
}
