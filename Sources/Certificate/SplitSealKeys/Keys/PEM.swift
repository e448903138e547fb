internal import SwiftASN1

/// One block of RFC 7468 text encoding.
///
/// swift-asn1 writes it. It is read here, as swift-asn1 refuses lines that do not have 64 columns, and OpenSSH's private
/// keys have 70.
package struct PEM: Hashable {
  /// The words after BEGIN.
  let label: String
  /// The bytes that the base64 encodes.
  package let bytes: [UInt8]

  package init(label: String, bytes: [UInt8]) {
    self.label = label
    self.bytes = bytes
  }

  /// The text with 64 columns and a final newline, as OpenSSL writes it.
  package var text: String { PEMDocument(type: label, derBytes: bytes).pemString + "\n" }

  /// Every block of a text, in order; text around the blocks is ignored, as RFC 7468 requires.
  ///
  /// A block that does not end or is not strict base64 is left out.
  package static func blocks(of bytes: [UInt8]) -> [PEM] {
    var blocks: [PEM] = []
    var label: String?
    var body = ""
    for line in bytes.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      guard let line = String(validating: line, as: UTF8.self) else { continue }
      if let open = label {
        if line == "-----END \(open)-----" {
          if let bytes = Base64.decode(body) { blocks.append(PEM(label: open, bytes: bytes)) }
          label = nil
        } else {
          body += line
        }
      } else if line.hasPrefix("-----BEGIN "), line.hasSuffix("-----") {
        label = String(line.dropFirst("-----BEGIN ".count).dropLast("-----".count))
        body = ""
      }
    }
    return blocks
  }
}
