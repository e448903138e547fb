import Testing

@testable import SplitSealPatterns

@Suite struct GlobTests {
  /// Expected is what Python's `fnmatch.fnmatchcase` says.
  @Test(arguments: [
    ("*.png", "a/b/c.png", true), ("train/*/*.png", "train/cat/1.png", true), ("train/*/*.png", "train/1.png", false),
    ("*.png", "a.PNG", false), ("?.png", "a.png", true), ("?.png", "ab.png", false), ("[a-c].png", "b.png", true),
    ("[!a-c].png", "b.png", false), ("[!a-c].png", "d.png", true), ("[]].png", "].png", true),
    ("[a.png", "[a.png", true),
    ("a*b*c", "axxbxxbxc", true), ("a*b*c", "axxbxxbx", false), ("", "", true), ("", "a", false), ("**", "", true),
    ("*é?", "aéx", true), ("[z-a]", "b", false), ("a.c", "abc", false),
  ])
  func `patterns are read as fnmatch reads them`(pattern: String, path: String, fits: Bool) {
    #expect(Glob(pattern).matches(path) == fits)
  }

  @Test func `a hostile pattern takes no longer than its length times the path's`() {
    let pattern = Glob(String(repeating: "*a", count: 500) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 4000)))
  }

  @Test(arguments: [
    ("*@example.org", "ann@example.org", true), ("a?n", "ann", true), ("a?n", "än", false), ("[ab]", "a", false),
    ("[ab]", "[ab]", true),
  ]) func `patterns over bytes have no sets`(pattern: String, name: String, fits: Bool) {
    #expect(Glob(bytes: pattern.utf8).matches(bytes: name.utf8) == fits)
  }
}
