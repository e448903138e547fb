internal import SplitSealBase
internal import SplitSealManifest

/// One value of a file of settings, with its place.
struct ConfigurationNode {
  /// What it is.
  enum Value {
    /// Text; whether it stands without quotes and so may be a number, a word or nothing.
    case scalar(String, isPlain: Bool)
    case sequence([ConfigurationNode])
    case mapping([(key: ConfigurationNode, value: ConfigurationNode)])
  }

  let value: Value
  /// Line, 1-based.
  let line: Int
  /// Column in characters, 1-based.
  let column: Int

  /// The text of a scalar.
  var text: String? {
    guard case .scalar(let text, _) = value else { return nil }
    return text
  }

  /// The text of a scalar that stands without quotes.
  var plainText: String? {
    guard case .scalar(let text, true) = value else { return nil }
    return text
  }

  /// Whether nothing stands where a value should: `null`, `~` or an empty place.
  var isNull: Bool { plainText.map { ["", "~", "null"].contains($0) } ?? false }

  /// What it is, for a message.
  var kindName: String {
    switch value {
    case .scalar(let text, _): isNull ? "nothing" : "'\(printable(text))'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// Collects the faults of one file.
struct ProblemList {
  /// Faults that are reported of one file: a wrong kind of file would have a thousand.
  static let limit = 50

  let file: String
  private(set) var problems: [ConfigurationError.Problem] = []

  init(file: String) { self.file = file }

  mutating func add(_ message: String, hint: String? = nil, at node: ConfigurationNode) {
    guard problems.count < Self.limit else { return }
    problems.append(.init(message, hint: hint, file: file, line: node.line, column: node.column))
  }

  /// Throws what was collected.
  func check() throws(ConfigurationError) {
    if !problems.isEmpty { throw ConfigurationError(problems) }
  }
}
