internal import SplitSealManifest
internal import SplitSealPolicy

/// Finds paths that the manifests name more than once.
struct DuplicateRowRule: Rule {
  var id: RuleID { .duplicateRow }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    let paths = input.paths
    for samples in paths.repeated {
      let splits = input.splits(of: samples)
      outcome.findings.append(
        Finding(
          rule: id, severity: splits.count > 1 ? .error : .warning, message: .duplicateRow(samples, splits, input),
          samples: samples, splits: splits,
          evidence: [Evidence("rows", .integer(samples.count)), Evidence("splits", .integer(splits.count))],
          items: samples.map(input.item)))
    }
    if outcome.findings.isEmpty {
      if paths.distinctCount > 0 { outcome.held.append("0 of \(counted(paths.distinctCount, "path")) are named twice") }
    } else if outcome.findings.allSatisfy({ $0.splits.count == 1 }), input.manifest.splits.count > 1 {
      outcome.held.append("0 of \(counted(paths.distinctCount, "path")) are in two splits")
    }
    return outcome
  }
}

extension String {
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
