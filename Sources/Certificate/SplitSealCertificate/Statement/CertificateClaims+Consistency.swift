internal import SplitSealRules
internal import SplitSealBase
internal import Crypto
internal import SplitSealJSON

extension CertificateClaims {
  /// Where the claims contradict one another, one sentence each.
  package var contradictions: [String] {
    var found: [String] = []
    func check(_ holds: Bool, _ sentence: @autoclosure () -> String) {
      if !holds { found.append(sentence()) }
    }
    let names = Set(subjects.map { ByteText($0.name) })
    check(names.count == subjects.count, "two subjects of the statement have one name")
    check(isSubject(records), "the digest of \(records.name.quoted) is not among the statement's subjects")
    for input in inputs {
      check(isSubject(input), "the digest of manifest \(input.name.quoted) is not among the statement's subjects")
    }
    check(imageCount > 0, "the certificate commits to no images")
    check(
      Self.sum(splits.map(\.count)) == imageCount,
      "the splits' counts do not add up to the \(imageCount) images claimed")
    check(
      Self.sum(splits.map(\.byteCount)) == byteCount,
      "the splits' bytes do not add up to the \(byteCount) bytes claimed")
    check(listedCount == imageCount, "\(listedCount) samples are claimed listed, \(imageCount) images committed to")
    check(
      Self.sum([checkedCount, unreadableCount]) == listedCount,
      "\(checkedCount) checked and \(unreadableCount) unreadable samples are not the \(listedCount) listed")
    return found + contradictionsOfCoverage + contradictionsOfMode + contradictionsOfFindings + contradictionsOfPower
      + contradictionsOfReferences
  }

  private var contradictionsOfFindings: [String] {
    var found: [String] = []
    for (severity, claimed) in [(Severity.error, errorCount), (.warning, warningCount), (.note, noteCount)] {
      let sum = Self.sum(ruleCounts.filter { $0.severity == severity }.map(\.count))
      if sum != claimed {
        found.append("the rules do not add up to the \(claimed) findings of severity \(severity.rawValue) claimed")
      }
    }
    for entry in ruleCounts where entry.waivedCount > entry.count {
      found.append("rule \(entry.rule.quoted) has more waivers than findings")
    }
    var waived: [ByteText: Int] = [:]
    for entry in ruleCounts { waived[ByteText(entry.rule), default: 0] &+= entry.waivedCount }
    for waiver in waivers { waived[ByteText(waiver.rule), default: 0] &-= 1 }
    if !waived.values.allSatisfy({ $0 == 0 }) { found.append("the waivers are not those that the rules count") }
    if let decisions {
      if decisions.waivedCount > decisions.reported.different {
        found.append("more findings are waived by decisions than pairs were decided to be different")
      }
      let waived = waivers.count { $0.rule.hasSameBytes(as: RuleID.nearDuplicate.rawValue) }
      if decisions.waivedCount > waived { found.append("more findings are waived by decisions than waivers are there") }
    }

    let failing = ruleCounts.filter { $0.severity >= failOn }
    let verdicts: [(Verdict?, Bool)] = [
      (verdict, failing.contains { $0.count > $0.waivedCount }),
      (verdictWithoutWaivers, failing.contains { $0.count > 0 }),
    ]
    for case (let verdict?, let fails) in verdicts where (verdict == .fail) != fails {
      found.append(
        "the verdict is \(verdict.rawValue), and the findings at or above \(failOn.rawValue) "
          + (fails ? "make it fail" : "do not make it fail"))
    }
    return found
  }

  private func isSubject(_ file: NamedDigest) -> Bool {
    subjects.contains { $0.name.hasSameBytes(as: file.name) && $0.sha256 == file.sha256 }
  }

  /// The sum; -1 when it is too large to be one of anything.
  static func sum(_ numbers: [Int]) -> Int {
    var sum = 0
    for number in numbers {
      let (next, overflows) = sum.addingReportingOverflow(number)
      guard !overflows else { return -1 }
      sum = next
    }
    return sum
  }

