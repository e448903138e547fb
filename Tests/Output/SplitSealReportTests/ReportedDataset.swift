import SplitSealRules
import SplitSealAudit
import SplitSealBase
import SplitSealFingerprint
import SplitSealManifest
import SplitSealMatch
import SplitSealPolicy
import SplitSealProbe
import SplitSealReport
import SplitSealTestSupport
import Testing

/// A small dataset with reports that are kept in Golden/.
struct ReportedDataset: Sendable, CustomTestStringConvertible {
  /// The first part of its files' names.
  let name: String
  let result: AuditResult

  var testDescription: String { name }

  static let context = ReportContext(
    toolVersion: "0.1.0", command: "splitseal scan manifest.csv",
    method: [
      "exact duplicates: SHA-256 of the bytes, XXH3-128 of the pixels", "near-duplicates: as the test says",
    ]
  )

  /// What a report of this dataset says beside the result.
  var reportContext: ReportContext { reportContext(isVerbose: false) }

  /// The same for the text that fits a screen, or for all of it.
  func reportContext(isVerbose: Bool) -> ReportContext {
    guard name == "waived" else {
      return ReportContext(
        toolVersion: Self.context.toolVersion, command: Self.context.command, method: Self.context.method,
        showsPolicy: isVerbose)
    }
    var sources = PolicySources()
    sources.file = "splitseal.yml"
    sources.places = ["redundancy-share": "splitseal.yml:3", "severities": "splitseal.yml:2"]
    return ReportContext(
      toolVersion: "0.1.0", command: "splitseal scan manifest.csv -v", method: Self.context.method,
      policySources: sources, showsPolicy: isVerbose)
  }

  static let all = [clean, leaks, pdq, probed, impact, hostileNames, waived, compared, referenced, doubtful]

  /// Nothing to find: every class is in both splits in equal shares, and often enough in test.
  static let clean = ReportedDataset(
    name: "clean",
    result: DatasetBuilder(
      """
      train/cat  *60
      train/dog  *60
      test/cat   *30
      test/dog   *30
      """
    ).audit())

  /// Every rule but class-imbalance and class-skew finds something.
  static let leaks = ReportedDataset(
    name: "leaks",
    result: DatasetBuilder(
      """
      train/cat  a
      train/cat  b
      train/cat  c
      train/dog  d
      train/dog  e
      train/dog  e    path=train/dog/5.png
      train/cat  e@0.883:mirror
      val/cat    a
      val/dog    f
      test/cat   b'
      test/dog   c@0.981:turn90
      test/dog   d@0.847:identity:whole:middle
      test/dog   a
      test/cat   !truncated
      test/bird  g
      test/dog   h    plain
      """
    ).audit())

  /// Pairs that cannot be told, images that show too little, and pictures that are alike by design.
  static let doubtful: ReportedDataset = {
    let input = DatasetBuilder(
      """
      train/cat  *40
      train/cat  a
      train/cat  b
      train/dog  c
      train/dog  d    plain
      test/cat   *10
      test/cat   a@0.41:mirror
      test/cat   b@0.17:identity:whole:middle
      test/cat   b@0.32
      test/dog   c@0.93
      test/dog   e    plain
      """, alikeness: 0.3125
    ).input()
    return ReportedDataset(
      name: "doubtful",
      result: Audit.run(
        AuditInput(
          manifest: input.manifest, outcomes: input.outcomes, matches: input.matches, policy: Policy(),
          power: ReportedDataset.probe)))
  }()

  /// What a probe of a small dataset finds.
  private static let probe = DetectionPower(
    seed: 1, imageCount: 50, threshold: 0.5,
    edits: [
      DetectionPower.Edit(name: "jpeg85", foundCount: 50, madeCount: 50),
      DetectionPower.Edit(name: "crop50", foundCount: 26, madeCount: 50),
    ], expectedChanceMatches: 0.2, chanceMatchesBound: 0.9, chanceScoreCount: 12, proposedThreshold: nil)

  /// Near-duplicates by PDQ, one of them with another label.
  static let pdq = ReportedDataset(
    name: "pdq",
    result: DatasetBuilder(
      """
      train/cat  c
      train/dog  d
      train/dog  *8
      test/dog   c~12:mirror
      test/dog   d~5:identity:centred
      test/cat   *8
      test/dog   h    plain
      """, method: .pdq
    ).audit())

  /// A probe with something to say of every kind: recalls of all sizes, and more chance matches than can be tolerated.
  static let probed: ReportedDataset = {
    let input = DatasetBuilder(
      """
      train  a
      train  b
      test   b@0.62
      test   c
      """
    ).input()
    let recalls = [("jpeg85", 200), ("crop80", 199), ("crop50", 150), ("caption", 61), ("beside", 0)]
    return ReportedDataset(
      name: "probed",
      result: Audit.run(
        AuditInput(
          manifest: input.manifest, outcomes: input.outcomes, matches: input.matches, policy: input.policy,
          matchOptions: input.matchOptions,
          power: DetectionPower(
            seed: 7, imageCount: 200, threshold: 0.5,
            edits: recalls.map { DetectionPower.Edit(name: $0.0, foundCount: $0.1, madeCount: 200) },
            expectedChanceMatches: 3.4567, chanceMatchesBound: 12.3, chanceScoreCount: 321, proposedThreshold: 0.93))))
  }()

