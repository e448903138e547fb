internal import SplitSealManifest

/// A list of patterns as OpenSSH has them: `*` for any text, `?` for one byte, a `!` in front to exclude.
///
/// - Source: ssh_config(5), PATTERNS.
struct SignerPatterns: Hashable, Sendable {
  /// The list as it was written.
  let text: String
  private let patterns: [[UInt8]]

  /// Takes patterns with commas between them; `nil` for an empty list.
  init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    self.text = text
    patterns = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(Array.init)
  }

  /// Whether a pattern matches and none that excludes does.
  func matches(_ name: String) -> Bool {
    let name = Array(name.utf8)
    var isMatched = false
    for pattern in patterns {
      if pattern.first == UInt8(ascii: "!") {
        if Self.matches(name, pattern.dropFirst()) { return false }
      } else if Self.matches(name, pattern[...]) {
        isMatched = true
      }
    }
    return isMatched
  }

  /// Matches one pattern, going back to the last star only: no pattern takes more than *n* times *m* steps.
  private static func matches(_ name: [UInt8], _ pattern: ArraySlice<UInt8>) -> Bool {
    var position = 0
    var index = pattern.startIndex
    var retry: (index: Int, position: Int)?
    while position < name.count {
      if index < pattern.endIndex, pattern[index] == UInt8(ascii: "*") {
        retry = (index + 1, position)
        index += 1
      } else if index < pattern.endIndex, pattern[index] == UInt8(ascii: "?") || pattern[index] == name[position] {
        index += 1
        position += 1
      } else if let (next, start) = retry {
        retry = (next, start + 1)
        index = next
        position = start + 1
      } else {
        return false
      }
    }
    return pattern[index...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
