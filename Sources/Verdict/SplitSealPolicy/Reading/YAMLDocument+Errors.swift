internal import SplitSealBase
internal import SplitSealManifest
internal import Yams

extension YAMLDocument {
  /// A fault of the YAML in our words, as far as the library gives more than its own.
  static func problem(_ error: YamlError, _ text: String, _ file: String) -> ConfigurationError.Problem {
    let hint = "a setting is written 'name: value', two spaces deeper than what it belongs to"
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      if problem.hasPrefix("found undefined alias") {
        return .init(
          "anchors and aliases are refused", hint: "write values out, and texts that begin with * in quotes",
          file: file,
          line: mark.line, column: mark.column)
      }
      if problem.hasPrefix("Maximum nesting level") {
        return .init(
          "nested too deep", hint: "settings are nested three deep at most", file: file, line: mark.line,
          column: mark.column)
      }
      if problem.hasPrefix("but found another document") {
        return .init(
          "a second document begins", hint: "put everything into one document, without '---' lines", file: file,
          line: mark.line, column: mark.column)
      }
      return .init(printable(problem), hint: hint, file: file, line: mark.line, column: mark.column)
    case .reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0)
      let line = before.count { $0.isNewline } + 1
      return .init(
        printable(problem), hint: "save the file as plain text in UTF-8", file: file, line: offset.map { _ in line })
    case .duplicatedKeysInMapping(let keys, let context):
      return .init(
        "key '\(printable(keys.first ?? ""))' stands twice in one mapping", hint: "keep one of the two", file: file,
        line: context.mark.line, column: context.mark.column)
    default:
      return .init("cannot be read as YAML", hint: hint, file: file)
    }
  }
}
