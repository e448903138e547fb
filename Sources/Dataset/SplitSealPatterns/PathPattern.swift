internal import SplitSealBase

/// A regular expression that tells from a path which group its image belongs to: `subject_(\d+)`.
///
/// The pattern may come from a stranger's file, so the time of a search is linear in the length of the path whatever the
/// pattern is: all ways to match are followed at once, and none is ever tried again.
///
/// **Meaning.** The pattern is looked for anywhere in the path; of several matches the leftmost counts, and of several
/// from one place the one that Perl, Python and RE2 take: alternatives from left to right, `*` as much as possible, `*?`
/// as little. A pass of a loop that would match nothing is not made. Paths are read as Unicode scalars: `.` and a class
/// stand for one of them, line feeds included, and nothing is normalised. `\d`, `\w`, `\s`, `\b` and `(?i)` know ASCII
/// only. `^` and `$` are the start and the end of the path. An underscore is a letter of a word, so that `\bsubject` does
/// not match in `my_subject`.
///
/// **Syntax.** Characters, `.`, `[a-z]`, `[^/]`, `\d \w \s \D \W \S \t`, a backslash before punctuation, `( )`, `(?: )`,
/// `(?<name> )`, `(?P<name> )`, `|`, `* + ? {m} {m,} {m,n}` each with `?` for as little as possible, `^ $ \b`, and `(?i)`
/// at the start. What cannot be had in linear time (backreferences, lookaround, possessive quantifiers) is refused.
///
/// - Source: R. Cox, Regular Expression Matching: the Virtual Machine Approach, 2009 (Pike's algorithm); K. Thompson,
///   Regular Expression Search Algorithm, 1968.
package struct PathPattern: Hashable, Sendable {
  /// Why a text is not a pattern, and what to do.
  package struct Fault: Error, Hashable, Sendable {
    /// What is wrong, lower case, without a full stop.
    package let reason: String
    /// What to do about it, in the same voice.
    package let hint: String
    /// Where in the pattern: bytes from its start, 0-based.
    package let offset: Int
  }

  /// UTF-8 bytes of the longest pattern.
  package static let maximumByteCount = 1000
  /// Instructions of the longest program; `a{1000}` has a thousand.
  package static let maximumProgramSize = 4000
  /// Groups inside one another.
  package static let maximumDepth = 50
  /// Groups that name something, in one pattern.
  package static let maximumGroupCount = 16
  /// The largest count in `{m,n}`.
  package static let maximumRepeatCount = 1000

  /// The pattern as it was written.
  package let text: String
  let program: Program

  /// Reads a pattern.
  ///
  /// - Throws: ``Fault`` with the place of the first fault; a pattern without a group is one.
  package init(_ text: String) throws(Fault) {
    self.text = text
    program = Program(try Parser.parse(text))
  }

  /// The name of the group that a path belongs to: what the parts in parentheses matched.
  ///
  /// Several groups are joined by a slash, those left out that took no part: `(site\d).*(patient\d)` gives
  /// `site1/patient3`. A group in a loop stands for its last pass.
  /// - Parameters:
  ///   - path: The path.
  ///   - scratch: Working memory, kept between calls; any will do.
  /// - Returns: The name; `nil` where the pattern does not match, or where what it names is empty.
  /// - Complexity: O(*n* *m*) for a path of *n* bytes and a program of *m* instructions.
  package func group(in path: String, scratch: inout Scratch) -> String? {
    guard scratch.search(for: program, in: path) else { return nil }
    var name: [UInt8] = []
    var isFirst = true
    for group in 1...program.groupCount {
      guard let range = scratch.range(ofGroup: group) else { continue }
      if !isFirst { name.append(UInt8(ascii: "/")) }
      name.append(contentsOf: scratch.bytes[range])
      isFirst = false
    }
    return name.allSatisfy { $0 == UInt8(ascii: "/") } ? nil : String(decoding: name, as: UTF8.self)
  }

  /// Byte by byte: `String` takes the composed and the decomposed "ä" for one.
  package static func == (a: PathPattern, b: PathPattern) -> Bool { a.text.hasSameBytes(as: b.text) }

  // Equal bytes are equal strings, so the string's hash serves.
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
