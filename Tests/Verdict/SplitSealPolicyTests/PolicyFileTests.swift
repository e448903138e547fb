import SplitSealRules
import SplitSealBase
import SplitSealJSON
import SplitSealPolicy
import Testing

/// Policies that can be read, and what they come to.
@Suite struct PolicyFileTests {
  private func policy(_ text: String) throws -> Policy { try PolicyFile(Array(text.utf8), path: "p.yml").policy }

  @Test func `the file with all defaults reads back as exactly the default`() throws {
    let text = Policy().yaml { _, meaning in meaning }
    #expect(try policy(text) == Policy())
    // The comments do not take part.
    #expect(try policy(Policy().yaml { _, _ in "" }) == Policy())
    #expect(try PolicyFile(Array(text.utf8), path: "p.yml").lines.count == 45)
  }

  @Test func `every field can be set, and a policy reads back from what it is written as`() throws {
    let read = try policy(Self.everything)
    #expect(read == Self.everythingSet)
    #expect(try policy(read.yaml { setting, _ in setting }) == read)
    #expect(read.differences.map(\.setting) == Self.differing)
  }

  @Test(arguments: ["version: 1", "\u{FEFF}version: 1\n", "version: 1\r\n", "# nothing\nversion: 1\n", "{version: 1}"])
  func `what is left out is as in the default`(_ text: String) throws { #expect(try policy(text) == Policy()) }

  @Test func `words are words with or without quotes, and labels may look like numbers`() throws {
    let read = try policy("version: 1\nfail-on: 'note'\nclasses: {1: 2, \"no\": 1e0, ~: 3}\nseverities: {dates: off}\n")
    #expect(read.failOn == .note)
    #expect(read.classRatio == [("1", 2.0), ("no", 1.0), ("~", 3.0)].map { DeclaredShare(label: $0.0, part: $0.1) })
    #expect(read.severities == [SeverityOverride(rule: .dates, severity: nil)])
  }

  /// Written out by hand after RFC 8785: members by their names, no space, decimals as strings.
  @Test func `the default in canonical form is what it says`() {
    let level = { (p: String, ratio: String, excess: String) in
      #"{"distance-excess":"\#(excess)","p":"\#(p)","share-ratio":"\#(ratio)"}"#
    }
    let expected = [
      #"{"allowed-overlaps":[],"class-limits":{"equivalence-margin":"0.05","error":\#(level("0.001", "2", "0.1")),"#,
      #""good-support":30,"imbalance-ratio":"20","least-groups":10,"least-images":30,"least-support":5,"#,
      #""permutations":9999,"rarest-share":"0.1","seed":1,"warning":\#(level("0.01", "1.25", "0.03"))},"#,
      #""class-tolerance":"0.1","classes":[],"fail-on":"error","groups":{"columns":[],"patterns":[]},"#,
      #""labels":{"kind":"auto","separator":"|"},"match":{"method":"alignment","threshold":"0.5"},"#,
      #""property-drift":{"area-p":"0.01","error-area":"0.75","error-distance":"0.2","least-images":30,"p":"0.01","#,
      #""permutations":9999,"seed":1,"warning-area":"0.6","warning-distance":"0.1"},"redundancy-share":"0.01","#,
      #""severities":{},"shortcut":{"error-gain":"0.25","least-images":30,"seed":1,"warning-gain":"0.1"},"#,
      #""time":{"column":null,"leaking-steps":"1","test-later":false},"unreadable-share":"0","unsettled-share":"0.01","#,
      #""version":1}"#,
    ].joined()
    #expect(String(decoding: Policy().json.canonicalBytes, as: UTF8.self) == expected)
  }

  @Test func `the order of severities means nothing, that of classes does`() throws {
    func bytes(_ text: String) throws -> [UInt8] { try policy("version: 1\n" + text).json.canonicalBytes }
    #expect(
      try bytes("severities: {dates: off, class-skew: note}") == bytes("severities: {class-skew: note, dates: off}"))
    #expect(try bytes("classes: {a: 1, b: 2}") != bytes("classes: {b: 2, a: 1}"))
  }

  @Test(arguments: [
    ("redundancy-share: 0.5", true), ("redundancy-share: 0.001", false), ("severities: {class-skew: off}", true),
    ("severities: {class-skew: warning}", true), ("severities: {class-skew: error}", false),
    ("match: {method: pdq}", true), ("match: {threshold: 0.4}", false), ("fail-on: note", false),
    ("class-limits: {error: {p: 0.0001}}", true), ("class-limits: {least-support: 2}", true),
    ("time: {leaking-steps: 0}", true), ("allowed-overlaps: [{splits: [a, b], reason: c}]", true),
    ("classes: {a: 1, b: 1}", false),
  ])
  func `what finds less than the default is called laxer`(_ text: String, _ isLaxer: Bool) throws {
    let differences = try policy("version: 1\n" + text).differences
    #expect(differences.map(\.isLaxer) == [isLaxer])
  }

  @Test func `each place is known by its line`() throws {
    let file = try PolicyFile(Array("version: 1\n\nclass-limits:\n  error:\n    p: 0.001\n".utf8), path: "p.yml")
    #expect(file.lines == ["class-limits.error.p": 5])
    let sources = PolicySources(file, named: "q.yml")
    #expect(file.policy.yaml(sources).contains("    p: 0.001  # q.yml:5\n    share-ratio: 2  # default\n"))
  }
}

