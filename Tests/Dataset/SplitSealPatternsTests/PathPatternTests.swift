import Testing

@testable import SplitSealPatterns

/// Groups told from paths by a pattern.
@Suite struct PathPatternTests {
  @Test(
    arguments: [
      (#"subject_(\d+)"#, "train/real/subject_017/3.jpg", "017"),
      (#"subject_(\d+)"#, "subject_/subject_4", "4"),
      (#"subject_(\d+)"#, "train/subject-4/a.jpg", nil),
      (#"^([^/]+)/"#, "p7/a/b.jpg", "p7"),
      (#"^([^/]+)/"#, "p7", nil),
      (#"/([^/]+)/[^/]+$"#, "a/b/c/d.jpg", "c"),
      (#"^(?:train|test)/(.*)_\d+\.jpg$"#, "test/walk_in_9_12.jpg", "walk_in_9"),
      (#"^(?:train|test)/(.*?)_\d+"#, "test/walk_in_9_12.jpg", "walk_in"),
      (#"(?<site>site\d).*(?P<patient>patient\d)"#, "site1/x/patient3/a.png", "site1/patient3"),
      (#"s(\d)|p(\d)"#, "x/p5.png", "5"),
      (#"s(\d)|p(\d)"#, "s4p5.png", "4"),
      // The leftmost match, and not the longest; alternatives from left to right.
      (#"(a|ab)"#, "xab", "a"),
      (#"(ab|a)"#, "xab", "ab"),
      (#"(a+)"#, "baaxaaaa", "aa"),
      (#"(a+?)"#, "baa", "a"),
      (#"(a{2})"#, "baaa", "aa"),
      (#"(a{2,})"#, "abaaa", "aaa"),
      (#"(a{1,2})"#, "aaa", "aa"),
      (#"(a{1,2}?)"#, "aaa", "a"),
      (#"(a??)b"#, "ab", "a"),
      // The last pass of a loop.
      (#"(?:(\d)/)+x"#, "1/2/3/x", "3"),
      (#"(a*)*$"#, "aa", "aa"),
      // Nothing is no name.
      (#"(a*)"#, "b", nil),
      (#"(x)?b"#, "b", nil),
      (#"(x*)/(y*)"#, "a/b", nil),
      // Escapes, classes, places.
      (#"(\.\\\/)"#, #"a.\/"#, #".\/"#),
      (#"([a-c-]+)"#, "xa-cd", "a-c"),
      (#"([-a]+)"#, "x-a", "-a"),
      (#"([\]\-^]+)"#, "a]-^", "]-^"),
      (#"([^a-z]+)"#, "ab12c", "12"),
      (#"([\D]+)"#, "12ab", "ab"),
      (#"(\w+)"#, "-/a_9é", "a_9"),
      (#"(\S+)$"#, "a b\tc", "c"),
      (#"a\t(.)"#, "a\tb", "b"),
      (#"\b(\d+)\b"#, "a12 34b 56", "56"),
      (#"\bsubject(\d)"#, "my_subject1", nil),
      // As Python's re has it with re.ASCII.
      (#"\b(\w+)"#, " -é_a1", "_a1"),
      (#"(\w)\b"#, "ab é", "b"),
      (#"(a)\b.*(c)"#, "xa-c", "a/c"),
      (#"é\b(a)"#, "éa", "a"),
      (#"^\b(1)"#, "1", "1"),
      (#"(1)\b$"#, "/1", "1"),
      (#"a$|(b)"#, "ab", "b"),
      (#"(?i)SUBJECT([a-c]+)"#, "x/Subjectabc", "abc"),
      (#"(?i)([^A]+)"#, "aAb", "b"),
      (#"(})"#, "{}", "}"),
      // One scalar is one character, in UTF-8 of any length, and nothing is normalised.
      (#"^(.)b"#, "éb", "é"),
      (#"^(.{3})$"#, "é漢😀", "é漢😀"),
      (#"([à-ü]+)"#, "aéüz", "éü"),
      (#"([^é])"#, "éa", "a"),
      ("(\u{E9})", "e\u{301}", nil),
      (#"患者(\d+)"#, "画像/患者12.png", "12"),
      (#"(?i)(Ä)"#, "ä", nil),
      ("^(.)$", "\n", "\n"),
    ] as [(String, String, String?)])
  func `a path is in the group that the parentheses match`(pattern: String, path: String, group: String?) throws {
    var scratch = PathPattern.Scratch()
    let found = try PathPattern(pattern).group(in: path, scratch: &scratch)
    #expect(found.map { Array($0.utf8) } == group.map { Array($0.utf8) })
  }

  @Test func `working memory serves any pattern`() throws {
    let patterns = try [#"(\d+)"#, #"(a)(b)(c)|x{100}(y)"#, #"s(\d)"#].map { try PathPattern($0) }
    var scratch = PathPattern.Scratch()
    let found = ["s1", "abc", "s2", "none"].map { path in
      patterns.map { $0.group(in: path, scratch: &scratch) }
    }
    #expect(found == [["1", nil, "1"], [nil, "a/b/c", nil], ["2", nil, "2"], [nil, nil, nil]])
  }

  @Test func `patterns are equal byte by byte`() throws {
    #expect(try PathPattern("(\u{E9})") == PathPattern("(\u{E9})"))
    #expect(try PathPattern("(\u{E9})") != PathPattern("(e\u{301})"))
  }

  @Test(
    arguments: [
      (#"subject_\d+"#, 0, "the pattern names no group"),
      ("", 0, "the pattern names no group"),
      (#"(a)\1"#, 3, "a backreference is not supported"),
      (#"(?<n>a)\k<n>"#, 7, "a backreference is not supported"),
      (#"(?<n>a)(?P=n)"#, 8, "a backreference is not supported"),
      (#"(?=a)(b)"#, 1, "lookahead is not supported"),
      (#"(?!a)(b)"#, 1, "lookahead is not supported"),
      (#"(?<=a)(b)"#, 1, "lookbehind is not supported"),
      (#"(?<!a)(b)"#, 1, "lookbehind is not supported"),
      (#"(?>a)(b)"#, 1, "an atomic group is not supported"),
      (#"(a++)"#, 3, "a possessive quantifier is not supported"),
      (#"(a**)"#, 3, "a quantifier stands behind another"),
      (#"(a{2}{3})"#, 5, "a quantifier stands behind another"),
      (#"a(?i)(b)"#, 2, "'(?i)' stands at the start only"),
      (#"(?x)(b)"#, 1, "an unknown kind of group"),
      (#"(?<1>b)"#, 1, "a group's name has letters, digits and '_' and ends with '>'"),
      (#"(?<n>b)(?<n>c)"#, 8, "two groups are called 'n'"),
      (#"(a"#, 0, "'(' is never closed"),
      (#"(a))"#, 3, "')' closes nothing"),
      (#"([a"#, 1, "'[' is never closed"),
      (#"([]a])"#, 2, "the class is empty"),
      (#"([z-a])"#, 2, "a range counts down"),
      (#"([a-\d])"#, 2, "a range needs two characters"),
      (#"([a-c-e])"#, 5, "'-' makes no range here"),
      (#"([[:alpha:]])"#, 2, "a '[' inside a class"),
      (#"([a&&b])"#, 3, "classes cannot be intersected"),
      (#"(*)"#, 1, "'*' has nothing to repeat"),
      (#"(a|+)"#, 3, "'+' has nothing to repeat"),
      (#"(^*a)"#, 2, "a place cannot be repeated"),
      (#"(a{x})"#, 2, "'{' begins no count"),
      (#"(a{,3})"#, 2, "'{' begins no count"),
      (#"(a{3,2})"#, 2, "{3,2} counts down"),
      (#"(a{1001})"#, 3, "a count is larger than 1,000"),
      (#"(a{99999999999999999999})"#, 3, "a count is larger than 1,000"),
      (#"((a{100}){100})"#, 9, "the pattern has more than 4,000 steps when its repetitions are written out"),
      (
        #"(a{999}b{999}c{999}d{999}[^/]{99})"#, 0,
        "the pattern has more than 4,000 steps when its repetitions are written out"
      ),
      (#"(\q)"#, 1, "an unknown escape"),
      (#"(a)\"#, 3, "the pattern ends with a backslash"),
      (String(repeating: "(?:", count: 51) + "(a)", 150, "the pattern has more than 50 groups inside one another"),
      (String(repeating: "(a)", count: 17), 48, "the pattern has more than 16 groups"),
      (String(repeating: "a", count: 998) + "(a)", 1000, "the pattern has more than 1,000 bytes"),
    ])
  func `what is no pattern is refused with its place`(pattern: String, offset: Int, reason: String) throws {
    let fault = try #require(throws: PathPattern.Fault.self) { try PathPattern(pattern) }
    #expect(fault.reason == reason)
    #expect(fault.offset == offset)
    #expect(!fault.hint.isEmpty)
  }

  /// Repeating nothing, a thousand times a thousand times, costs nothing.
  @Test func `loops around nothing vanish`() throws {
    let pattern = String(repeating: "(?:", count: 49) + String(repeating: "){1000}", count: 49) + "(a)"
    var scratch = PathPattern.Scratch()
    #expect(try PathPattern(pattern).group(in: "ba", scratch: &scratch) == "a")
    #expect(try PathPattern(pattern).program.instructions.count == 6)
  }

  /// On these a machine that tries one way after another takes exponential time.
  @Test(arguments: ["(a+)+$", "(a|aa)*b", "(.*)(.*)(.*)x", "(a?){30}a{30}$", "((a*)*)*b", "(?:a|a|(a))*[bc]"])
  func `steps are linear in the path`(pattern: String) throws {
    let pattern = try PathPattern(pattern)
    for count in [512, 4096] {
      var scratch = PathPattern.Scratch()
      let path = String(repeating: "a", count: count) + "!"
      #expect(pattern.group(in: path, scratch: &scratch) == nil)
      #expect(scratch.stepCount <= 2 * (count + 2) * pattern.program.instructions.count)
    }
  }
}
