internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealPolicy

/// Finds test images that an earlier report has in a training or validation split.
///
/// A model trained on the earlier version has seen them. Says nothing where there is no earlier report.
struct MovedIntoTestRule: Rule {
  var id: RuleID { .movedIntoTest }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    guard let baseline = input.baseline else { return outcome }
    let file = printable(baseline.file)
    guard !baseline.splits.isEmpty else {
      outcome.skippedChecks.append("what moved into test: the baseline \(file) does not say what its splits held")
      return outcome
    }
    var moves: [[Int]: Int] = [:]
    var (testCount, unreadCount) = (0, 0)
    for (index, sample) in input.manifest.samples.enumerated() {
      let split = input.manifest.splits[sample.split]
      if split.role == .test { testCount += 1 }
      guard let content = input.outcomes[index].content?.prefix else {
        if split.role == .test { unreadCount += 1 }
        continue
      }
      let earlier = baseline.splits.indices.filter { baseline.splits[$0].contains(content) }
      guard let first = earlier.first, !earlier.contains(where: { isSame(baseline.splits[$0], split) }) else {
        continue
      }
      if split.role == .test, !earlier.contains(where: { baseline.splits[$0].role == .test }),
        let learned = earlier.first(where: { [.training, .validation].contains(baseline.splits[$0].role) })
      {
        outcome.findings.append(moved(index, from: baseline.splits[learned], file, input))
      } else {
        moves[[first, sample.split], default: 0] += 1
      }
    }
    if testCount - unreadCount > 0, outcome.findings.isEmpty {
      outcome.passedChecks.append(
        "0 of \(counted(testCount - unreadCount, "test image")) \(testCount - unreadCount == 1 ? "was" : "were") in a training or validation split of \(file)"
      )
    }
    for (pair, count) in moves.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      outcome.findings.append(others(count, from: baseline.splits[pair[0]], to: pair[1], file, input))
    }
    return outcome
  }

  private func isSame(_ earlier: Baseline.Split, _ split: Split) -> Bool {
    earlier.name.hasSameBytes(as: split.name) && earlier.role == split.role
  }

  private func moved(_ sample: Int, from split: Baseline.Split, _ file: String, _ input: AuditInput) -> Finding {
    Finding(
      rule: id, severity: .error,
      message: "was in \(printable(split.name)) of \(file): whoever trained on that has seen it", samples: [sample],
      splits: [input.manifest.samples[sample].split],
      evidence: [Evidence("from", .text(split.name)), Evidence("fromRole", .text(split.role.rawValue))],
      items: [input.item(sample)])
  }

  private func others(
    _ count: Int, from split: Baseline.Split, to target: Int, _ file: String, _ input: AuditInput
  ) -> Finding {
    Finding(
      rule: id, severity: .note,
      message: "\(counted(count, "image")) of \(input.name(ofSplit: target)) \(count == 1 ? "was" : "were") in "
        + "\(printable(split.name)) of \(file)",
      splits: [target], evidence: [Evidence("images", .integer(count)), Evidence("from", .text(split.name))],
      items: [split.name, input.manifest.splits[target].name])
  }
}
