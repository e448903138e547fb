import Testing

@testable import SplitSealPolicy

@Suite struct SuggestionTests {
  /// The distances of the literature: Damerau (1964) counts a swap as one; the restricted form gives 3 for CA and ABC.
  @Test(arguments: [
    ("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("", "ab", 2), ("ab", "ba", 1), ("kitten", "sitting", 3),
    ("saturday", "sunday", 3), ("CA", "ABC", 3), ("a cat", "an abct", 4),
  ])
  func `edits are counted as optimal string alignment counts them`(_ a: String, _ b: String, _ distance: Int) {
    #expect(Suggestion.distance(Array(a.utf8), Array(b.utf8)) == distance)
    #expect(Suggestion.distance(Array(b.utf8), Array(a.utf8)) == distance)
  }

  @Test func `the nearest name is proposed when it is near`() {
    let names = ["severities", "seed", "separator"]
    #expect(Suggestion.hint(for: "sevrities", among: names) == "did you mean 'severities'?")
    #expect(Suggestion.hint(for: "sede", among: names) == "did you mean 'seed'?")
    #expect(Suggestion.hint(for: "banana", among: names) == nil)
    #expect(Suggestion.hint(for: String(repeating: "s", count: 100_000), among: names) == nil)
  }
}
