extension JSONValue {
  /// The value as RFC 8785 (JCS) bytes.
  ///
  /// The profile is the certificate's: ASCII keys (checked), integers, no decimals (checked), so that the canonical form
  /// is the same in every implementation.
  ///
  /// - Precondition: keys are ASCII and no number has a fraction.
  /// - Source: RFC 8785, sections 3.2.2 and 3.2.3.
  public var canonicalBytes: [UInt8] {
    var bytes: [UInt8] = []
    write(into: &bytes, style: .canonical, depth: 0)
    return bytes
  }

  /// The value on many lines, two spaces an indent, members in their own order, with a final newline.
  public var prettyText: String {
    var bytes: [UInt8] = []
    write(into: &bytes, style: .pretty, depth: 0)
    bytes.append(UInt8(ascii: "\n"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The value on one line, members in their own order, without a newline.
  public var compactText: String {
    var bytes: [UInt8] = []
    write(into: &bytes, style: .compact, depth: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  private enum Style {
    case canonical, pretty, compact
  }

  private func write(into bytes: inout [UInt8], style: Style, depth: Int) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .decimal(let literal):
      precondition(style != .canonical, "canonical JSON here has no decimals: write them as strings")
      bytes.append(contentsOf: literal.utf8)
    case .string(let text): Self.write(text, into: &bytes)
    case .array(let elements):
      Self.write(elements, open: "[", close: "]", into: &bytes, style: style, depth: depth) { element, bytes in
        element.write(into: &bytes, style: style, depth: depth + 1)
      }
    case .object(var members):
      if style == .canonical {
        precondition(members.allSatisfy { $0.key.utf8.allSatisfy { $0 < 0x80 } }, "canonical JSON keys are ASCII here")
        members.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      }
      Self.write(members, open: "{", close: "}", into: &bytes, style: style, depth: depth) { member, bytes in
        Self.write(member.key, into: &bytes)
        bytes.append(contentsOf: (style == .pretty ? ": " : ":").utf8)
        member.value.write(into: &bytes, style: style, depth: depth + 1)
      }
    }
  }

  private static func write<Element>(
    _ elements: [Element], open: String, close: String, into bytes: inout [UInt8], style: Style, depth: Int,
    element write: (Element, inout [UInt8]) -> Void
  ) {
    bytes.append(contentsOf: open.utf8)
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      if style == .pretty { newline(into: &bytes, depth: depth + 1) }
      write(element, &bytes)
    }
    if style == .pretty, !elements.isEmpty { newline(into: &bytes, depth: depth) }
    bytes.append(contentsOf: close.utf8)
  }

  private static func newline(into bytes: inout [UInt8], depth: Int) {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  /// Escapes as RFC 8785 section 3.2.2.2 says: the two-character forms where they exist, `\u00xx` for other controls,
  /// nothing else.
  private static func write(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0x08: bytes.append(contentsOf: "\\b".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0C: bytes.append(contentsOf: "\\f".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: "\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
