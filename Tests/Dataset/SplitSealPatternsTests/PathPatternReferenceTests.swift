import SplitSealBase
import SplitSealTestSupport
import Testing

@testable import SplitSealPatterns

/// Random patterns on random paths against the standard library's matcher, which tries one way after another.
@Suite struct PathPatternReferenceTests {
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `matches and groups are those of the standard library`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var scratch = PathPattern.Scratch()
    var (matched, compared) = (0, 0)
    for _ in 0..<1000 {
      var writer = PatternWriter(random: random)
      let text = writer.pattern()
      random = writer.random
      let pattern = try PathPattern(text)
      let reference = try Regex(Self.spelledOut(text), as: AnyRegexOutput.self)
        .matchingSemantics(.unicodeScalar).dotMatchesNewlines()
      for _ in 0..<5 {
        let path = Self.path(using: &random)
        let expected = try reference.firstMatch(in: path)
        let found = scratch.search(for: pattern.program, in: path)
        if found != (expected != nil) { Issue.record("\(text) on \(path): \(found)") }
        // Passes that match nothing are counted differently from one engine to the next.
        guard let expected, found, !writer.repeatsNothing else { continue }
        matched += 1
        for group in 0..<expected.output.count {
          compared += 1
          let range = expected.output[group].range.map { Self.bytes($0, of: path) }
          if scratch.range(ofGroup: group) != range { Issue.record("group \(group) of \(text) on \(path)") }
        }
      }
    }
    // The comparison is about something.
    #expect(matched > 1000)
    #expect(compared > 2 * matched)
  }

  private static func bytes(_ range: Range<String.Index>, of path: String) -> Range<Int> {
    let start = path.utf8.distance(from: path.startIndex, to: range.lowerBound)
    return start..<(start + path.utf8.distance(from: range.lowerBound, to: range.upperBound))
  }

  /// The classes by their characters: the standard library's ASCII words have no digits and no underscores.
  private static func spelledOut(_ pattern: String) -> String {
    let word = "0-9A-Za-z_"
    return [
      (#"\d"#, "[0-9]"), (#"\w"#, "[\(word)]"), (#"\W"#, "[^\(word)]"), (#"\s"#, "[\\t-\\r ]"),
    ].reduce(pattern) { text, pair in
      text.split(separator: pair.0, omittingEmptySubsequences: false).joined(separator: pair.1)
    }
  }

  private static func path(using random: inout SplitMix64) -> String {
    let letters = ["a", "a", "b", "b", "c", "1", "/", "_", " ", "é", "漢"]
    return (0..<Int.random(in: 0...10, using: &random)).map { _ in letters[Int.random(in: 0..<11, using: &random)] }
      .joined()
  }
}

/// Writes random patterns that both matchers can read.
private struct PatternWriter {
  var random: SplitMix64
  private(set) var repeatsNothing = false
  private var groups = 0

  init(random: SplitMix64) { self.random = random }

  private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  mutating func pattern() -> String {
    let (body, _) = choice(depth: 0)
    let start = pick(8) == 0 ? "^" : ""
    let end = pick(8) == 0 ? "$" : ""
    return "\(start)(\(body))\(end)"
  }

  /// A part, and whether it can match nothing.
  private mutating func choice(depth: Int) -> (text: String, isNullable: Bool) {
    let parts = (0..<(1 + pick(3) / 2 + pick(2))).map { _ in sequence(depth: depth) }
    return (parts.map(\.text).joined(separator: "|"), parts.contains { $0.isNullable })
  }

  private mutating func sequence(depth: Int) -> (text: String, isNullable: Bool) {
    let parts = (0..<(1 + pick(3))).map { _ in repeated(depth: depth) }
    return (parts.map(\.text).joined(), parts.allSatisfy { $0.isNullable })
  }

  private mutating func repeated(depth: Int) -> (text: String, isNullable: Bool) {
    let (text, isNullable) = atom(depth: depth)
    guard pick(2) == 0 else { return (text, isNullable) }
    let (quantifier, canSkip) = [
      ("*", true), ("+", false), ("?", true), ("{2}", false), ("{1,2}", false), ("{0,2}", true),
    ][
      pick(6)]
    if isNullable { repeatsNothing = true }
    return (text + quantifier + (pick(3) == 0 && quantifier != "{2}" ? "?" : ""), isNullable || canSkip)
  }

  private mutating func atom(depth: Int) -> (text: String, isNullable: Bool) {
    if depth < 2, groups < 6, pick(4) == 0 {
      groups += 1
      let (text, isNullable) = choice(depth: depth + 1)
      return ((pick(3) == 0 ? "(?:" : "(") + text + ")", isNullable)
    }
    let atoms = ["a", "b", "c", "1", "é", "漢", "/", ".", "[ab]", "[^a/]", "[a-é]", #"\d"#, #"\w"#, #"\s"#, #"\W"#, "_"]
    return (atoms[pick(atoms.count)], false)
  }
}
