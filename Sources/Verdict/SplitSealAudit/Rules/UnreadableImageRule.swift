internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealPolicy

/// Names every image that could not be read.
///
/// A warning and not an error: what could not be checked keeps the verdict from being a pass by way of the coverage.
struct UnreadableImageRule: Rule {
  var id: RuleID { .unreadableImage }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    for (index, image) in input.outcomes.enumerated() {
      guard let fault = image.fault else { continue }
      // The reason may quote the file.
      let reason = printable(fault.description)
      outcome.findings.append(
        Finding(
          rule: id, severity: .warning, message: "could not be read: \(reason)", samples: [index],
          splits: [input.manifest.samples[index].split],
          evidence: [Evidence("fault", .text(fault.kind)), Evidence("reason", .text(reason))],
          items: [input.item(index)]))
    }
    if outcome.findings.isEmpty, !input.outcomes.isEmpty {
      outcome.passedChecks.append("all \(counted(input.outcomes.count, "image")) could be read")
    }
    return outcome
  }
}
