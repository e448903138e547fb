package import SplitSealCertificate
internal import SplitSealRules
internal import Crypto
internal import SplitSealAudit
internal import SplitSealBase
internal import SplitSealFingerprint
package import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

extension CertificateStatement {
  static func commitment(_ summary: RecordSummary, ignored: Int, _ salting: RecordSalting?) -> JSONValue {
    .object([
      "bytes": .integer(summary.byteCount), "fields": .array(summary.fields.map(JSONValue.string)),
      "ignored": .integer(ignored), "images": .integer(summary.count),
      "mode": .string(salting == nil ? StatementNames.mode : StatementNames.hiddenMode),
      "order": .string(StatementNames.order), "recordFormat": .string(StatementNames.recordFormat),
      "records": descriptor(
        NamedDigest(name: StatementNames.records, mediaType: "application/x-ndjson", sha256: summary.recordsDigest)),
      "saltCheck": salting.map { .string($0.check.description) },
      "saltId": salting.map { .string($0.id.description) }, "tree": .string(StatementNames.tree),
    ])
  }

  static func coverage(_ coverage: [SplitCoverage]) -> JSONValue {
    func sum(_ count: (SplitCoverage) -> Int) -> Int { coverage.reduce(0) { $0 + count($1) } }
    let (listed, checked) = (sum(\.listedCount), sum(\.checkedCount))
    return .object([
      "checked": .integer(checked), "compared": .integer(sum(\.comparedCount)),
      "inDoubt": .integer(sum(\.doubtfulCount)), "listed": .integer(listed), "unreadable": .integer(listed - checked),
    ])
  }

  /// What a match is worth on these pictures; absent where it was not estimated.
  static func alikeness(_ input: AuditInput) -> JSONValue? {
    guard let share = input.matches.alikeness else { return nil }
    return .object(["byDesign": .bool(input.matches.isAlikeByDesign), "share": .string(fixed(share, digits: 4))])
  }

  static func findings(_ result: AuditResult, report: NamedDigest?) -> JSONValue {
    let findings = result.findings
    var byRule: [(rule: RuleID, severity: Severity, count: Int, waived: Int)] = []
    for (finding, status) in zip(findings, result.statuses) {
      let waived = if case .waived = status { 1 } else { 0 }
      if let index = byRule.firstIndex(where: { $0.rule == finding.rule && $0.severity == finding.severity }) {
        byRule[index].count += 1
        byRule[index].waived += waived
      } else {
        byRule.append((finding.rule, finding.severity, 1, waived))
      }
    }
    byRule.sort {
      $0.severity != $1.severity ? $0.severity > $1.severity : $0.rule.rawValue.precedesByBytes($1.rule.rawValue)
    }
    func count(_ severity: Severity) -> JSONValue { .integer(findings.count { $0.severity == severity }) }
    return .object([
      "byRule": .array(
        byRule.map {
          .object([
            "count": .integer($0.count), "rule": .string($0.rule.rawValue), "severity": .string($0.severity.rawValue),
            "waived": .integer($0.waived),
          ])
        }),
      "bySeverity": .object(["error": count(.error), "note": count(.note), "warning": count(.warning)]),
      "report": report.map(descriptor),
    ])
  }

  /// The waivers that are of a finding, by the findings' identities; absent when there are none.
  static func waivers(_ result: AuditResult) -> JSONValue? {
    let waived = result.waivedFindings.sorted { $0.finding.id < $1.finding.id }
    guard !waived.isEmpty else { return nil }
    return .array(
      waived.map { finding, waiver in
        .object([
          "by": waiver.by.map(JSONValue.string), "finding": .string(finding.id.description),
          "reason": .string(waiver.reason), "rule": .string(finding.rule.rawValue),
          "until": waiver.until.map { .string($0.description) },
        ])
      })
  }

  /// Equal files and shared groups are counted from the records, so that anybody can recompute them; the other counts
  /// are what the search reported.
  static func overlaps(_ summary: RecordSummary, _ result: AuditResult, countsGroups: Bool) -> JSONValue {
    let names = result.input.manifest.splits.map(\.name)
    return .array(
      summary.overlaps.map { overlap in
        let counts = result.input.matches.counts.first { pair in
          let a = names[pair.first]
          let b = names[pair.second]
          return a.hasSameBytes(as: overlap.first) && b.hasSameBytes(as: overlap.second)
            || a.hasSameBytes(as: overlap.second) && b.hasSameBytes(as: overlap.first)
        }
        return .object([
          "a": .string(overlap.first), "b": .string(overlap.second),
          "exactBytes": .integer(overlap.equalFilePairCount), "exactPixels": .integer(counts?.pixelPairs ?? 0),
          "nearDuplicate": .integer(counts?.nearPairs ?? 0),
          "sharedGroups": countsGroups ? .integer(overlap.sharedGroupCount) : nil,
        ])
      })
  }

  static func split(
    _ split: RecordSummary.Split, in result: AuditResult, _ options: CertificateOptions
  ) -> JSONValue {
    let splits = result.input.manifest.splits
    let index = splits.firstIndex { $0.name.hasSameBytes(as: split.name) }
    let role = index.map { splits[$0].role } ?? .other
    let coverage = index.map { result.coverage[$0] } ?? SplitCoverage(listedCount: split.count, checkedCount: 0)
    let isHidden = options.salting != nil
    let named = isHidden ? (options.hidesClasses ? [] : HiddenClasses.published(split.classes)) : split.classes
    return .object([
      "bytes": .integer(split.byteCount), "checked": .integer(coverage.checkedCount),
      "classes": named.isEmpty ? nil : classes(named), "compared": .integer(coverage.comparedCount),
      "contentRoot": .string(split.contentRoot.description), "count": .integer(split.count),
      "groups": isHidden || split.groupCount == 0 ? nil : .integer(split.groupCount),
      "inDoubt": .integer(coverage.doubtfulCount), "name": .string(split.name),
      "recordRoot": .string(split.recordRoot.description), "role": .string(role.rawValue),
    ])
  }

  /// The histogram, or what stands for it when it has too many classes to list in every certificate.
  static func classes(_ classes: [RecordSummary.ClassCount]) -> JSONValue {
    let list = JSONValue.array(
      classes.map { .object(["count": .integer($0.count), "label": .string($0.label)]) })
    guard classes.count > StatementNames.maximumListedClassCount else { return list }
    return .object([
      "classes": .integer(classes.count), "digest": digest(Digest256(SHA256.hash(data: list.canonicalBytes))),
      "max": .integer(classes.map(\.count).max() ?? 0), "min": .integer(classes.map(\.count).min() ?? 0),
    ])
  }

  package static func detector(_ detector: Detector) -> JSONValue {
    let parameters = detector.parameters.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) }
    return .object([
      "id": .string(detector.id), "parameters": parameters.isEmpty ? nil : .object(parameters),
      "threshold": detector.threshold.map(JSONValue.string), "version": .string(detector.version),
    ])
  }

  static func descriptor(_ file: NamedDigest) -> JSONValue {
    .object([
      "digest": digest(file.sha256), "mediaType": file.mediaType.map(JSONValue.string), "name": .string(file.name),
    ])
  }

  static func digest(_ digest: Digest256) -> JSONValue { .object(["sha256": .string(digest.description)]) }
}
