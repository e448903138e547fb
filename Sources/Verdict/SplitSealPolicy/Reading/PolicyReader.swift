internal import SplitSealBase
internal import SplitSealManifest

/// Makes a policy of the values in a file, and a list of what is wrong with them.
struct PolicyReader {
  var policy = Policy()
  var problems: ProblemList
  /// Lines of the settings that the file names.
  var lines: [String: Int] = [:]

  init(file: String) { problems = ProblemList(file: file) }

  mutating func read(_ root: ConfigurationNode?) {
    let start = root ?? ConfigurationNode(value: .mapping([]), line: 1, column: 1)
    guard case .mapping(let pairs) = start.value else {
      problems.add(
        "a policy is a mapping of settings, not \(start.kindName)", hint: "begin with: version: 1", at: start)
      return
    }
    if let version = pairs.first(where: { $0.key.text == "version" })?.value {
      if version.plainText != "\(PolicyFile.version)" {
        problems.add(
          "version is \(version.kindName), and this program knows \(PolicyFile.version)",
          hint: "write: version: \(PolicyFile.version)", at: version)
      }
    } else {
      problems.add("key 'version' is missing", hint: "begin with: version: \(PolicyFile.version)", at: start)
    }
    read(pairs.filter { $0.key.text != "version" }, by: PolicyTree(PolicySetting.all), alsoKnown: ["version"])
    checkTogether(start)
  }

  private mutating func read(
    _ pairs: [(key: ConfigurationNode, value: ConfigurationNode)], by tree: PolicyTree, alsoKnown: [String] = []
  ) {
    for (key, value) in pairs {
      guard let branch = tree.branches.first(where: { $0.name == key.text })?.branch else {
        unknown("key", key, among: alsoKnown + tree.branches.map(\.name))
        continue
      }
      switch branch {
      case .setting(let setting):
        lines[setting.name] = value.line
        read(setting, value)
      case .mapping(let below):
        guard case .mapping(let pairs) = value.value else {
          problems.add(
            "'\(key.text ?? "")' is a mapping of settings, not \(value.kindName)",
            hint: "its settings: \(below.branches.map(\.name).joined(separator: ", "))", at: value)
          continue
        }
        read(pairs, by: below)
      }
    }
  }

  mutating func unknown(_ what: String, _ node: ConfigurationNode, among names: [String]) {
    let word = node.text ?? ""
    problems.add(
      "unknown \(what) '\(printable(word))'",
      hint: Suggestion.hint(for: word, among: names) ?? "known: \(names.joined(separator: ", "))", at: node)
  }

  private mutating func read(_ setting: PolicySetting, _ node: ConfigurationNode) {
    switch setting.kind {
    case .integer(let path, let range):
      if let number = integer(node, in: range, setting) { policy[keyPath: path] = number }
    case .seed(let path):
      if let number = integer(node, in: 0...(1 << 53 - 1), setting) { policy[keyPath: path] = UInt64(number) }
    case .decimal(let path, let range):
      if let number = decimal(node, in: range, setting.name) { policy[keyPath: path] = number }
    case .flag(let path):
      if let flag = ["true": true, "false": false][node.plainText ?? ""] {
        policy[keyPath: path] = flag
      } else {
        expected("true or false", setting.name, node)
      }
    case .word(let words, _, let set):
      guard let text = node.text, !node.isNull else { return expected("one of " + listed(words), setting.name, node) }
      if words.contains(text) { set(&policy, text) } else { unknown("value of \(setting.name)", node, among: words) }
    case .text(let path): if let text = text(node, setting.name) { policy[keyPath: path] = text }
    case .optionalText(let path):
      if node.isNull {
        policy[keyPath: path] = nil
      } else if let text = text(node, setting.name) {
        policy[keyPath: path] = text
      }
    case .texts(let path, let areExpressions):
      policy[keyPath: path] = elements(node, setting.name).compactMap { element in
        areExpressions ? expression(element, setting.name) : text(element, setting.name)
      }
    case .severities: readSeverities(node)
    case .classes: readClasses(node)
    case .overlaps: readOverlaps(node)
    }
  }

  /// What no value alone can tell.
  private mutating func checkTogether(_ root: ConfigurationNode) {
    func line(_ name: String) -> ConfigurationNode {
      ConfigurationNode(value: root.value, line: lines[name] ?? root.line, column: 1)
    }
    let pairs: [(String, Bool)] = [
      ("class-limits.error.p", policy.classes.error.pValue > policy.classes.warning.pValue),
      ("class-limits.error.share-ratio", policy.classes.error.shareRatio < policy.classes.warning.shareRatio),
      (
        "class-limits.error.distance-excess",
        policy.classes.error.distanceExcess < policy.classes.warning.distanceExcess
      ),
      ("property-drift.error-distance", policy.propertyDrift.errorDistance < policy.propertyDrift.warningDistance),
      ("property-drift.error-area", policy.propertyDrift.errorArea < policy.propertyDrift.warningArea),
      ("shortcut.error-gain", policy.shortcut.errorGain < policy.shortcut.warningGain),
    ]
    for (name, isOdd) in pairs where isOdd {
      let warning = name.split(separator: ".").map { $0.replacing("error", with: "warning") }.joined(separator: ".")
      problems.add(
        "\(name) is easier to reach than \(warning)", hint: "an error asks for as much as a warning, or more",
        at: line(lines[name] == nil ? warning : name))
    }
  }
}
