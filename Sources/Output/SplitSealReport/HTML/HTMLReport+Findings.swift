internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealPolicy

extension HTMLReport {
  /// The rules whose findings are statistics: their numbers are shown at once.
  private static let statisticalRules: [RuleID] = [
    .classMissing, .classImbalance, .classSkew, .propertyDrift, .shortcut,
  ]

  /// What was found beside leaks, by rule and severity, with the numbers that it rests on.
  var findings: HTMLText {
    let open = zip(result.findings, result.statuses).filter { $1 == .open }.map(\.0)
      .filter { ![.exactDuplicate, .nearDuplicate].contains($0.rule) }
    var groups: [(rule: RuleID, severity: Severity, findings: [Finding])] = []
    var placeOf: [String: Int] = [:]
    for finding in open {
      let key = "\(finding.rule.rawValue) \(finding.severity.rawValue)"
      if let place = placeOf[key] {
        groups[place].findings.append(finding)
      } else {
        placeOf[key] = groups.count
        groups.append((finding.rule, finding.severity, [finding]))
      }
    }
    var html = HTMLText()
    for (rule, severity, findings) in groups {
      let help = RuleCatalogue.all.first { $0.id == rule }
      html += """
        <section class="rule">
        <h3><span class="severity \(severity.rawValue)">\(severity.rawValue)</span> \(rule.rawValue) \
        <small>\(counted(findings.count, "finding"))</small></h3>

        """
      if let help { html += "<p>Finds \(help.finds). <b>What to do:</b> \(help.remedy)</p>\n" }
      html += "<ul class=\"findings\">\n"
      var written = 0
      for finding in findings.prefix(Self.rowCount) where html.byteCount < Self.sectionByteCount {
        html += item(finding)
        written += 1
      }
      html += "</ul>\n\(more(findings.count - written, of: "finding"))</section>\n"
    }
    return html
  }

  private func item(_ finding: Finding) -> HTMLText {
    var html: HTMLText = "<li><p>\(words.sentence(finding)) <code class=\"id\">\(finding.shortIdentity)</code></p>\n"
    if finding.rule == .labelConflict, shown.conflicts.contains(finding) { html += strip(finding.samples) }
    let numbers = EvidenceList(finding.evidence).html
    if !numbers.isEmpty {
      html +=
        Self.statisticalRules.contains(finding.rule)
        ? numbers
        : """
        <details><summary>Numbers<span class="v"> of finding \(finding.shortIdentity)</span></summary>
        \(numbers)</details>

        """
    }
    return html + "</li>\n"
  }
}

/// The numbers that a finding rests on, with the two ends of an interval in one place.
struct EvidenceList {
  let html: HTMLText

  init(_ evidence: [Evidence]) {
    var items = HTMLText()
    var index = 0
    while index < evidence.count {
      let item = evidence[index]
      let next = index + 1 < evidence.count ? evidence[index + 1] : nil
      if let stem = Self.stem(item.name, "low"), let next, Self.stem(next.name, "high") == stem {
        let name = stem.isEmpty ? "95 % interval" : "\(Self.spaced(stem)), 95 % interval"
        items += "<div><dt>\(name)</dt><dd>\(Self.text(item.value)) to \(Self.text(next.value))</dd></div>"
        index += 2
      } else {
        items += "<div><dt>\(Self.spaced(item.name))</dt><dd>\(Self.text(item.value))</dd></div>"
        index += 1
      }
    }
    html = evidence.isEmpty ? HTMLText() : "<dl>\(items)</dl>\n"
  }

  /// What is before `low` or `high` in a name; empty where it is the whole name, `nil` where it does not end so.
  private static func stem(_ name: String, _ end: String) -> String? {
    if name == end { return "" }
    let capital = end.prefix(1).uppercased() + end.dropFirst()
    return name.hasSuffix(capital) ? String(name.dropLast(end.count)) : nil
  }

  /// `adjustedPValue` as `adjusted p-value`.
  static func spaced(_ name: String) -> String {
    var words = ""
    for letter in name {
      if letter.isUppercase { words += " " }
      words += letter.lowercased()
    }
    return words.replacing("p value", with: "p-value")
  }

  private static func text(_ value: Evidence.Value) -> String {
    switch value {
    case .integer(let number): grouped(number)
    case .decimal(let number, let digits): fixed(number, digits: digits)
    case .text(let text): printable(text)
    }
  }
}
