internal import SplitSealRules
internal import SplitSealBase
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
    let path = first.isAboutSplits ? nil : first.samples.first.map { printable(result.input.manifest.samples[$0].path) }
    let gist = [path, first.message.gist].compactMap(\.self).joined(separator: " ")
    return count == 1 ? gist : "\(gist) (and \(grouped(count - 1)) more of \(rule.rawValue))"
  }
}

extension String {
  /// The parts between semicolons that are neither in parentheses nor in quotes, without blanks around them.
  var clauses: [String] { parts(endingAt: [";"]) }

  /// The sentence in few words: without what is in parentheses, and without what explains it after a colon or a semicolon.
  ///
  /// Names in quotes stay whole.
  var gist: String { withoutParentheses.parts(endingAt: [";", ":"]).first ?? self }

  private var withoutParentheses: String {
    var depth = 0
    var kept = ""
    for (character, isQuoted) in quoting {
      if character == "(", !isQuoted {
        depth += 1
        while depth == 1, kept.last == " " { kept.removeLast() }
      }
      if depth == 0 { kept.append(character) }
      if character == ")", !isQuoted, depth > 0 { depth -= 1 }
    }
    return kept
  }

  /// The sentence in at most `width` cells, with `...` behind it where something is left out: what explains it goes, or what is
  /// in parentheses, or what has no room.
  func clipped(to width: Int) -> String {
    guard displayWidth(self) > width else { return self }
    let (dots, room) = (" ...", width - 4)
    let bare = withoutParentheses
    // The longest beginning that is a sentence of its own.
    let ends = ([self, bare].flatMap { $0.beginnings } + [bare]).filter { displayWidth($0) <= room }
    let sentence = ends.max { displayWidth($0) < displayWidth($1) } ?? ""
    let words = bare.words(to: room)
    // A short beginning says too little.
    let best = displayWidth(sentence) * 3 >= displayWidth(words) * 2 ? sentence : words
    return displayWidth(best) * 3 >= room ? best + dots : shortened(self, to: width)
  }

  /// What stands before each colon and semicolon that is neither in parentheses nor in quotes.
  private var beginnings: [String] {
    var (depth, taken, beginnings): (Int, String, [String]) = (0, "", [])
    for (character, isQuoted) in quoting {
      if !isQuoted, character == "(" { depth += 1 }
      if !isQuoted, character == ")", depth > 0 { depth -= 1 }
      if !isQuoted, depth == 0, character == " ", let last = taken.last, last == ":" || last == ";" {
        beginnings.append(String(taken.dropLast()))
      }
      taken.append(character)
    }
    return beginnings
  }

  /// As many whole words as have room.
  private func words(to room: Int) -> String {
    var kept = ""
    for word in split(separator: " ") {
      let longer = kept.isEmpty ? String(word) : "\(kept) \(word)"
      guard displayWidth(longer) <= room else { break }
      kept = longer
    }
    return kept
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
