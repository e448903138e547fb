internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// The sentence that every report leads with: the verdict, and why in images rather than in pairs or findings.
///
/// It says nothing about what was not compared. Names in it are safe to print.
struct VerdictSentence {
  /// Clauses on leaks between two splits, and on other findings beside them.
  private static let (mostLeakClauses, mostOtherClauses) = (3, 2)

  /// The verdict in capitals.
  let word: String
  /// What follows the word and the colon.
  let reason: String
  /// What the verdict would be without waivers or a baseline, with a blank before it; empty where there are none.
  let condition: String

  /// The whole sentence, without a full stop.
  var text: String { "\(word)\(condition): \(reason)" }

  init(_ result: AuditResult) {
    word = result.verdict.rawValue.uppercased()
    var condition = ""
    let waivedCount = result.waivedFindings.count
    if waivedCount > 0 {
      condition += " (\(result.verdictWithoutWaivers.rawValue) without \(counted(waivedCount, "waiver")))"
    }
    if let baseline = result.input.baseline {
      condition +=
        " against the baseline \(printable(baseline.file)) (\(result.verdictWithoutBaseline.rawValue) without it)"
    }
    self.condition = condition
    reason =
      switch result.verdict {
      case .fail: Self.failing(result)
      case .pass: Self.passing(result)
      case .inconclusive: Self.inconclusive(result)
      }
  }

  // MARK: Fail

  private static func failing(_ result: AuditResult) -> String {
    let leaks = AffectedImages.open(in: result)
    var clauses = leaks.prefix(mostLeakClauses).map { $0.clause(result) }
    if leaks.count > mostLeakClauses {
      let count = leaks.count - mostLeakClauses
      clauses.append(
        "\(grouped(count)) more \(count == 1 ? "pair of splits has" : "pairs of splits have") matches")
    }
    let groups = FindingGroup.others(in: result)
    let failing = groups.filter { $0.severity >= result.input.policy.failOn }
    let shown = failing.prefix(leaks.isEmpty ? mostOtherClauses + 1 : mostOtherClauses)
    clauses += shown.map { $0.phrase(result) }
    let hidden = groups.reduce(0) { $0 + $1.findings.count } - shown.reduce(0) { $0 + $1.findings.count }
    return clauses.joined(separator: "; ")
      + (hidden > 0 ? "; and \(counted(hidden, "more finding", "more findings"))" : "")
  }

  // MARK: Pass

  private static func passing(_ result: AuditResult) -> String {
    var clauses = [copies(result)]
    let open = openText(result)
    if !open.isEmpty { clauses.append("\(open), which \(openCount(result) == 1 ? "does" : "do") not fail the audit") }
    let checks = result.statements.filter { $0.rule != .exactDuplicate && $0.rule != .nearDuplicate }
      .reduce(0) { $0 + $1.passedChecks.count }
    if checks > 0 { clauses.append("\(counted(checks, "other check")) found nothing to report") }
    return clauses.joined(separator: "; ")
  }

  /// What was found of copies between splits, and among how many images.
  private static func copies(_ result: AuditResult) -> String {
    let isOff = { (rule: RuleID) in
      result.input.policy.severities.contains { $0.rule == rule && $0.severity == nil }
    }
    let (exact, near) = (!isOff(.exactDuplicate), !isOff(.nearDuplicate))
    guard exact || near else { return "copies between splits were not looked for, as the policy says" }
    let what = exact && near ? "copies" : exact ? "exact copies" : "near-duplicates"
    let missing =
      exact && near
      ? "" : " (\(exact ? "near-duplicates" : "exact copies") were not looked for, as the policy says)"
    let how = near && !result.input.matchOptions.comparesPixels ? " by descriptors alone" : ""
    let scope = "among \(scope(result, comparesPictures: near))\(how)\(missing)"
    let accepted = acceptedPairs(result)
    return accepted.isEmpty
      ? "no \(what) between splits were found \(scope)"
      : "\(accepted), and no other \(what) were found \(scope)"
  }

