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

extension PathPattern {
  fileprivate func firstGroup(in text: String, scratch: inout Scratch) -> String? {
    guard scratch.search(for: program, in: text) else { return nil }
    for group in 1...program.groupCount {
      guard let range = scratch.range(ofGroup: group) else { continue }
      return range.isEmpty ? nil : String(decoding: scratch.bytes[range], as: UTF8.self)
    }
    return nil
  }
}
