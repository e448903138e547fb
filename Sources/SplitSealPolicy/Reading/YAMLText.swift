internal import SplitSealManifest

/// Values as YAML writes them on one line.
enum YAMLText {
  /// A text in double quotes; what could not be seen is escaped.
  ///
  /// - Source: YAML 1.2.2, section 7.3.1.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      default:
        if printable(String(scalar)) == String(scalar) {
          quoted.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16)
          let width = scalar.value <= 0xFFFF ? 4 : 8
          quoted += (width == 4 ? "\\u" : "\\U") + String(repeating: "0", count: width - digits.count) + digits
        }
      }
    }
    return quoted + "\""
  }

  /// A decimal number that reads back as the same double: the shortest.
  static func decimal(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
  }

  /// A list in brackets.
  static func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }

  /// A mapping in braces.
  static func mapping(_ pairs: [(key: String, value: String)]) -> String {
    "{" + pairs.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
  }
}