extension PolicyFileTests {
  fileprivate static let everything = """
    version: 1
    fail-on: warning
    severities: {redundancy: off, class-skew: warning}
    unreadable-share: 0.25
    unsettled-share: 0.5
    redundancy-share: 0.125
    match: {method: pdq, threshold: 0.75}
    classes: {real: 1, "spoof": 2.5}
    class-tolerance: 0.2
    labels: {kind: multiple, separator: ";"}
    class-limits:
      least-images: 31
      least-groups: 11
      warning: {p: 0.02, share-ratio: 1.5, distance-excess: 0.04}
      error: {p: 0.002, share-ratio: 3, distance-excess: 0.2}
      permutations: 999
      seed: 7
      least-support: 6
      good-support: 60
      imbalance-ratio: 50
      rarest-share: 0.2
      equivalence-margin: 0.01
    property-drift:
      least-images: 50
      p: 0.02
      warning-distance: 0.3
      error-distance: 0.4
      warning-area: 0.7
      error-area: 0.8
      area-p: 0.02
      permutations: 99
      seed: 2
    shortcut: {least-images: 40, warning-gain: 0.2, error-gain: 0.3, seed: 3}
    groups: {columns: [patient, "scene \\u00e9"], patterns: ['subject_(\\d+)']}
    time: {column: date, test-later: true, leaking-steps: 2}
    allowed-overlaps:
      - splits: [train, extra]
        rules: [near-duplicate, group-leak]
        reason: "extra is cut out of train"
      - {splits: [a, b], reason: b}
    """

  fileprivate static var everythingSet: Policy {
    var policy = Policy()
    policy.failOn = .warning
    policy.severities = [
      SeverityOverride(rule: .classSkew, severity: .warning), SeverityOverride(rule: .redundancy, severity: nil),
    ]
    policy.allowedUnreadableShare = 0.25
    policy.allowedUnsettledShare = 0.5
    policy.redundancyWarningShare = 0.125
    policy.match.method = .pdq
    policy.match.threshold = 0.75
    policy.classRatio = [DeclaredShare(label: "real", part: 1), DeclaredShare(label: "spoof", part: 2.5)]
    policy.ratioTolerance = 0.2
    policy.classes.kind = .multiple
    policy.classes.separator = ";"
    policy.classes.leastImageCount = 31
    policy.classes.leastGroupCount = 11
    policy.classes.warning = ClassLimits.Level(pValue: 0.02, shareRatio: 1.5, distanceExcess: 0.04)
    policy.classes.error = ClassLimits.Level(pValue: 0.002, shareRatio: 3, distanceExcess: 0.2)
    policy.classes.permutationCount = 999
    policy.classes.seed = 7
    policy.classes.leastSupport = 6
    policy.classes.goodSupport = 60
    policy.classes.imbalanceRatio = 50
    policy.classes.rarestShare = 0.2
    policy.classes.equivalenceMargin = 0.01
    policy.propertyDrift.leastImageCount = 50
    policy.propertyDrift.pValue = 0.02
    policy.propertyDrift.warningDistance = 0.3
    policy.propertyDrift.errorDistance = 0.4
    policy.propertyDrift.warningArea = 0.7
    policy.propertyDrift.errorArea = 0.8
    policy.propertyDrift.areaPValue = 0.02
    policy.propertyDrift.permutationCount = 99
    policy.propertyDrift.seed = 2
    policy.shortcut.leastImageCount = 40
    policy.shortcut.warningGain = 0.2
    policy.shortcut.errorGain = 0.3
    policy.shortcut.seed = 3
    policy.grouping.columns = ["patient", "scene \u{E9}"]
    policy.grouping.patterns = ["subject_(\\d+)"]
    policy.grouping.timeColumn = "date"
    policy.grouping.isTestLater = true
    policy.grouping.leakingSteps = 2
    policy.allowedOverlaps = [
      AllowedOverlap("train", "extra", rules: [.nearDuplicate, .groupLeak], reason: "extra is cut out of train"),
      AllowedOverlap("a", "b", reason: "b"),
    ]
    return policy
  }

  /// Everything once, the severities by name, each overlap.
  fileprivate static let differing = [
    "fail-on", "severities.class-skew", "severities.redundancy", "unreadable-share", "unsettled-share",
    "redundancy-share",
    "match.method", "match.threshold", "classes", "class-tolerance", "labels.kind", "labels.separator",
    "class-limits.least-images",
    "class-limits.least-groups", "class-limits.warning.p", "class-limits.warning.share-ratio",
    "class-limits.warning.distance-excess", "class-limits.error.p", "class-limits.error.share-ratio",
    "class-limits.error.distance-excess", "class-limits.permutations", "class-limits.seed",
    "class-limits.least-support", "class-limits.good-support", "class-limits.imbalance-ratio",
    "class-limits.rarest-share", "class-limits.equivalence-margin", "property-drift.least-images", "property-drift.p",
    "property-drift.warning-distance", "property-drift.error-distance", "property-drift.warning-area",
    "property-drift.error-area", "property-drift.area-p", "property-drift.permutations", "property-drift.seed",
    "shortcut.least-images", "shortcut.warning-gain", "shortcut.error-gain", "shortcut.seed", "groups.columns",
    "groups.patterns", "time.column", "time.test-later", "time.leaking-steps", "allowed-overlaps", "allowed-overlaps",
  ]
}
