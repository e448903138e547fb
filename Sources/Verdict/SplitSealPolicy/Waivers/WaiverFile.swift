internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest

/// Waivers as a file holds them: a list of mappings.
public enum WaiverFile {
  /// Where the file lies below the root of a dataset.
  public static let name = ".splitseal/waivers.yml"
  /// Bytes of the largest file.
  public static let maximumByteCount = 1 << 20
  private static let keys = ["finding", "rule", "reason", "by", "date", "until", "message"]

  /// Reads a file.
  ///
  /// - Throws: ``ConfigurationError`` with every fault of the file.
  public static func read(path: String) throws(ConfigurationError) -> [Waiver] {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try SmallFile.read(path, limit: maximumByteCount)
    } catch {
      throw ConfigurationError([.init(error.message, hint: error.hint, file: path)])
    }
    return try parse(bytes, file: path)
  }

  /// Reads the bytes of a file; `file` is its path for messages.
  ///
  /// - Throws: ``ConfigurationError`` with every fault of the file.
  public static func parse(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> [Waiver] {
    guard let root = try YAMLDocument.parse(bytes, file: file), !root.isNull else { return [] }
    var problems = ProblemList(file: file)
    var waivers: [Waiver] = []
    var lines: [String: Int] = [:]
    guard case .sequence(let elements) = root.value else {
      problems.add("waivers are a list, not \(root.kindName)", hint: "begin each with: - finding: ID", at: root)
      try problems.check()
      return []
    }
    for element in elements {
      guard let waiver = waiver(element, &problems) else { continue }
      if let line = lines[waiver.finding] {
        problems.add(
          "finding \(waiver.finding.prefix(12)) is waived on line \(line) as well", hint: "keep one", at: element)
      }
      lines[waiver.finding] = element.line
      waivers.append(waiver)
    }
    try problems.check()
    return waivers
  }

  private static func waiver(_ node: ConfigurationNode, _ problems: inout ProblemList) -> Waiver? {
    guard case .mapping(let pairs) = node.value else {
      problems.add(
        "a waiver is a mapping, not \(node.kindName)", hint: "its keys: \(keys.joined(separator: ", "))", at: node)
      return nil
    }
    let before = problems.problems.count
    var values: [String: ConfigurationNode] = [:]
    for (key, value) in pairs {
      guard let name = key.text, keys.contains(name) else {
        let word = key.text ?? ""
        problems.add(
          "unknown key '\(printable(word))'",
          hint: Suggestion.hint(for: word, among: keys) ?? "known: \(keys.joined(separator: ", "))", at: key)
        continue
      }
      guard let text = value.text, !value.isNull, !text.isEmpty, text.utf8.count <= 4_000 else {
        problems.add("\(name) has to be a text of 1 to 4,000 bytes, not \(value.kindName)", at: value)
        continue
      }
      values[name] = value
    }
    for name in ["finding", "reason"] where !pairs.contains(where: { $0.key.text == name }) {
      problems.add("a waiver without '\(name)'", hint: "every waiver names a finding and gives a reason", at: node)
    }
    if let finding = values["finding"], !Waiver.isIdentity(finding.text ?? "") {
      problems.add(
        "finding has to be 64 hexadecimal digits in lower case", hint: "reports give them as 'id'", at: finding)
    }
    if let rule = values["rule"], let word = rule.text, !RuleID.all.contains(RuleID(rawValue: word)) {
      let names = RuleID.all.map(\.rawValue)
      problems.add(
        "unknown rule '\(printable(word))'",
        hint: Suggestion.hint(for: word, among: names) ?? "known: \(names.joined(separator: ", "))", at: rule)
    }
    var dates: [String: CalendarDate] = [:]
    for name in ["date", "until"] {
      guard let node = values[name] else { continue }
      dates[name] = CalendarDate(node.text ?? "")
      if dates[name] == nil { problems.add("\(name) has to be a day like 2026-11-25", at: node) }
    }
    guard problems.problems.count == before, let finding = values["finding"]?.text, let reason = values["reason"]?.text
    else { return nil }
    return Waiver(
      finding: finding, rule: values["rule"]?.text.map(RuleID.init(rawValue:)), reason: reason, by: values["by"]?.text,
      date: dates["date"], until: dates["until"], message: values["message"]?.text)
  }

  /// The lines of one waiver, to stand behind those of others.
  public static func text(of waiver: Waiver) -> String {
    var lines = ["- finding: \(waiver.finding)"]
    func add(_ key: String, _ value: String?) { if let value { lines.append("  \(key): \(value)") } }
    add("rule", waiver.rule?.rawValue)
    add("reason", YAMLText.quoted(waiver.reason))
    add("by", waiver.by.map(YAMLText.quoted))
    add("date", waiver.date?.description)
    add("until", waiver.until?.description)
    add("message", waiver.message.map(YAMLText.quoted))
    return lines.joined(separator: "\n") + "\n"
  }

  /// What begins a new file.
  public static let heading = "# Findings that were looked at and accepted; see docs/waivers.md of SplitSeal.\n"
}

extension WaiverFile {
  /// The text of a file without the waiver of one finding.
  ///
  /// - Parameters:
  ///   - finding: Its identity.
  ///   - text: The file, one that can be read.
  ///   - file: Its path for messages.
  /// - Returns: The text; unchanged when the finding is not waived in it.
  /// - Throws: ``ConfigurationError`` when the file cannot be read.
  public static func removing(_ finding: String, from text: String, file: String) throws(ConfigurationError) -> String {
    guard let root = try YAMLDocument.parse(Array(text.utf8), file: file), case .sequence(let elements) = root.value,
      let index = elements.firstIndex(where: { element in
        guard case .mapping(let pairs) = element.value else { return false }
        return pairs.contains { $0.key.text == "finding" && $0.value.text == finding }
      })
    else { return text }
    let bytes = Array(text.utf8)
    let starts = YAMLText.lineStarts(of: bytes)
    let start = starts[elements[index].line - 1]
    let end = index + 1 < elements.count ? starts[elements[index + 1].line - 1] : bytes.count
    return String(decoding: bytes[..<start] + bytes[end...], as: UTF8.self)
  }
}
