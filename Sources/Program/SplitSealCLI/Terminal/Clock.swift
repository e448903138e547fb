internal import SplitSealBase
internal import SplitSealManifest

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The only clock whose time is written to an output.
enum Clock {
  /// The last second of the year 9999.
  private static let last = 253_402_300_799

  /// Seconds since 1970: `SOURCE_DATE_EPOCH` when set, so that equal inputs give equal outputs, else now.
  ///
  /// - Source: reproducible-builds.org, SOURCE_DATE_EPOCH specification.
  static func unixSeconds() throws(CommandError) -> Int {
    guard let text = Console.environment("SOURCE_DATE_EPOCH"), !text.isEmpty else {
      return Int(min(max(Date().timeIntervalSince1970, 0), Double(last)))
    }
    guard let seconds = Int(text), (0...last).contains(seconds) else {
      throw CommandError(
        "SOURCE_DATE_EPOCH is '\(printable(text))', which is not a valid time",
        hint: "set it to a whole number of seconds since 1970, before the year 10000, or unset it")
    }
    return seconds
  }
}
