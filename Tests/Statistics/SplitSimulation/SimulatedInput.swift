import SplitSealRules
import SplitSealAudit
import SplitSealFingerprint
import SplitSealImage
import SplitSealManifest
import SplitSealMatch
import SplitSealPolicy

/// An input of which only labels and groups matter.
func simulatedInput(labels: [Int], isTest: [Bool], classCount: Int, groupSize: Int) -> AuditInput {
  let samples = labels.indices.map { Sample(path: "\($0).png", split: isTest[$0] ? 1 : 0, label: labels[$0]) }
  let groupings = groupSize == 1 ? [] : [Grouping(name: "group", of: labels.indices.map { "\($0 / groupSize)" })]
  let manifest = Manifest(
    root: "/dataset", splits: [Split(name: "train", role: .training), Split(name: "test", role: .test)],
    labels: (0..<classCount).map { "class \($0)" }, groupings: groupings, samples: samples, inputs: [])
  return AuditInput(
    manifest: manifest, outcomes: Array(repeating: .unreadable(.missing, nil), count: samples.count),
    matches: MatchResult(matches: [], counts: []), policy: Policy())
}

/// Whether class-skew finds something at the default policy.
func findsSkew(_ input: AuditInput) -> Bool {
  Audit.rules.filter { $0.id == .classSkew }.contains { !$0.evaluate(input).findings.isEmpty }
}
