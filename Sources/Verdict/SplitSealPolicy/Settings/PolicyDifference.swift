internal import SplitSealRules
public import SplitSealJSON

/// A setting that is not the default one.
public struct PolicyDifference: Hashable, Sendable {
  /// The setting's name: `class-limits.warning.p`, `severities.redundancy`.
  public let setting: String
  /// Its value as YAML.
  public let value: String
  /// What it is by default, for a person.
  public let defaultValue: String
  /// Whether it finds less than the default does; `false` also where nobody can tell.
  public let isLaxer: Bool
}

extension Policy {
  /// The settings that are not the default ones, in the order of the file.
  ///
  /// Each severity and each allowed overlap is one.
  public var differences: [PolicyDifference] {
    let standard = Policy()
    return PolicySetting.all.flatMap { setting -> [PolicyDifference] in
      switch setting.kind {
      case .severities:
        return sortedSeverities.map {
          PolicyDifference(
            setting: "severities.\($0.rule.rawValue)", value: $0.word, defaultValue: "the rule's own",
            isLaxer: $0.severity.map { $0 < .error } ?? true)
        }
      case .overlaps:
        return allowedOverlaps.map {
          PolicyDifference(setting: setting.name, value: $0.yaml, defaultValue: "none", isLaxer: true)
        }
      default:
        let (value, defaultValue) = (setting.yaml(self), setting.yaml(standard))
        guard value != defaultValue else { return [] }
        return [
          PolicyDifference(
            setting: setting.name, value: value, defaultValue: defaultValue,
            isLaxer: setting.isLaxer(value, than: defaultValue))
        ]
      }
    }
  }

  /// The whole policy as JSON with the file's keys, for canonical form: decimals are strings, and members that stand in
  /// no order are sorted.
  ///
  /// Equal policies have equal bytes in RFC 8785's form, and different ones different bytes.
  public var json: JSONValue {
    PolicyTree(PolicySetting.all).json(self, adding: [JSONMember("version", .integer(PolicyFile.version))])
  }
}

extension PolicySetting {
  fileprivate func isLaxer(_ value: String, than defaultValue: String) -> Bool {
    switch laxness {
    case .unknown: return false
    case .words(let words): return words.contains(value)
    case .higher, .lower:
      guard let number = Double(value), let standard = Double(defaultValue) else { return false }
      if case .higher = laxness { return number > standard }
      return number < standard
    }
  }
}
