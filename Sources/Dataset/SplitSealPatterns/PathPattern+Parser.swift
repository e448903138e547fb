extension PathPattern {
  /// A pattern as it was read.
  struct Syntax {
    let root: Node
    /// Groups that name something.
    let groupCount: Int
  }

  /// Reads patterns by recursive descent.
  struct Parser {
    let bytes: [UInt8]
    /// Offset of the next byte to look at.
    var at = 0
    var ignoresCase = false
    var groupCount = 0
    var groupNames: [[UInt8]] = []

    static func parse(_ text: String) throws(Fault) -> Syntax {
      guard text.utf8.count <= maximumByteCount else {
        throw Fault(
          reason: "the pattern has more than 1,000 bytes", hint: "shorten it, or put the groups into a column",
          offset: maximumByteCount)
      }
      var parser = Parser(bytes: Array(text.utf8))
      if parser.take("(?i)") { parser.ignoresCase = true }
      let root = try parser.choice(depth: 0)
      guard parser.next == nil else {
        throw parser.fault("')' closes nothing", hint: "write \\) for the character")
      }
      guard parser.groupCount > 0 else {
        throw Fault(
          reason: "the pattern names no group", hint: "put parentheses around what names the group: subject_(\\d+)",
          offset: 0)
      }
      // Beside the root: two instructions that note the match, and the last.
      guard root.size + 3 <= maximumProgramSize else { throw parser.tooLarge(at: 0) }
      return Syntax(root: root, groupCount: parser.groupCount)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    func fault(_ reason: String, hint: String) -> Fault { Fault(reason: reason, hint: hint, offset: at) }

    /// Steps over `text` if it comes next.
    mutating func take(_ text: StaticString) -> Bool {
      let text = Array("\(text)".utf8)
      guard bytes[at...].starts(with: text) else { return false }
      at += text.count
      return true
    }

    /// The next scalar, which is there.
    mutating func scalar() -> UInt32 {
      let first = bytes[at]
      let width = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      let text = String(decoding: bytes[at..<(at + width)], as: UTF8.self)
      at += width
      return text.unicodeScalars.first?.value ?? UInt32(first)
    }

    /// `a|b|c`, up to a closing parenthesis or the end.
    private mutating func choice(depth: Int) throws(Fault) -> Node {
      var parts: [Node] = []
      repeat { parts.append(try sequence(depth: depth)) } while take("|")
      return .choice(parts)
    }

    private mutating func sequence(depth: Int) throws(Fault) -> Node {
      var parts: [Node] = []
      while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
        let start = at
        let atom = try atom(depth: depth)
        parts.append(try repeated(atom, source: bytes[start..<at]))
      }
      return .sequence(parts)
    }

    private mutating func atom(depth: Int) throws(Fault) -> Node {
      guard let byte = next else { return .empty }
      switch byte {
      case UInt8(ascii: "("): return try group(depth: depth + 1)
      case UInt8(ascii: "["): return .scalars(try characterClass())
      case UInt8(ascii: "\\"):
        if take("\\b") { return .wordBoundary }
        return .scalars(cased(try escape()))
      case UInt8(ascii: "."):
        at += 1
        return .scalars(.all)
      case UInt8(ascii: "^"):
        at += 1
        return .start
      case UInt8(ascii: "$"):
        at += 1
        return .end
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
        let character = Character(Unicode.Scalar(byte))
        throw fault("'\(character)' has nothing to repeat", hint: "write \\\(character) for the character")
      default: return .scalars(cased(ScalarSet(scalar())))
      }
    }

    func cased(_ set: ScalarSet) -> ScalarSet { ignoresCase ? set.ignoringCase : set }

    private mutating func group(depth: Int) throws(Fault) -> Node {
      let start = at
      guard depth <= maximumDepth else {
        throw fault("the pattern has more than 50 groups inside one another", hint: "write a simpler pattern")
      }
      at += 1
      var index: Int?
      if !take("?:") {
        if next == UInt8(ascii: "?") { try groupName() }
        groupCount += 1
        index = groupCount
        guard groupCount <= maximumGroupCount else {
          throw Fault(
            reason: "the pattern has more than 16 groups", hint: "write (?: ) where nothing is named", offset: start)
        }
      }
      let content = try choice(depth: depth)
      guard take(")") else {
        throw Fault(
          reason: "'(' is never closed", hint: "add the ')', or write \\( for the character", offset: start)
      }
      return index.map { .group($0, content) } ?? content
    }

    /// Steps over `?<name>` or `?P<name>`.
    private mutating func groupName() throws(Fault) {
      try refuseUnsupportedGroup()
      let start = at
      guard take("?P<") || take("?<") else {
        throw fault("an unknown kind of group", hint: "write ( ), (?: ) or (?<name> )")
      }
      let nameStart = at
      while let byte = next, isNameByte(byte, isFirst: at == nameStart) { at += 1 }
      let name = Array(bytes[nameStart..<at])
      guard !name.isEmpty, take(">") else {
        throw Fault(
          reason: "a group's name has letters, digits and '_' and ends with '>'", hint: "write (?<name> )",
          offset: start)
      }
      guard !groupNames.contains(name) else {
        throw Fault(
          reason: "two groups are called '\(String(decoding: name, as: UTF8.self))'", hint: "rename one of them",
          offset: start)
      }
      groupNames.append(name)
    }

    private func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
      default: false
      }
    }

    private func refuseUnsupportedGroup() throws(Fault) {
      let linear = "a search must take time in proportion to the path; say it with classes and alternatives"
      for (start, name) in [
        ("?=", "lookahead"), ("?!", "lookahead"), ("?<=", "lookbehind"), ("?<!", "lookbehind"),
        ("?>", "an atomic group"), ("?(", "a conditional"), ("?P=", "a backreference"), ("?&", "recursion"),
        ("?P>", "recursion"), ("?R", "recursion"),
      ] where bytes[at...].starts(with: start.utf8) {
        throw fault("\(name) is not supported", hint: linear)
      }
      if bytes[at...].starts(with: "?i".utf8) {
        throw fault("'(?i)' stands at the start only", hint: "begin the pattern with (?i)")
      }
    }
  }
}
