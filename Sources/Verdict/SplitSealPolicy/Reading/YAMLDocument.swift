internal import Yams

/// YAML as settings are written in: one document of mappings, lists and texts.
///
/// Aliases, anchors and tags are refused: a few lines of aliases stand for more values than any machine holds. What a
/// text without quotes means is for the reader to say and not for YAML's rules: `off` is a word, `1` may be a label.
/// - Source: YAML 1.2.2; libyaml reads it.
enum YAMLDocument {
  /// Values inside one another.
  private static let maximumDepth = 12
  /// Keys that could be lists or mappings: the library compares the keys of a mapping with all that is in them, those of
  /// keys in keys once for each.
  private static let maximumNestedKeyCount = 8

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 with or without a byte order mark.
  ///   - file: The path for messages.
  /// - Returns: The root; `nil` for a file of nothing but comments.
  /// - Throws: ``ConfigurationError`` with the first fault.
  static func parse(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> ConfigurationNode? {
    func failure(_ message: String, hint: String? = nil, _ line: Int? = nil, _ column: Int? = nil) -> ConfigurationError
    {
      ConfigurationError([.init(message, hint: hint, file: file, line: line, column: column)])
    }
    let marked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    guard let text = String(validating: bytes.dropFirst(marked ? 3 : 0), as: UTF8.self) else {
      throw failure("not valid UTF-8", hint: "save the file as UTF-8")
    }
    // Before the library builds anything: a key that is an alias of aliases would keep it busy for ever.
    if let (name, line) = repeatedAnchor(in: bytes) {
      throw failure(
        "anchors and aliases are refused, and '&\(name)' and '*\(name)' could be both",
        hint: "write values out; in a text, put a blank behind & and *", line)
    }
    guard nestedKeyCount(in: bytes) <= maximumNestedKeyCount else {
      throw failure("keys that are lists or mappings are refused", hint: "a setting is written 'name: value'")
    }
    let parser: Parser
    let root: Node?
    do {
      parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      root = try parser.singleRoot()
    } catch let error as YamlError {
      throw ConfigurationError([problem(error, text, file)])
    } catch {
      throw failure("cannot be read as YAML")
    }
    // Nodes refer to their anchors weakly: it is the parser that keeps them.
    defer { withExtendedLifetime(parser) {} }
    return try root.map { node throws(ConfigurationError) in try Self.node(node, depth: 0, file: file) }
  }

  /// The first name that stands behind `*` and, anywhere, behind `&` as well, and the line of the former.
  ///
  /// Where there is none, no alias leads to anything, and the library refuses it. Quotes and comments are not told from
  /// the rest: only who knows YAML as well as the library could.
  /// - Source: libyaml, `yaml_parser_scan_anchor`: a name is letters, digits, `_` and `-` of ASCII.
  private static func repeatedAnchor(in bytes: [UInt8]) -> (name: String, line: Int)? {
    let anchors = Set(names(behind: UInt8(ascii: "&"), in: bytes))
    guard !anchors.isEmpty, let alias = names(behind: UInt8(ascii: "*"), in: bytes).first(where: anchors.contains)
    else { return nil }
    let line = bytes[..<alias.startIndex].count { $0 == UInt8(ascii: "\n") } + 1
    return (String(decoding: alias, as: UTF8.self), line)
  }

  private static func names(behind mark: UInt8, in bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.indices.lazy.filter { bytes[$0] == mark }.map { bytes[($0 + 1)...].prefix(while: isNameByte) }
      .filter { !$0.isEmpty }
  }

  /// Places where a key could begin or end that is more than a text: `?` that ends no word, and `]` or `}` before `:`.
  private static func nestedKeyCount(in bytes: [UInt8]) -> Int {
    bytes.indices.count { index in
      switch bytes[index] {
      case UInt8(ascii: "?"): return index == 0 || !isNameByte(bytes[index - 1])
      case UInt8(ascii: ":"):
        let before = bytes[..<index].last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return before == UInt8(ascii: "]") || before == UInt8(ascii: "}")
      default: return false
      }
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private static func node(_ node: Node, depth: Int, file: String) throws(ConfigurationError) -> ConfigurationNode {
    let (line, column) = (node.mark?.line ?? 1, node.mark?.column ?? 1)
    func failure(_ message: String, hint: String) -> ConfigurationError {
      ConfigurationError([.init(message, hint: hint, file: file, line: line, column: column)])
    }
    guard node.anchor == nil else { throw failure("anchors and aliases are refused", hint: "write values out") }
    guard depth <= maximumDepth else {
      throw failure("nested deeper than \(maximumDepth)", hint: "settings are nested three deep at most")
    }
    let value: ConfigurationNode.Value
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain
      let tag = scalar.tag.description
      guard tag.isEmpty || tag == Tag.Name.str.rawValue || !isPlain && tag == Tag.Name.nonSpecific.rawValue else {
        throw failure("tags are refused", hint: "leave out what begins with !")
      }
      value = .scalar(scalar.string, isPlain: isPlain && tag.isEmpty)
    case .sequence(let sequence):
      var elements: [ConfigurationNode] = []
      for element in sequence { elements.append(try Self.node(element, depth: depth + 1, file: file)) }
      value = .sequence(elements)
    case .mapping(let mapping):
      var pairs: [(key: ConfigurationNode, value: ConfigurationNode)] = []
      for pair in mapping {
        pairs.append(
          (
            try Self.node(pair.key, depth: depth + 1, file: file),
            try Self.node(pair.value, depth: depth + 1, file: file)
          ))
      }
      value = .mapping(pairs)
    case .alias: throw failure("anchors and aliases are refused", hint: "write values out")
    }
    return ConfigurationNode(value: value, line: line, column: column)
  }
}
