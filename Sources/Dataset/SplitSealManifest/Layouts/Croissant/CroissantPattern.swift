internal import SplitSealPatterns
internal import SplitSealBase

/// A regular expression of a Croissant file: its first group is the value.
///
/// As the reference implementation has it, the pattern is held against the start of the text.
struct CroissantPattern {
  private let pattern: PathPattern
  private var scratch = PathPattern.Scratch()

  init(_ text: String, of field: String, in source: ManifestSource) throws(ManifestError) {
    do throws(PathPattern.Fault) {
      let flag = text.hasPrefix("(?i)") ? "(?i)" : ""
      pattern = try PathPattern("\(flag)^(?:\(text.dropFirst(flag.count)))")
    } catch {
      throw ManifestError(
        .malformed, "the regular expression of '\(printable(field))': \(error.reason)", hint: error.hint,
        file: source.path)
    }
  }

  /// What the first group that takes part matches; `nil` when the pattern does not, or when that is nothing.
  mutating func value(in text: String) -> String? { pattern.firstGroup(in: text, scratch: &scratch) }
}
