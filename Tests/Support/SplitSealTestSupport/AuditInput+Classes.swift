public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

extension AuditInput {
  /// Makes an input of which only the class counts matter.
  ///
  /// Its splits are a training and a test split, its labels are `0`, `1`, ..., and none of its images was read. `training`
  /// and `test` are images by label, of as many labels.
  public static func classes(training: [Int], test: [Int]) -> AuditInput {
    var samples: [Sample] = []
    for (split, counts) in [training, test].enumerated() {
      for (label, count) in counts.enumerated() {
        for number in 0..<count {
          samples.append(Sample(path: "\(split)/\(label)/\(number)", split: split, label: label))
        }
      }
    }
    let manifest = Manifest(
      root: "/dataset", splits: [Split(name: "train", role: .training), Split(name: "test", role: .test)],
      labels: training.indices.map(String.init), samples: samples, inputs: [])
    return AuditInput(
      manifest: manifest, outcomes: Array(repeating: .unreadable(.missing, nil), count: samples.count),
      matches: MatchResult(matches: [], counts: []), policy: Policy())
  }
}
