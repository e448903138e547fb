internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy

/// Finds paths that the manifests name more than once.
struct DuplicateRowRule: Rule {
  var id: RuleID { .duplicateRow }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    let paths = input.paths
    let classRows = paths.repeated.filter { areClasses($0, input) }.count
    for samples in paths.repeated where !areClasses(samples, input) {
      let splits = input.splits(of: samples)
      outcome.findings.append(
        Finding(
          rule: id, severity: splits.count > 1 ? .error : .warning, message: .duplicateRow(samples, splits, input),
          samples: samples, splits: splits,
          evidence: [Evidence("rows", .integer(samples.count)), Evidence("splits", .integer(splits.count))],
          items: samples.map(input.item)))
    }
    if outcome.findings.isEmpty {
      if paths.distinctCount > 0 { outcome.passedChecks.append(.nothingTwice(paths.distinctCount, classRows)) }
    } else if outcome.findings.allSatisfy({ $0.splits.count == 1 }), input.manifest.splits.count > 1 {
      outcome.passedChecks.append("0 of \(counted(paths.distinctCount, "path")) are in two splits")
    }
    return outcome
  }

  /// Whether the rows of a path are one for each of its labels.
  ///
  /// Where few images have several labels they are label conflicts, and not repeats either.
  private func areClasses(_ rows: [Int], _ input: AuditInput) -> Bool {
    guard input.reading.meaning == .classes, input.splits(of: rows).count == 1 else { return false }
    let labels = rows.compactMap { input.manifest.samples[$0].label }
    return labels.count == rows.count && Set(labels).count == rows.count
  }
}

extension String {
  fileprivate static func nothingTwice(_ paths: Int, _ classRows: Int) -> String {
    classRows == 0
      ? "0 of \(counted(paths, "path")) are named twice"
      : "0 of \(counted(paths, "path")) are named twice, but for \(grouped(classRows)) with a row for each of several classes"
  }

  fileprivate static func duplicateRow(_ samples: [Int], _ splits: [Int], _ input: AuditInput) -> String {
    let head =
      splits.count > 1 ? "one path in \(splits.count) splits" : "named \(grouped(samples.count)) times in one split"
    return "\(head): \(enumeration(samples.map { row($0, input) }))"
  }

  /// Where a row stands: `train (a.csv line 12)`, as far as there is anything to say.
  private static func row(_ index: Int, _ input: AuditInput) -> String {
    let sample = input.manifest.samples[index]
    let inputs = input.manifest.inputs
    let file = inputs.count > 1 && inputs.indices.contains(sample.input) ? [printable(inputs[sample.input].path)] : []
    let line = sample.line > 0 ? ["line \(sample.line)"] : []
    let place = (file + line).joined(separator: " ")
    return input.name(ofSplit: sample.split) + (place.isEmpty ? "" : " (\(place))")
  }
}
