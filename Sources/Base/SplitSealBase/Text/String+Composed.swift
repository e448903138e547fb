// The whole of Foundation, because normalisation is neither in the standard library's public interface nor in
// FoundationEssentials.
internal import Foundation

extension String {
  /// The text in Unicode normalisation form C.
  ///
  /// - Complexity: O(*n*); text that is ASCII is returned as it is.
  /// - Source: Unicode Standard Annex #15.
  package var composed: String {
    utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
  }

  /// Whether the text is in Unicode normalisation form C.
  package var isComposed: Bool { composed.hasSameBytes(as: self) }
}