  /// Where the claims differ from what the records give, one sentence each.
  func differences(from summary: RecordSummary) -> [String] {
    var found: [String] = []
    func check(_ holds: Bool, _ sentence: @autoclosure () -> String) {
      if !holds { found.append(sentence()) }
    }
    check(
      summary.recordsDigest == records.sha256,
      "\(records.name.quoted) has SHA-256 \(summary.recordsDigest), and the certificate names \(records.sha256)")
    check(
      summary.count == imageCount, "there are \(summary.count) records, and the certificate claims \(imageCount) images"
    )
    check(fields.map(ByteText.init) == summary.fields.map(ByteText.init), "the records have other members than claimed")
    check(
      splits.map { ByteText($0.name) } == summary.splits.map { ByteText($0.name) },
      "the records have splits \(summary.splits.map(\.name.quoted).joined(separator: ", ")), and the certificate claims "
        + splits.map(\.name.quoted).joined(separator: ", "))
    for claim in splits {
      guard let split = summary.splits.first(where: { $0.name.hasSameBytes(as: claim.name) }) else { continue }
      found += claim.differences(from: split, isHidden: mode.isHidden)
    }
    check(
      overlaps.map { [ByteText($0.first), ByteText($0.second)] }
        == summary.overlaps.map { [ByteText($0.first), ByteText($0.second)] },
      "the overlaps are not those of every pair of splits, in order")
    for (claim, overlap) in zip(overlaps, summary.overlaps) {
      let pair = "splits \(overlap.first.quoted) and \(overlap.second.quoted)"
      check(
        claim.exactBytes == overlap.equalFilePairCount,
        "\(pair) have \(overlap.equalFilePairCount) pairs of equal files, and the certificate claims \(claim.exactBytes)"
      )
      check(
        claim.sharedGroups == nil || claim.sharedGroups == overlap.sharedGroupCount,
        "\(pair) share \(overlap.sharedGroupCount) groups, and the certificate claims \(claim.sharedGroups ?? 0)")
    }
    return found
  }
}

extension CertificateClaims.Split {
  fileprivate func differences(from split: RecordSummary.Split, isHidden: Bool) -> [String] {
    var found: [String] = []
    func check(_ holds: Bool, _ sentence: @autoclosure () -> String) {
      if !holds { found.append("split \(name.quoted): \(sentence())") }
    }
    check(count == split.count, "there are \(split.count) records, and the certificate claims \(count)")
    check(
      byteCount == split.byteCount, "the files have \(split.byteCount) bytes, and the certificate claims \(byteCount)")
    check(
      isHidden || groupCount == split.groupCount,
      "there are \(split.groupCount) groups, and the certificate claims \(groupCount)")
    check(
      isHidden ? classes.isPublished(part: split.classes) : classes == CertificateClaims.Classes(split.classes),
      "the classes are not those that the certificate claims")
    check(
      contentRoot == split.contentRoot,
      "the images are not those that were signed (contentRoot \(split.contentRoot), signed \(contentRoot))")
    check(
      recordRoot == split.recordRoot,
      (contentRoot == split.contentRoot
        ? "the images are those that were signed, their names, labels or groups are not"
        : "the records are not those that were signed") + " (recordRoot \(split.recordRoot), signed \(recordRoot))")
    return found
  }
}

extension CertificateClaims.Classes {
  /// The form that a certificate gives a histogram.
  fileprivate init(_ classes: [RecordSummary.ClassCount]) {
    guard classes.count > StatementNames.maximumListedClassCount else {
      self = .listed(classes)
      return
    }
    let list = JSONValue.array(classes.map { .object(["count": .integer($0.count), "label": .string($0.label)]) })
    self = .summarized(
      count: classes.count, minimum: classes.map(\.count).min() ?? 0, maximum: classes.map(\.count).max() ?? 0,
      digest: Digest256(SHA256.hash(data: list.canonicalBytes)))
  }
}
