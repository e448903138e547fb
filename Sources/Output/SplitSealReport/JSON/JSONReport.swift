internal import SplitSealRules
internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
public import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// The report that programs read: everything, in a stable form.
///
/// The schema is `docs/report.schema.json`. Members are only ever added within one major version. Nothing in it depends
/// on the machine, on the time or on the number of workers, so that equal inputs give equal bytes.
public struct JSONReport {
  /// Version of the schema.
  public static let schemaVersion = "1.4"
  /// Pairs in doubt that a report lists, the surest first; all are counted, and the pair list has them.
  static let listedDoubtCount = 1_000
  /// Clusters that a report lists, the largest first; all are counted.
  static let listedClusterCount = 100

  let result: AuditResult
  private let context: ReportContext
  var manifest: Manifest { result.input.manifest }

  /// Prepares a report.
  public init(_ result: AuditResult, context: ReportContext) {
    self.result = result
    self.context = context
  }

  /// The whole document with a final newline.
  public var text: String { value.prettyText }

  /// The document.
  public var value: JSONValue {
    .object([
      "schema": .string("splitseal-report"),
      "schemaVersion": .string(Self.schemaVersion),
      "tool": .object(["name": .string("splitseal"), "version": .string(context.toolVersion)]),
      "verdict": .string(result.verdict.rawValue),
      "verdictWithoutWaivers": .string(result.verdictWithoutWaivers.rawValue),
      "verdictWithoutBaseline": result.input.baseline == nil ? nil : .string(result.verdictWithoutBaseline.rawValue),
      "inconclusive": strings(result.inconclusive),
      "inputs": .array(manifest.inputs.map(Self.value)),
      "method": strings(context.method),
      "pixelsCompared": result.input.matchOptions.comparesPixels ? nil : .bool(false),
      "policy": policy,
      "waivers": waivers,
      "decisions": decisions,
      "baseline": result.input.baseline.map(baseline),
      "splits": .array(zip(manifest.splits.indices, SplitContents.all(of: result.input)).map(split)),
      "repaired": repaired,
      "overlaps": .array(zip(result.input.matches.counts, result.input.doubt.between).map(overlap)),
      "unlistedPairs": .integer(result.input.matches.unlistedCount),
      "inDoubt": inDoubt,
      "alikeness": alikeness,
      "clusters": clusters,
      "groups": .array(result.groupOverlaps.map(groupOverlap)),
      "references": references,
      "power": result.input.power.map { Self.value(of: $0, result.overallPower) },
      "impact": impact,
      "findings": .array(zip(result.findings, result.statuses).map(finding)),
      "held": strings(result.passedChecks),
      "notRun": strings(result.skippedChecks),
    ])
  }

  func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  private static func value(of input: ManifestInput) -> JSONValue {
    .object([
      "path": .string(input.path),
      "format": .string(input.format.name),
      "sha256": input.sha256.map { .string(hexadecimal($0)) },
      "ignoredFiles": input.format.listsFolders ? .integer(input.ignoredFileCount) : nil,
      "ignoredNames": input.ignoredNames.isEmpty ? nil : .array(input.ignoredNames.map { .string($0) }),
    ])
  }

  private var policy: JSONValue {
    let policy = result.input.policy
    return .object([
      "failOn": .string(policy.failOn.rawValue),
      "allowedUnreadableShare": .decimal(fixed(policy.allowedUnreadableShare, digits: 6)),
      "allowedUnsettledShare": .decimal(fixed(policy.allowedUnsettledShare, digits: 6)),
      "redundancyWarningShare": .decimal(fixed(policy.redundancyWarningShare, digits: 6)),
      "classRatio": policy.classRatio.isEmpty
        ? nil
        : .array(
          policy.classRatio.map {
            .object(["label": .string($0.label), "part": .decimal(fixed($0.part, digits: 6))])
          }),
      "ratioTolerance": policy.classRatio.isEmpty ? nil : .decimal(fixed(policy.ratioTolerance, digits: 6)),
      "file": context.policySources.file.map { .string($0) },
      "digest": .string(policy.digest.description),
      "settings": policy.json,
    ])
  }

