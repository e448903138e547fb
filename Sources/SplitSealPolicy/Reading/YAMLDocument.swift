internal import Yams

/// YAML as settings are written in: one document of mappings, lists and texts.
///
/// Aliases, anchors and tags are refused: a few lines of aliases stand for more values than any machine holds. What a
/// text without quotes means is for the reader to say and not for YAML's rules: `off` is a word, `1` may be a label.
/// - Source: YAML 1.2.2; libyaml reads it.
enum YAMLDocument {
  /// Values inside one another.
  private static let maximumDepth = 12
  /// Words that could be aliases before the text is not looked at: it takes more of them to fill a machine.
  private static let maximumAliasCount = 24

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
    guard aliasLikeCount(bytes) <= maximumAliasCount else {
      throw failure("more than \(maximumAliasCount) words begin with *: aliases are refused", hint: "write values out")
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

  /// Bytes `*` at the start of a word.
  private static func aliasLikeCount(_ bytes: [UInt8]) -> Int {
    let before = Array(" \t\r\n[{,:-?".utf8)
    return bytes.indices.count { index in
      bytes[index] == UInt8(ascii: "*") && (index == 0 || before.contains(bytes[index - 1]))
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
