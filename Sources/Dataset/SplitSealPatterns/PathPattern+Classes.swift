extension PathPattern.Parser {
  /// `[a-z]`, `[^/]`: a bracket comes next.
  mutating func characterClass() throws(PathPattern.Fault) -> ScalarSet {
    let start = at
    at += 1
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    while true {
      guard let byte = next else {
        throw PathPattern.Fault(
          reason: "'[' is never closed", hint: "add the ']', or write \\[ for the character", offset: start)
      }
      if byte == UInt8(ascii: "]") {
        guard !ranges.isEmpty else {
          throw fault("the class is empty", hint: "write \\] for the character")
        }
        at += 1
        break
      }
      ranges += try classMember(isFirst: ranges.isEmpty)
    }
    let set = cased(ScalarSet(ranges))
    return isNegated ? set.complement : set
  }

  /// A character, a range or `\d`.
  private mutating func classMember(isFirst: Bool) throws(PathPattern.Fault) -> [ClosedRange<UInt32>] {
    let start = at
    let isHyphen = next == UInt8(ascii: "-")
    let low = try classCharacter()
    guard next == UInt8(ascii: "-"), at + 1 < bytes.count, bytes[at + 1] != UInt8(ascii: "]") else {
      // A hyphen stands for itself where it is first or last.
      guard !isHyphen || isFirst || next == UInt8(ascii: "]") else {
        throw PathPattern.Fault(
          reason: "'-' makes no range here", hint: "write \\- for the character", offset: start)
      }
      return low.ranges
    }
    at += 1
    let high = try classCharacter()
    guard !isHyphen, let first = low.single, let last = high.single else {
      throw PathPattern.Fault(reason: "a range needs two characters", hint: "write \\- for a hyphen", offset: start)
    }
    guard first <= last else {
      throw PathPattern.Fault(
        reason: "a range counts down", hint: "write the smaller character first", offset: start)
    }
    return [first...last]
  }

  private mutating func classCharacter() throws(PathPattern.Fault) -> ScalarSet {
    switch next {
    case UInt8(ascii: "\\"): return try escape()
    case UInt8(ascii: "["):
      throw fault("a '[' inside a class", hint: "write \\[ for the character; classes have no names and no classes")
    case UInt8(ascii: "&") where bytes[at...].starts(with: "&&".utf8):
      throw fault("classes cannot be intersected", hint: "write \\& for the character")
    default: return ScalarSet(scalar())
    }
  }

  /// `\d`, `\.`: a backslash comes next.
  mutating func escape() throws(PathPattern.Fault) -> ScalarSet {
    guard at + 1 < bytes.count else {
      throw fault("the pattern ends with a backslash", hint: "write \\\\ for the character")
    }
    let byte = bytes[at + 1]
    let set: ScalarSet
    switch byte {
    case UInt8(ascii: "d"): set = .digits
    case UInt8(ascii: "D"): set = ScalarSet.digits.complement
    case UInt8(ascii: "w"): set = .wordCharacters
    case UInt8(ascii: "W"): set = ScalarSet.wordCharacters.complement
    case UInt8(ascii: "s"): set = .spaces
    case UInt8(ascii: "S"): set = ScalarSet.spaces.complement
    case UInt8(ascii: "t"): set = ScalarSet(0x09)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "k"):
      throw fault(
        "a backreference is not supported",
        hint: "a search must take time in proportion to the path; say it with classes and alternatives")
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: set = ScalarSet(UInt32(byte))
    default:
      throw fault(
        "an unknown escape", hint: "there are \\d \\w \\s \\D \\W \\S \\b \\t and a backslash before punctuation")
    }
    at += 2
    return set
  }
}