  /// `240 images of train, 60 of val and 91 of 93 of test`: those that were compared and have no pair in doubt.
  private static func scope(_ result: AuditResult, comparesPictures: Bool) -> String {
    let settled = result.coverage.map { coverage in
      (
        count: comparesPictures ? coverage.checkedCount - coverage.unsettledCount : coverage.checkedCount,
        listed: coverage.listedCount
      )
    }
    func text(_ count: Int, _ listed: Int, _ isFirst: Bool) -> String {
      count == listed
        ? (isFirst ? counted(count, "image") : grouped(count))
        : "\(grouped(count)) of \(isFirst ? counted(listed, "image") : grouped(listed))"
    }
    guard settled.count <= 4 else {
      let (count, listed) = settled.reduce((0, 0)) { ($0.0 + $1.count, $0.1 + $1.listed) }
      return "\(text(count, listed, true)) of \(settled.count) splits"
    }
    let parts = settled.enumerated().map { index, part in
      "\(text(part.count, part.listed, index == 0)) of \(printable(result.input.manifest.splits[index].name))"
    }
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "no images" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }

  /// Why pairs that were found do not fail the audit, with their number; empty where no pair was found.
  private static func acceptedPairs(_ result: AuditResult) -> String {
    let matches = result.input.matches
    let total = matches.matches.count + matches.unlistedCount
    guard total > 0 else { return "" }
    var (open, waived, known) = (0, 0, 0)
    for (finding, status) in zip(result.findings, result.statuses)
    where [.exactDuplicate, .nearDuplicate].contains(finding.rule) {
      switch status {
      case .open: open += 1
      case .waived: waived += 1
      case .known: known += 1
      }
    }
    let rest = total - open - waived - known
    let reasons = [
      (waived, "waived"), (known, "in the baseline"), (rest, "set aside by the policy"), (open, "below what fails"),
    ].filter { $0.0 > 0 }
    let list = reasons.map { "\(grouped($0.0)) \($0.1)" }.joined(separator: ", ")
    let pairs = "\(counted(total, "pair")) of copies between splits"
    return reasons.count == 1
      ? "\(pairs) \(total == 1 ? "is" : "are") \(reasons[0].1)"
      : "\(pairs) \(total == 1 ? "is" : "are") accepted (\(list))"
  }

  // MARK: Inconclusive

  private static func inconclusive(_ result: AuditResult) -> String {
    // What stands behind a semicolon is advice, which the list of gaps repeats in full.
    let first = result.inconclusive.first.map { $0.clauses.first ?? $0 } ?? "not enough was checked"
    let more = result.inconclusive.count - 1
    let open = openText(result)
    return first + (more > 0 ? ", and \(counted(more, "more reason", "more reasons"))" : "")
      + (open.isEmpty ? "" : "; what could be checked has \(open)")
  }

  // MARK: Findings

  private static func openCount(_ result: AuditResult) -> Int { result.statuses.count { $0 == .open } }

  /// `2 warnings and 1 note`.
  private static func openText(_ result: AuditResult) -> String {
    let counts = [Severity.error, .warning, .note].compactMap { severity -> String? in
      let count = zip(result.findings, result.statuses).count { $0.severity == severity && $1 == .open }
      return count == 0 ? nil : counted(count, severity.rawValue)
    }
    guard let last = counts.last, counts.count > 1 else { return counts.first ?? "" }
    return counts.dropLast().joined(separator: ", ") + " and " + last
  }
}

/// The images of one split that have a partner in another one.
struct AffectedImages {
  /// The split that the leak spoils.
  let split: Int
  /// The split that its images are in as well.
  let other: Int
  let count: Int
  let listedCount: Int
  /// Whether descriptors alone tell of a pair.
  let isSuspected: Bool
  /// Whether a pair is more than equal bytes or pixels, so that it may be chance.
  let isNear: Bool

