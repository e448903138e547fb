internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy

/// Finds test and validation images that are not younger than all training images, where they have to be.
///
/// A model that is to foresee must not have seen what came later.
struct DatesRule: Rule {
  var id: RuleID { .dates }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    let isDeclared = input.policy.grouping.isTestLater
    guard let times = input.manifest.times else {
      if isDeclared {
        outcome.inconclusive.append("whether test is later than training: no column gives a time (--time-column)")
      }
      return outcome
    }
    let spans = TimeSpans(times, input)
    for (learned, evaluated) in input.evaluatedPairs {
      guard let before = spans[learned], let after = spans[evaluated] else { continue }
      let places = "\(input.name(ofSplit: evaluated)) and \(input.name(ofSplit: learned))"
      guard isDeclared else {
        outcome.skippedChecks.append(
          "whether \(places) have to lie apart in time: nobody says that test has to be later (--test-later)")
        continue
      }
      if let finding = finding(learned, evaluated, before, times, input) {
        outcome.findings.append(finding)
      } else {
        outcome.passedChecks.append(
          "every image of \(input.name(ofSplit: evaluated)) with a time is later than all of "
            + "\(input.name(ofSplit: learned)) (\(spans.text(after.lowerBound)) after \(spans.text(before.upperBound)))"
        )
      }
    }
    if isDeclared { outcome.inconclusive += untimed(times, input) }
    return outcome
  }

  private func finding(
    _ learned: Int, _ evaluated: Int, _ before: ClosedRange<Int64>, _ times: SampleTimes, _ input: AuditInput
  ) -> Finding? {
    let samples = input.manifest.samples
    let timed = samples.indices.filter { samples[$0].split == evaluated && times.time(of: $0) != nil }
    let early = timed.filter { (times.time(of: $0) ?? .max) <= before.upperBound }
    guard let first = early.first else { return nil }
    let earliest = early.min { (times.time(of: $0) ?? .max) < (times.time(of: $1) ?? .max) } ?? first
    let text = { SampleTimes.text(of: $0, unit: times.unit) }
    let latest = samples.indices.first { samples[$0].split == learned && times.time(of: $0) == before.upperBound }
    return Finding(
      rule: id, severity: .error,
      message: "\(grouped(early.count)) of \(counted(timed.count, "image")) of \(input.name(ofSplit: evaluated)) "
        + "(\(part(early.count, of: timed.count))) are not later than the latest of \(input.name(ofSplit: learned)), "
        + "\(text(before.upperBound)); the earliest is of \(text(times.time(of: earliest) ?? 0))",
      samples: [earliest, latest].compactMap(\.self).sorted(), splits: [learned, evaluated].sorted(),
      evidence: [
        Evidence("column", .text(times.name)), Evidence("early", .integer(early.count)),
        Evidence("timed", .integer(timed.count)), Evidence("latestLearned", .text(text(before.upperBound))),
        Evidence("earliestEvaluated", .text(text(times.time(of: earliest) ?? 0))),
      ],
      items: [learned, evaluated].map { "split=\(input.manifest.splits[$0].name)" })
  }

  private func untimed(_ times: SampleTimes, _ input: AuditInput) -> [String] {
    var counts = Array(repeating: 0, count: input.manifest.splits.count)
    for (index, sample) in input.manifest.samples.enumerated() where times.time(of: index) == nil {
      counts[sample.split] += 1
    }
    return counts.indices.filter { counts[$0] > 0 && input.manifest.splits[$0].role != .other }.map {
      "\(counted(counts[$0], "image")) of \(input.name(ofSplit: $0)) have no time: whether test is later was not told of"
        + " them"
    }
  }
}

/// From when to when the images of each split were taken.
private struct TimeSpans {
  private var spans: [ClosedRange<Int64>?]
  private let unit: SampleTimes.Unit

  init(_ times: SampleTimes, _ input: AuditInput) {
    unit = times.unit
    spans = Array(repeating: nil, count: input.manifest.splits.count)
    for (index, sample) in input.manifest.samples.enumerated() {
      guard let time = times.time(of: index) else { continue }
      let span = spans[sample.split] ?? time...time
      spans[sample.split] = min(span.lowerBound, time)...max(span.upperBound, time)
    }
  }

  subscript(split: Int) -> ClosedRange<Int64>? { spans[split] }

  func text(_ time: Int64) -> String { SampleTimes.text(of: time, unit: unit) }
}

extension AuditInput {
  /// Each split that is learned from with each that is evaluated on: training before validation and test, and validation
  /// before test; indices into the manifest's splits.
  var evaluatedPairs: [(learned: Int, evaluated: Int)] {
    let roles: [SplitRole] = [.training, .validation, .test]
    let splits = manifest.splits
    return splits.indices.flatMap { learned in
      splits.indices.compactMap { evaluated in
        guard let from = roles.firstIndex(of: splits[learned].role),
          let to = roles.firstIndex(of: splits[evaluated].role), from < to
        else { return nil }
        return (learned, evaluated)
      }
    }
  }
}
