internal import SplitSealPatterns

/// A list of patterns as OpenSSH has them: `*` for any text, `?` for one byte, a `!` in front to exclude.
///
/// - Source: ssh_config(5), PATTERNS.
struct SignerPatterns: Hashable, Sendable {
  private struct Pattern: Hashable {
    let glob: Glob
    let excludes: Bool
  }

  /// The list as it was written.
  let text: String
  private let patterns: [Pattern]

  /// Takes patterns with commas between them; `nil` for an empty list.
  init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    self.text = text
    patterns = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { pattern in
      let excludes = pattern.first == UInt8(ascii: "!")
      return Pattern(glob: Glob(bytes: excludes ? pattern.dropFirst() : pattern), excludes: excludes)
    }
  }

  /// Whether a pattern matches and none that excludes does.
  func matches(_ name: String) -> Bool {
    let matching = patterns.filter { $0.glob.matches(bytes: name.utf8) }
    return !matching.isEmpty && !matching.contains(where: \.excludes)
  }
}
