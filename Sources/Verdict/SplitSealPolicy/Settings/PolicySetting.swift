internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealJSON

/// One value of a policy: its name in the file, its range and what it means.
///
/// The list of settings is what the file's reader and writer, the digest and the list of differences all go by, so that
/// none of them can forget one.
struct PolicySetting {
  /// What kind of value it is and where the policy keeps it.
  enum Kind {
    case integer(WritableKeyPath<Policy, Int>, ClosedRange<Int>)
    case decimal(WritableKeyPath<Policy, Double>, ClosedRange<Double>)
    case seed(WritableKeyPath<Policy, UInt64>)
    case flag(WritableKeyPath<Policy, Bool>)
    /// One of some words.
    case word([String], get: (Policy) -> String, set: (inout Policy, String) -> Void)
    case text(WritableKeyPath<Policy, String>)
    case optionalText(WritableKeyPath<Policy, String?>)
    case texts(WritableKeyPath<Policy, [String]>, areExpressions: Bool)
    case severities, classes, overlaps
  }

  /// Which values find less than the default does.
  enum Laxness {
    case higher, lower
    case words([String])
    /// None, or nobody can tell.
    case unknown
  }

  /// Most elements of a list.
  static let maximumElementCount = 1_000
  /// Most bytes of one text.
  static let maximumTextByteCount = 1_000

  /// The keys that lead to it: `["class-limits", "warning", "p"]`.
  let path: [String]
  let kind: Kind
  let laxness: Laxness
  /// What it means, for a comment: lower case, without a full stop.
  let meaning: String

  init(_ path: String, _ kind: Kind, laxer laxness: Laxness = .unknown, _ meaning: String) {
    self.path = path.split(separator: ".").map(String.init)
    self.kind = kind
    self.laxness = laxness
    self.meaning = meaning
  }

  /// Its name in messages: `class-limits.warning.p`.
  var name: String { path.joined(separator: ".") }

  /// The words of an enumeration.
  static func word<Word: RawRepresentable<String> & CaseIterable>(_ keyPath: WritableKeyPath<Policy, Word>) -> Kind {
    .word(Word.allCases.map(\.rawValue)) {
      $0[keyPath: keyPath].rawValue
    } set: { policy, text in
      if let word = Word(rawValue: text) { policy[keyPath: keyPath] = word }
    }
  }
}

extension PolicySetting {
  /// The value as YAML on one line.
  func yaml(_ policy: Policy) -> String {
    switch kind {
    case .integer(let path, _): "\(policy[keyPath: path])"
    case .decimal(let path, _): YAMLText.decimal(policy[keyPath: path])
    case .seed(let path): "\(policy[keyPath: path])"
    case .flag(let path): "\(policy[keyPath: path])"
    case .word(_, let get, _): get(policy)
    case .text(let path): YAMLText.quoted(policy[keyPath: path])
    case .optionalText(let path): policy[keyPath: path].map(YAMLText.quoted) ?? "null"
    case .texts(let path, _): YAMLText.list(policy[keyPath: path].map(YAMLText.quoted))
    case .severities: YAMLText.mapping(policy.sortedSeverities.map { ($0.rule.rawValue, $0.word) })
    case .classes: YAMLText.mapping(policy.classRatio.map { (YAMLText.quoted($0.label), YAMLText.decimal($0.part)) })
    case .overlaps: YAMLText.list(policy.allowedOverlaps.map(\.yaml))
    }
  }

  /// The value as canonical JSON: decimals as strings.
  func json(_ policy: Policy) -> JSONValue {
    switch kind {
    case .integer(let path, _): .integer(policy[keyPath: path])
    case .decimal(let path, _): .string(YAMLText.decimal(policy[keyPath: path]))
    case .seed(let path): .integer(Int(clamping: policy[keyPath: path]))
    case .flag(let path): .bool(policy[keyPath: path])
    case .word(_, let get, _): .string(get(policy))
    case .text(let path): .string(policy[keyPath: path])
    case .optionalText(let path): policy[keyPath: path].map { .string($0) } ?? .null
    case .texts(let path, _): .array(policy[keyPath: path].map { .string($0) })
    case .severities: .object(policy.sortedSeverities.map { JSONMember($0.rule.rawValue, .string($0.word)) })
    case .classes:
      .array(
        policy.classRatio.map {
          .object(["label": .string($0.label), "part": .string(YAMLText.decimal($0.part))])
        })
    case .overlaps: .array(policy.allowedOverlaps.map(\.json))
    }
  }
}

extension Policy {
  /// The overrides by the rules' names: their order in the file means nothing.
  var sortedSeverities: [SeverityOverride] {
    severities.sorted { $0.rule.rawValue.precedesByBytes($1.rule.rawValue) }
  }
}

extension SeverityOverride {
  /// `off`, `note`, `warning` or `error`.
  public var word: String { severity?.rawValue ?? Self.offWord }

  static let offWord = "off"
}

extension AllowedOverlap {
  var yaml: String {
    YAMLText.mapping([
      ("splits", YAMLText.list([first, second].map(YAMLText.quoted))), ("rules", YAMLText.list(rules.map(\.rawValue))),
      ("reason", YAMLText.quoted(reason)),
    ])
  }

  var json: JSONValue {
    .object([
      "reason": .string(reason), "rules": .array(rules.map { .string($0.rawValue) }),
      "splits": .array([.string(first), .string(second)]),
    ])
  }
}
