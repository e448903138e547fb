public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
public import SplitSealMatch
public import SplitSealPolicy

/// A tiny dataset written in a test, with the outcomes and matches that the earlier stages would have given.
///
///     train/cat  a             a sample of split train, labelled cat, that shows picture a
///     test/cat   a'            the same pixels under other bytes
///     test/dog   a~4           an edit of a, 4 PDQ bits away from it
///     test/dog   a~4:mirror    ... and mirrored; a~4:mirror:centred by the hash of the centred samples
///     test/dog   a@0.93        an edit of a that is aligned with it with probability 0.93
///     test/dog   a@0.93:mirror:whole:middle    ... mirrored, the whole of the earlier sample in the middle of this one
///     test/dog   a@0.93?       an edit that descriptors alone tell
///     test/dog   a@0.3         a picture that may be an edit of a: the pair is in doubt
///     test       b             a sample without a label
///     test/dog   !truncated    an image that cannot be read, by its kind of fault
///     train/cat  *300          300 different pictures
///
/// Behind these may stand `path=P` (else `SPLIT/LABEL/NUMBER.png`, numbered through), `group=G` and `plain` (PDQ quality
/// 10). Properties of the images: `size=640x480`, `jpeg=90` or `jpeg=90:4:4:4` (else they are PNG), `camera=Make_Model`,
/// and `brightness=`, `contrast=`, `sharpness=`, `colour=` and `time=` (milliseconds) with a number or, spread evenly over
/// the pictures of the line, with two: `brightness=80..120`. Each line is a line of the manifest. Splits take their roles from their names; a name that tells none is `other`.
public struct DatasetBuilder: Sendable {
  /// Severities and thresholds for the audit.
  public var policy: Policy
  /// How near-duplicates are said to have been looked for.
  public var method: MatchMethod
  /// How alike different pictures are said to be.
  public var alikeness: Double?
  let rows: [Row]

  /// Reads the lines.
  ///
  /// - Precondition: every line is written as above.
  public init(_ text: String, policy: Policy = Policy(), method: MatchMethod = .alignment, alikeness: Double? = nil) {
    self.alikeness = alikeness
    self.policy = policy
    self.method = method
    rows = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
      Row.rows(line: line, number: index + 1)
    }
  }

  /// What the rules look at.
  public func input() -> AuditInput {
    let splits = distinct(rows.map(\.split))
    let labels = sorted(rows.compactMap(\.label))
    let samples = rows.enumerated().map { index, row in
      Sample(
        path: row.path ?? ([row.split] + [row.label, "\(index + 1).png"].compactMap(\.self)).joined(separator: "/"),
        split: place(of: row.split, in: splits), label: row.label.map { place(of: $0, in: labels) },
        line: row.line)
    }
    let hasGroups = rows.contains { $0.group != nil }
    let groupings = hasGroups ? [Grouping(name: "group", of: rows.map(\.group))] : []
    let unit = rows.lazy.compactMap(\.date).first?.unit
    let times = unit.map { SampleTimes(name: "date", unit: $0, values: rows.map { $0.date?.value }) }
    let manifest = Manifest(
      root: "/dataset", splits: splits.map { Split(name: $0, role: SplitRole(splitName: $0) ?? .other) },
      labels: labels, groupings: groupings, times: times, samples: samples,
      inputs: [ManifestInput(path: "manifest.csv", format: .csv, sha256: Array(repeating: 7, count: 32))])
    let outcomes = zip(rows, samples).enumerated().map { index, pair in
      pair.0.outcome(number: index, path: pair.1.path)
    }
    let matches = SyntheticMatches(rows, splitOf: samples.map(\.split), splitCount: splits.count, alikeness: alikeness)
      .result
    var options = MatchOptions()
    options.method = method
    return AuditInput(
      manifest: manifest, outcomes: outcomes, matches: matches, policy: policy, matchOptions: options)
  }

  /// The audit of the dataset.
  public func audit() -> AuditResult { Audit.run(input()) }

  private func distinct(_ names: [String]) -> [String] {
    var distinct: [String] = []
    for name in names where !distinct.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { distinct.append(name) }
    return distinct
  }

  private func sorted(_ names: [String]) -> [String] {
    distinct(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func place(of name: String, in names: [String]) -> Int {
    guard let place = names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) else {
      preconditionFailure("\(name) is in the list it was collected into")
    }
    return place
  }
}
