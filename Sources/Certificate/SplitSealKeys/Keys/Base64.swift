internal import SplitSealBase

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// RFC 4648 base64, strict: one text for one sequence of bytes in each alphabet.
///
/// Foundation does the work. It also takes texts whose last bits are not zero, and more padding than there should be
/// (`Zh==`, `Zm9v====`): what was decoded is therefore encoded again and compared.
package enum Base64 {
  /// Encodes in the standard alphabet, padded.
  package static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }

  /// Decodes the standard or the URL-safe alphabet.
  ///
  /// - Returns: The bytes; `nil` for a mixture of both alphabets, for white space, for missing padding, and for any other
  ///   text that ``encode(_:)`` does not write.
  /// - Source: DSSE protocol 1.0.0 asks readers to take both alphabets.
  package static func decode(_ text: String) -> [UInt8]? {
    let isStandard = text.utf8.contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
    let isURLSafe = text.utf8.contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    guard !(isStandard && isURLSafe) else { return nil }
    let standard = isURLSafe ? String(decoding: text.utf8.map(inStandardAlphabet), as: UTF8.self) : text
    guard let data = Data(base64Encoded: standard), data.base64EncodedString().hasSameBytes(as: standard) else {
      return nil
    }
    return Array(data)
  }

  private static func inStandardAlphabet(_ character: UInt8) -> UInt8 {
    switch character {
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: character
    }
  }
}