  /// An accuracy that was reported, and predictions: 83 of 100 right, 38 of the 40 that leaked from one of two splits.
  static let impact: ReportedDataset = {
    let copies = (0..<40).map { "\($0 < 30 ? "train" : "training")/cat c\($0)\ntest/cat c\($0)" }
    let input = DatasetBuilder(
      copies.joined(separator: "\n") + "\ntrain/dog *60\ntest/cat *20\ntest/dog *40\ntest/dog *2\ntest *1"
    ).input()
    var seen = [0, 0, 0]
    let predictions = input.manifest.samples.enumerated().map { index, sample -> Predictions.Prediction in
      guard input.manifest.splits[sample.split].role == .test, let label = sample.label else { return .missing }
      let part = index < 80 ? 0 : label + 1
      seen[part] += 1
      // The last two dogs are not predicted.
      guard part < 2 || seen[part] <= 40 else { return .missing }
      return seen[part] == 20 && part == 1
        ? .unknownLabel : .label(seen[part] <= [38, 15, 30][part] ? label : 1 - label)
    }
    let file = Predictions(
      path: "predictions.csv", sha256: Array(repeating: 9, count: 32), rowCount: 100, ofSample: predictions)
    let manifest = input.manifest
    guard let claims = try? AccuracyClaims([AccuracyClaim(accuracy: 0.83)], predictions: file, in: manifest) else {
      preconditionFailure("the claims are of the test split")
    }
    return ReportedDataset(
      name: "impact",
      result: Audit.run(
        AuditInput(
          manifest: manifest, outcomes: input.outcomes, matches: input.matches, policy: input.policy,
          matchOptions: input.matchOptions, claims: claims)))
  }()

  /// Names that colour a terminal, clear it, set its title, break lines, turn the reading direction, and hold what CSV and
  /// JSON quote.
  static let hostileNames: ReportedDataset = {
    let input = DatasetBuilder(
      """
      train/cat            a   path=train/red\u{1B}[31m.png
      train/"dog",\u{200F}b  b   path=train/two<newline>lines.png
      test/cat             a'  path=test/say"hi",now.png
      test/"dog",\u{200F}b   b   path=test/\u{200F}gnp.exe.png
      test/cat             !missing  path=test/\u{1B}]0;title\u{07}.png
      out\u{1B}[2J/cat       c   path=out/c.png
      """
    ).input()
    // A line of the builder cannot hold a line feed.
    let manifest = input.manifest
    let samples = manifest.samples.map { sample in
      Sample(
        path: sample.path.split(separator: "<newline>").joined(separator: "\n"), split: sample.split,
        label: sample.label, input: sample.input, line: sample.line)
    }
    return ReportedDataset(
      name: "hostile-names",
      result: Audit.run(
        AuditInput(
          manifest: Manifest(
            root: manifest.root, splits: manifest.splits, labels: manifest.labels, groupings: manifest.groupings,
            samples: samples, inputs: manifest.inputs),
          outcomes: input.outcomes, matches: input.matches, policy: input.policy)))
  }()

  private static func audit(_ dataset: String, _ policy: Policy, _ waivers: WaiverList, _ baseline: Baseline?)
    -> AuditResult
  {
    let input = DatasetBuilder(dataset, policy: policy).input()
    return Audit.run(
      AuditInput(
        manifest: input.manifest, outcomes: input.outcomes, matches: input.matches, policy: policy,
        matchOptions: input.matchOptions, waivers: waivers, baseline: baseline))
  }

  /// A policy of the dataset's own, a waiver that counts, one that is over and one of nothing.
  static let waived: ReportedDataset = {
    var policy = Policy()
    policy.severities = [SeverityOverride(rule: .classMissing, severity: nil)]
    policy.redundancyWarningShare = 0.25
    policy.allowedOverlaps = [AllowedOverlap("train", "extra", reason: "extra is cut out of train")]
    let dataset = """
      train/cat  a
      train/cat  b
      train/dog  c
      extra/dog  c@0.93
      test/cat   a
      test/dog   b'
      test/dog   !truncated
      """
    let findings = audit(dataset, policy, .none, nil).findings
    func waiver(_ index: Int, _ until: String?) -> Waiver {
      Waiver(
        finding: findings[index].id.description, rule: findings[index].rule, reason: "seen \u{1B}[31m by eye",
        by: "Ann",
        date: CalendarDate("2026-11-01"), until: until.flatMap { CalendarDate($0) })
    }
    let unused = Waiver(finding: String(repeating: "ab", count: 32), rule: nil, reason: "gone")
    let list = WaiverList(
      file: ".splitseal/waivers.yml", waivers: [waiver(0, "2027-01-01"), waiver(1, "2026-11-24"), unused],
      today: CalendarDate("2026-11-25"))
    return ReportedDataset(name: "waived", result: audit(dataset, policy, list, nil))
  }()

  /// Against a baseline that has one of two leaks, and a picture in train that is in test now.
  static let compared: ReportedDataset = {
    let earlier = audit("train a\ntrain b\ntrain d\ntest a\ntest c\n", Policy(), .none, nil)
    let contents = { (split: Int) in
      zip(earlier.input.manifest.samples, earlier.input.outcomes).filter { $0.0.split == split }
        .compactMap { $0.1.content?.prefix }
    }
    let baseline = Baseline(
      file: "old.json", digest: Digest256(Array(repeating: 5, count: 32)),
      findings: Dictionary(earlier.findings.map { ($0.id, $0.severity) }) { $1 },
      splits: [
        Baseline.Split(name: "train", role: .training, contents: contents(0)),
        Baseline.Split(name: "test", role: .test, contents: contents(1)),
      ])
    return ReportedDataset(
      name: "compared",
      result: audit("train a\ntrain b\ntrain c path=c\ntest a\ntest d\n", Policy(), .none, baseline))
  }()
}
