internal import SplitSealPatterns
internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest

extension PolicyReader {
  mutating func expected(_ what: String, _ name: String, _ node: ConfigurationNode, hint: String? = nil) {
    problems.add("\(name) has to be \(what), not \(node.kindName)", hint: hint, at: node)
  }

  func listed(_ words: [String]) -> String { words.joined(separator: ", ") }

  mutating func integer(_ node: ConfigurationNode, in range: ClosedRange<Int>, _ setting: PolicySetting) -> Int? {
    let what = "a whole number, \(range.lowerBound) to \(range.upperBound)"
    guard let text = node.plainText, (1...16).contains(text.utf8.count),
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int(text),
      range.contains(number)
    else {
      expected(what, setting.name, node)
      return nil
    }
    return number
  }

  mutating func decimal(_ node: ConfigurationNode, in range: ClosedRange<Double>, _ name: String) -> Double? {
    let what = "a number, \(YAMLText.decimal(range.lowerBound)) to \(YAMLText.decimal(range.upperBound))"
    guard let text = node.plainText, text.utf8.count <= 32,
      text.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }),
      let number = Double(text), range.contains(number)
    else {
      expected(what, name, node)
      return nil
    }
    return number
  }

  mutating func text(_ node: ConfigurationNode, _ name: String) -> String? {
    guard let text = node.text, !node.isNull, !text.isEmpty, text.utf8.count <= PolicySetting.maximumTextByteCount
    else {
      expected("a text of 1 to \(PolicySetting.maximumTextByteCount) bytes", name, node)
      return nil
    }
    return text
  }

  /// A pattern over paths.
  mutating func expression(_ node: ConfigurationNode, _ name: String) -> String? {
    guard let text = text(node, name) else { return nil }
    do throws(PathPattern.Fault) {
      _ = try PathPattern(text)
    } catch {
      problems.add("\(name): '\(printable(text))': \(error.reason)", hint: error.hint, at: node)
      return nil
    }
    return text
  }

  mutating func elements(_ node: ConfigurationNode, _ name: String) -> [ConfigurationNode] {
    guard case .sequence(let elements) = node.value, elements.count <= PolicySetting.maximumElementCount else {
      expected("a list of at most \(PolicySetting.maximumElementCount)", name, node, hint: "write: [first, second]")
      return []
    }
    return elements
  }

  private mutating func members(
    _ node: ConfigurationNode, _ name: String, hint: String
  ) -> [(key: ConfigurationNode, value: ConfigurationNode)] {
    guard case .mapping(let members) = node.value, members.count <= PolicySetting.maximumElementCount else {
      expected("a mapping of at most \(PolicySetting.maximumElementCount)", name, node, hint: hint)
      return []
    }
    return members
  }

  mutating func rule(_ node: ConfigurationNode) -> RuleID? {
    let names = RuleID.all.map(\.rawValue)
    guard let text = node.text, names.contains(text) else {
      unknown("rule", node, among: names)
      return nil
    }
    return RuleID(rawValue: text)
  }

  mutating func readSeverities(_ node: ConfigurationNode) {
    let words = [SeverityOverride.offWord] + Severity.allCases.map(\.rawValue)
    for (key, value) in members(node, "severities", hint: "write: {class-skew: warning}") {
      guard let rule = rule(key) else { continue }
      guard let word = value.text, words.contains(word) else {
        unknown("severity", value, among: words)
        continue
      }
      policy.severities.append(SeverityOverride(rule: rule, severity: Severity(rawValue: word)))
    }
    policy.severities = policy.sortedSeverities
  }

  mutating func readClasses(_ node: ConfigurationNode) {
    let hint = "write: {real: 1, spoof: 1}"
    let members = members(node, "classes", hint: hint)
    for (key, value) in members {
      guard let label = key.text, !label.isEmpty, label.utf8.count <= PolicySetting.maximumTextByteCount else {
        expected("labels with their parts", "classes", key, hint: hint)
        continue
      }
      guard let part = decimal(value, in: 1e-9...1e9, "the part of '\(printable(label))'") else { continue }
      policy.classRatio.append(DeclaredShare(label: label, part: part))
    }
    if members.count == 1 { problems.add("classes declares one class", hint: "a ratio takes two or more", at: node) }
  }

  mutating func readOverlaps(_ node: ConfigurationNode) {
    let name = "allowed-overlaps"
    let hint = "write: [{splits: [train, extra], rules: [near-duplicate], reason: \"why\"}]"
    for element in elements(node, name) {
      var (splits, rules, reason): ([String], [RuleID], String?) = ([], [], nil)
      for (key, value) in members(element, "an element of \(name)", hint: hint) {
        switch key.text {
        case "splits": splits = elements(value, "splits").compactMap { text($0, "a split") }
        case "rules":
          for element in elements(value, "rules") {
            guard let rule = rule(element) else { continue }
            guard RuleID.leaks.contains(rule) else {
              problems.add(
                "rule '\(rule.rawValue)' is not about two splits that share something",
                hint: "rules that are: \(RuleID.leaks.map(\.rawValue).joined(separator: ", "))", at: element)
              continue
            }
            if !rules.contains(rule) { rules.append(rule) }
          }
        case "reason": reason = text(value, "reason")
        default: unknown("key", key, among: ["splits", "rules", "reason"])
        }
      }
      guard splits.count == 2, !splits[0].hasSameBytes(as: splits[1]) else {
        problems.add("an allowed overlap names two different splits", hint: hint, at: element)
        continue
      }
      guard let reason else {
        problems.add("an allowed overlap gives its reason", hint: hint, at: element)
        continue
      }
      policy.allowedOverlaps.append(AllowedOverlap(splits[0], splits[1], rules: rules, reason: reason))
    }
  }
}
