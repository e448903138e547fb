internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealPolicy

/// The open findings of one rule and severity.
struct FindingGroup {
  let rule: RuleID
  let severity: Severity
  let findings: [Finding]

  /// All open findings but the copies between splits, which reports count in images; errors first, then by rule.
  static func others(in result: AuditResult) -> [FindingGroup] {
    var groups: [(rule: RuleID, severity: Severity, findings: [Finding])] = []
    for (finding, status) in zip(result.findings, result.statuses)
    where status == .open && ![.exactDuplicate, .nearDuplicate].contains(finding.rule) {
      if let index = groups.firstIndex(where: { $0.rule == finding.rule && $0.severity == finding.severity }) {
        groups[index].findings.append(finding)
      } else {
        groups.append((finding.rule, finding.severity, [finding]))
      }
    }
    return groups.map { FindingGroup(rule: $0.rule, severity: $0.severity, findings: $0.findings) }
  }

  /// What was found, in a few words.
  func phrase(_ result: AuditResult) -> String {
    let count = findings.count
    // Findings of these rules are all of one kind, one for each image, path or pair.
    switch rule {
    case .unreadableImage: return "\(counted(count, "image")) could not be read"
    case .duplicateRow: return count == 1 ? "1 path is named twice" : "\(grouped(count)) paths are named twice"
    case .labelConflict:
      return count == 1 ? "1 pair of copies has two labels" : "\(grouped(count)) pairs of copies have two labels"
    default: break
    }
    guard let first = findings.first else { return rule.rawValue }
    let sentence = result.sentence(first).gist
    return count == 1 ? sentence : "\(sentence) (and \(grouped(count - 1)) more of \(rule.rawValue))"
  }
}

extension String {
  /// The parts between semicolons that are neither in parentheses nor in quotes, without blanks around them.
  var clauses: [String] { parts(endingAt: [";"]) }

  /// The sentence in few words: without what is in parentheses, and without what explains it after a colon or a semicolon.
  ///
  /// Names in quotes stay whole.
  var gist: String {
    var depth = 0
    var kept = ""
    for (character, isQuoted) in quoting {
      if isQuoted {
        if depth == 0 { kept.append(character) }
        continue
      }
      if character == "(" {
        depth += 1
        while depth == 1, kept.last == " " { kept.removeLast() }
      }
      if depth == 0 { kept.append(character) }
      if character == ")", depth > 0 { depth -= 1 }
    }
    return kept.parts(endingAt: [";", ":"]).first ?? kept
  }

  /// The sentence in at most `width` cells: it ends before a parenthesis, a colon or a semicolon, or between words, and `...`
  /// says that something is left out.
  func clipped(to width: Int) -> String {
    guard displayWidth(self) > width else { return self }
    var (depth, taken) = (0, "")
    var (best, lastWord): (String, String) = ("", "")
    for (character, isQuoted) in quoting {
      if displayWidth(taken) > width - 4 { break }
      if character == " ", !isQuoted, depth == 0 {
        lastWord = taken
        if taken.hasSuffix(";") || taken.hasSuffix(":") { best = String(taken.dropLast()) }
      }
      if !isQuoted, character == "(" {
        if depth == 0, taken.hasSuffix(" ") { best = String(taken.dropLast()) }
        depth += 1
      }
      if !isQuoted, character == ")", depth > 0 { depth -= 1 }
      taken.append(character)
    }
    // A short beginning says too little.
    let end = displayWidth(best) >= width / 3 ? best : lastWord
    return end.isEmpty ? shortened(self, to: width) : end + " ..."
  }

  private func parts(endingAt ends: [Character]) -> [String] {
    var (depth, current, parts): (Int, String, [String]) = (0, "", [])
    var rest = Array(quoting)[...]
    while let (character, isQuoted) = rest.popFirst() {
      if !isQuoted, character == "(" { depth += 1 }
      if !isQuoted, character == ")", depth > 0 { depth -= 1 }
      if !isQuoted, depth == 0, ends.contains(character), rest.first.map({ $0.0 == " " }) ?? true {
        parts.append(current)
        current = ""
      } else {
        current.append(character)
      }
    }
    return (parts + [current]).map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
  }

  /// The characters, each with whether it is inside of single quotes, which open after a blank or a parenthesis.
  private var quoting: [(Character, Bool)] {
    var isQuoted = false
    var last: Character = " "
    let all = Array(self)
    return all.enumerated().map { index, character in
      defer { last = character }
      guard character == "'" else { return (character, isQuoted) }
      if isQuoted {
        let next = index + 1 < all.count ? all[index + 1] : " "
        // An apostrophe within a name does not end it.
        if next.isLetter || next.isNumber { return (character, true) }
        isQuoted = false
        return (character, true)
      }
      if last == " " || last == "(" {
        isQuoted = true
        return (character, true)
      }
      return (character, false)
    }
  }
}