  /// The images with a pair whose finding is open, by pair of splits: test first, then the largest shares.
  ///
  /// - Complexity: O(*m*) for *m* listed matches. The lists tell: every image lists its best partner in each split.
  static func open(in result: AuditResult) -> [AffectedImages] {
    let manifest = result.input.manifest
    var images: [[Int]: Set<Int>] = [:]
    var (suspected, near): (Set<[Int]>, Set<[Int]>) = ([], [])
    for (match, _) in result.openPairs {
      let (evaluated, other) = SplitPairOrder.evaluatedFirst(match, in: manifest)
      let splits = [manifest.samples[evaluated].split, manifest.samples[other].split]
      images[splits, default: []].insert(evaluated)
      if match.kind == .descriptor { suspected.insert(splits) }
      if match.kind.isNear { near.insert(splits) }
    }
    return images.map { splits, samples in
      AffectedImages(
        split: splits[0], other: splits[1], count: samples.count,
        listedCount: result.coverage[splits[0]].listedCount, isSuspected: suspected.contains(splits),
        isNear: near.contains(splits))
    }.sorted { a, b in
      let (ranks, shares) = (
        [a, b].map { rank(manifest.splits[$0.split].role) },
        [a, b].map { Double($0.count) / Double(max(1, $0.listedCount)) }
      )
      if ranks[0] != ranks[1] { return ranks[0] < ranks[1] }
      return shares[0] != shares[1] ? shares[0] > shares[1] : (a.split, a.other) < (b.split, b.other)
    }
  }

  private static func rank(_ role: SplitRole) -> Int {
    switch role {
    case .test: 0
    case .validation: 1
    case .training, .other: 2
    }
  }

  private static func article(_ noun: Substring) -> String { noun.hasPrefix("image") ? "an" : "a" }

  /// `14 of 93 test images (15 %) are copies of training images`.
  func clause(_ result: AuditResult) -> String {
    let manifest = result.input.manifest
    let isOne = count == 1
    let beginning =
      "\(grouped(count)) of \(manifest.images(ofSplit: split, listedCount)) (\(roundShare(count, of: listedCount)))"
    let others = manifest.images(ofSplit: other, nil)
    let oneOther = manifest.images(ofSplit: other, 1).dropFirst(2)
    if result.input.alikeness.isCountDoubtful {
      return "\(beginning) \(isOne ? "matches" : "match") \(others) and may be look-alikes"
    }
    if isNear, result.input.isChanceLikely {
      return "\(beginning) \(isOne ? "matches" : "match") \(others), perhaps by chance"
    }
    if isSuspected { return "\(beginning) \(isOne ? "matches" : "match") \(others)" }
    return isOne
      ? "\(beginning) is a copy of \(Self.article(oneOther)) \(oneOther)" : "\(beginning) are copies of \(others)"
  }
}

/// A part of a total for a sentence: `15 %`, `5.8 %`, `0.58 %`, `<0.01 %`; 100 % only where it is all of it.
func roundShare(_ count: Int, of total: Int) -> String {
  let share = total == 0 ? 0 : Double(count) / Double(total)
  guard count == 0 || share >= 0.0001 else { return "<0.01 %" }
  for digits in (share >= 0.1 ? 0 : share >= 0.01 ? 1 : 2)...4 {
    let text = percent(share, digits: digits)
    if count == total || !text.hasPrefix("100") { return text }
  }
  return ">99.99 %"
}

extension Manifest {
  /// `93 test images`, `60 images of fold1`; without the number where there is none.
  ///
  /// The only split of a role is called by it.
  fileprivate func images(ofSplit split: Int, _ count: Int?) -> String {
    let noun = count == 1 ? "image" : "images"
    let number = count.map { grouped($0) + " " } ?? ""
    let role = splits[split].role
    let adjective: String? =
      switch role {
      case .training: "training"
      case .validation: "validation"
      case .test: "test"
      case .other: nil
      }
    guard let adjective, splits.count(where: { $0.role == role }) == 1 else {
      return "\(number)\(noun) of \(printable(splits[split].name))"
    }
    return "\(number)\(adjective) \(noun)"
  }
}
