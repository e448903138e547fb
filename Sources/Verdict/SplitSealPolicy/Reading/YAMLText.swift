internal import SplitSealBase
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

  /// Where each line begins, by the breaks that libyaml counts lines by: CR LF, CR, LF, NEL, LS and PS.
  ///
  /// - Source: YAML 1.1, section 4.1.4; libyaml, `IS_BREAK`.
  static func lineStarts(of bytes: [UInt8]) -> [Int] {
    let breaks: [[UInt8]] = [[0x0D, 0x0A], [0x0D], [0x0A], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9]]
    var starts = [0]
    var place = 0
    while place < bytes.count {
      let found = breaks.first { bytes[place...].starts(with: $0) }
      place += found?.count ?? 1
      if found != nil { starts.append(place) }
    }
    return starts
  }

  /// A list in brackets.
  static func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }

  /// A mapping in braces.
  static func mapping(_ pairs: [(key: String, value: String)]) -> String {
    "{" + pairs.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
  }
}
