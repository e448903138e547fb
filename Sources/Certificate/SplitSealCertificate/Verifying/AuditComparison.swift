internal import SplitSealBase
internal import SplitSealRules

/// What an audit says today beside what a certificate says of it.
public struct AuditComparison: Hashable, Sendable {
  /// What differs, one sentence each, lower case, without a full stop.
  public let differences: [String]
  /// What was compared, in words.
  public let compared: [String]

  /// Compares what was signed with what is found.
  package init(signed: CertificateClaims, today: CertificateClaims) {
    var differences: [String] = []
    func compare(_ what: String, _ signed: some Equatable, _ today: some Equatable, _ isEqual: Bool) {
      if !isEqual { differences.append("\(what): \(signed) signed, \(today) found") }
    }
    func compare(_ what: String, _ signed: Int, _ today: Int) { compare(what, signed, today, signed == today) }

    let (oldTerms, newTerms) = (signed.terms, today.terms)
    if oldTerms.policyDigest != newTerms.policyDigest { differences.append("the audit went by another policy") }
    let (oldDetectors, newDetectors) = (oldTerms.detectors.map(\.summary), newTerms.detectors.map(\.summary))
    compare(
      "detectors", oldDetectors.joined(separator: ", "), newDetectors.joined(separator: ", "),
      oldDetectors.elementsEqual(newDetectors) { $0.hasSameBytes(as: $1) })
    compare("images that could be checked", signed.checkedCount, today.checkedCount)
    if let old = signed.coverage, let new = today.coverage {
      compare("images that could be compared", old.comparedCount, new.comparedCount)
      compare("images in doubt", old.doubtfulCount, new.doubtfulCount)
    }
    differences += Self.differences(of: signed.ruleCounts, and: today.ruleCounts)
    compare("verdict", signed.verdict.rawValue, today.verdict.rawValue, signed.verdict == today.verdict)
    if let old = signed.verdictWithoutWaivers, let new = today.verdictWithoutWaivers {
      compare("verdict without waivers", old.rawValue, new.rawValue, old == new)
    }
    for old in signed.overlaps {
      let pair = "splits \(old.first.quoted) and \(old.second.quoted)"
      guard
        let new = today.overlaps.first(where: {
          $0.first.hasSameBytes(as: old.first) && $0.second.hasSameBytes(as: old.second)
        })
      else {
        differences.append("\(pair): there is no such pair today")
        continue
      }
      compare("\(pair), equal files", old.exactBytes, new.exactBytes)
      compare("\(pair), equal pixels", old.exactPixels, new.exactPixels)
      compare("\(pair), near-duplicates", old.nearDuplicate, new.nearDuplicate)
      if let oldGroups = old.sharedGroups, let newGroups = new.sharedGroups {
        compare("\(pair), shared groups", oldGroups, newGroups)
      }
    }
    let probed = !signed.power.isEmpty && !today.power.isEmpty
    if probed { differences += Self.differences(of: signed.power, and: today.power) }
    self.differences = differences
    compared =
      ["detectors", "coverage", "findings", "verdict", "overlaps"]
      + (probed ? ["detection power"] : [])
  }

  private static func differences(
    of signed: [CertificateClaims.RuleCount], and today: [CertificateClaims.RuleCount]
  ) -> [String] {
    var found: [String] = []
    func isSame(_ a: CertificateClaims.RuleCount, _ b: CertificateClaims.RuleCount) -> Bool {
      a.severity == b.severity && a.rule.hasSameBytes(as: b.rule)
    }
    for old in signed {
      let new = today.first { isSame($0, old) }
      let what = "\(old.severity.rawValue)s of \(old.rule.quoted)"
      if old.count != new?.count ?? 0 { found.append("\(what): \(old.count) signed, \(new?.count ?? 0) found") }
      if let new, old.waivedCount != new.waivedCount {
        found.append("\(what), waived: \(old.waivedCount) signed, \(new.waivedCount) found")
      }
    }
    for new in today where !signed.contains(where: { isSame($0, new) }) {
      found.append("\(new.severity.rawValue)s of \(new.rule.quoted): 0 signed, \(new.count) found")
    }
    return found
  }

  private static func differences(
    of signed: [CertificateClaims.EditRecall], and today: [CertificateClaims.EditRecall]
  ) -> [String] {
    var found: [String] = []
    for old in signed {
      guard let new = today.first(where: { $0.edit.hasSameBytes(as: old.edit) }) else {
        found.append("edit \(old.edit.quoted) was probed and is not probed today")
        continue
      }
      if (old.foundCount, old.madeCount) != (new.foundCount, new.madeCount) {
        found.append(
          "copies found of edit \(old.edit.quoted): \(old.foundCount) of \(old.madeCount) signed, "
            + "\(new.foundCount) of \(new.madeCount) found")
      }
    }
    return found
  }
}

extension Detector {
  /// Everything about the detector on one line.
  fileprivate var summary: String {
    let parameters = parameters.sorted { $0.key.precedesByBytes($1.key) }.map { "\($0.key)=\($0.value)" }
    return ([id, version] + (threshold.map { ["from \($0)"] } ?? []) + parameters).joined(separator: " ").quoted
  }
}