  private func split(_ index: Int, _ contents: SplitContents) -> JSONValue {
    let split = manifest.splits[index]
    let coverage = result.coverage[index]
    let classes = manifest.labels.enumerated().map { label, name in
      JSONValue.object(["label": .string(name), "count": .integer(result.classCounts[index][label])])
    }
    return .object([
      "name": .string(split.name),
      "role": .string(split.role.rawValue),
      "listed": .integer(coverage.listedCount),
      "checked": .integer(coverage.checkedCount),
      "compared": .integer(coverage.comparedCount),
      "inDoubt": .integer(coverage.doubtfulCount),
      "classes": manifest.labels.isEmpty ? nil : .array(classes),
      "unlabelled": manifest.labels.isEmpty ? nil : .integer(result.classCounts[index].last ?? 0),
      "contents": .string(contents.base64),
    ])
  }

  /// What was read and other programs may refuse; absent where there is nothing.
  private var repaired: JSONValue? {
    let repaired = result.input.repaired
    guard !repaired.isEmpty else { return nil }
    return .array(
      repaired.map { index, repairs in
        let sample = manifest.samples[index]
        return .object([
          "split": .string(manifest.splits[sample.split].name), "path": .string(sample.path),
          "reasons": strings(repairs.reasons),
        ])
      })
  }

  private func overlap(_ count: SplitPairCount, _ doubt: PairsInDoubt.Between) -> JSONValue {
    .object([
      "a": .string(manifest.splits[count.first].name),
      "b": .string(manifest.splits[count.second].name),
      "exactBytes": .integer(count.bytePairs),
      "exactPixels": .integer(count.pixelPairs),
      "nearDuplicate": .integer(count.nearPairs),
      "inDoubt": .integer(doubt.pairCount),
      "affectedInA": .integer(count.affectedInFirst),
      "affectedInB": .integer(count.affectedInSecond),
    ])
  }

  private func groupOverlap(_ overlap: GroupOverlap) -> JSONValue {
    .object([
      "grouping": .string(overlap.grouping),
      "a": .string(manifest.splits[overlap.first].name),
      "b": .string(manifest.splits[overlap.second].name),
      "groups": .integer(overlap.groupCount),
      "shared": .integer(overlap.sharedCount),
      "affectedInA": .integer(overlap.affectedInFirst),
      "affectedInB": .integer(overlap.affectedInSecond),
    ])
  }

  private var clusters: JSONValue {
    let clusters = result.input.clusters
    return .object([
      "count": .integer(clusters.count),
      "images": .integer(clusters.reduce(0) { $0 + $1.members.count }),
      "largest": .array(clusters.prefix(Self.listedClusterCount).map(cluster)),
    ])
  }

  private func cluster(_ cluster: PictureCluster) -> JSONValue {
    let splits = cluster.splits.map { split in
      JSONValue.object([
        "split": .string(manifest.splits[split].name),
        "images": .integer(cluster.members.count { manifest.samples[$0].split == split }),
      ])
    }
    return .object([
      "representative": sample(cluster.representative),
      "images": .integer(cluster.members.count),
      "splits": .array(splits),
      "weakestLink": .decimal(fixed(cluster.weakestLink, digits: 3)),
    ])
  }

  private func finding(_ finding: Finding, _ status: FindingStatus) -> JSONValue {
    .object([
      "id": .string(finding.id.description),
      "rule": .string(finding.rule.rawValue),
      "severity": .string(finding.severity.rawValue),
      "message": .string(finding.message),
      "splits": strings(finding.splits.map { manifest.splits[$0].name }),
      "samples": finding.samples.isEmpty ? nil : .array(finding.samples.map(sample)),
      "evidence": finding.evidence.isEmpty
        ? nil : .object(finding.evidence.map { JSONMember($0.name, Self.value(of: $0.value)) }),
      "waived": waiver(status).map { Self.value(of: $0, finding: false) },
      "inBaseline": status == .known ? .bool(true) : nil,
    ])
  }

  func sample(_ index: Int) -> JSONValue {
    let sample = manifest.samples[index]
    return .object([
      "split": .string(manifest.splits[sample.split].name),
      "path": .string(sample.path),
      "label": sample.label.map { .string(manifest.labels[$0]) },
      "line": sample.line == 0 ? nil : .integer(sample.line),
    ])
  }

  private static func value(of evidence: Evidence.Value) -> JSONValue {
    switch evidence {
    case .integer(let number): .integer(number)
    case .decimal(let number, let digits): number.isFinite ? .decimal(fixed(number, digits: digits)) : .null
    case .text(let text): .string(text)
    }
  }
}
