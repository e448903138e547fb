internal import SplitSealBase

/// When something was signed at the latest, by a timestamp authority's word.
///
/// - Source: RFC 3161.
public struct Timestamp: Hashable, Sendable {
  /// The authority's time in whole seconds since 1970; fractions are left out.
  public let unixSeconds: Int
  /// The subject of the authority's certificate.
  public let authority: String

  /// The time in UTC: `2026-11-23T08:00:00Z`.
  public var text: String { TimeText.text(unixSeconds: unixSeconds) }
}

/// Why a timestamp does not count.
package struct TimestampFault: Error, Hashable, Sendable {
  /// Whether it is whole, and only its authority is not trusted.
  package var isUntrusted = false
  /// A sentence, lower case, without a full stop.
  package let reason: String
}
