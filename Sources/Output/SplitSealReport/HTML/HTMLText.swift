#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// HTML that is safe by the way it is made: what a literal says is markup, whatever is put into one is text.
///
///     "<td title=\"\(path)\">\(label)</td>"
///
/// A name stays a name between tags and in an attribute's value in double quotes, which every attribute here has. There is
/// no way to make markup of a `String`.
struct HTMLText: Sendable, ExpressibleByStringInterpolation {
  /// The markup, UTF-8.
  private(set) var bytes: [UInt8] = []

  /// Nothing yet.
  init() {}

  init(stringLiteral value: StaticString) { append(literal: value) }

  init(stringInterpolation: Interpolation) { bytes = stringInterpolation.html.bytes }

  /// A text as markup that shows it.
  init(text: String) { append(text: text) }

  /// The parts one after the other.
  init(_ parts: some Sequence<HTMLText>, separator: HTMLText = HTMLText()) {
    for (index, part) in parts.enumerated() {
      if index > 0 { append(separator) }
      append(part)
    }
  }

  /// Whether it holds nothing.
  var isEmpty: Bool { bytes.isEmpty }
  /// Bytes that it takes.
  var byteCount: Int { bytes.count }

  static func += (a: inout HTMLText, b: HTMLText) { a.append(b) }

  mutating func append(_ other: HTMLText) { bytes.append(contentsOf: other.bytes) }

  mutating func append(literal: StaticString) { literal.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) } }

  /// Puts a text in, so that none of its characters is markup.
  ///
  /// Works on bytes: a quotation mark followed by a combining accent is one character to a reader and still the end of an
  /// attribute to a browser.
  mutating func append(text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): append(literal: "&amp;")
      case UInt8(ascii: "<"): append(literal: "&lt;")
      case UInt8(ascii: ">"): append(literal: "&gt;")
      case UInt8(ascii: "\""): append(literal: "&quot;")
      case UInt8(ascii: "'"): append(literal: "&#39;")
      // Control characters are no text in HTML; names were made printable before they came here.
      case 0..<0x20 where byte != UInt8(ascii: "\n"): append(literal: "\u{FFFD}")
      default: bytes.append(byte)
      }
    }
  }

  /// Puts bytes in as base64.
  mutating func append(base64 data: [UInt8]) {
    bytes.append(contentsOf: Data(data).base64EncodedString().utf8)
  }

  /// Puts in one of the files that are part of the program: its style or its script.
  mutating func append(asset: HTMLAsset) { bytes.append(contentsOf: asset.bytes) }

  /// Puts in a chart, which has escaped the names in it.
  mutating func append(chart: any Chart) { bytes.append(contentsOf: chart.svg(.embedded).utf8) }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var html = HTMLText()

    init(literalCapacity: Int, interpolationCount: Int) {
      html.bytes.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: StaticString) { html.append(literal: literal) }
    mutating func appendInterpolation(_ text: String) { html.append(text: text) }
    mutating func appendInterpolation(_ number: Int) { html.append(text: String(number)) }
    mutating func appendInterpolation(_ part: HTMLText) { html.append(part) }
    mutating func appendInterpolation(base64 data: [UInt8]) { html.append(base64: data) }
    mutating func appendInterpolation(chart: any Chart) { html.append(chart: chart) }
    mutating func appendInterpolation(asset: HTMLAsset) { html.append(asset: asset) }
  }
}
