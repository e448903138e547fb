extension PathPattern.Parser {
  /// A node that was written as `source`, and the quantifier behind it.
  mutating func repeated(
    _ node: PathPattern.Node, source: ArraySlice<UInt8>
  ) throws(PathPattern.Fault) -> PathPattern.Node {
    let start = at
    guard let (minimum, maximum) = try quantifier() else { return node }
    guard !["^", "$", "\\b"].contains(where: { source.elementsEqual($0.utf8) }) else {
      throw PathPattern.Fault(
        reason: "a place cannot be repeated", hint: "take the quantifier behind '^', '$' or '\\b' away", offset: start)
    }
    let isGreedy = !take("?")
    switch next {
    case UInt8(ascii: "+") where isGreedy:
      throw fault("a possessive quantifier is not supported", hint: "take the second '+' away")
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
      throw fault("a quantifier stands behind another", hint: "put (?: ) around what the second one repeats")
    default: break
    }
    let loop = PathPattern.Node.loop(node, minimum: minimum, maximum: maximum, isGreedy: isGreedy)
    guard loop.size <= PathPattern.maximumProgramSize else { throw tooLarge(at: start) }
    return loop
  }

  func tooLarge(at offset: Int) -> PathPattern.Fault {
    PathPattern.Fault(
      reason: "the pattern has more than 4,000 steps when its repetitions are written out",
      hint: "repeat less: + and * cost one copy, {100} a hundred", offset: offset)
  }

  /// `*`, `+`, `?`, `{m}`, `{m,}` or `{m,n}`; `nil` where none comes next.
  private mutating func quantifier() throws(PathPattern.Fault) -> (minimum: Int, maximum: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = at
    guard take("{") else { return nil }
    var maximum: Int?
    guard let minimum = try number() else { throw malformedCount(at: start) }
    maximum = minimum
    if take(",") { maximum = try number() }
    guard take("}") else { throw malformedCount(at: start) }
    if let maximum, maximum < minimum {
      throw PathPattern.Fault(
        reason: "{\(minimum),\(maximum)} counts down", hint: "write the smaller number first", offset: start)
    }
    return (minimum, maximum)
  }

  private func malformedCount(at offset: Int) -> PathPattern.Fault {
    PathPattern.Fault(
      reason: "'{' begins no count", hint: "write {m}, {m,} or {m,n}, or \\{ for the character", offset: offset)
  }

  private mutating func number() throws(PathPattern.Fault) -> Int? {
    let start = at
    var number = 0
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
      guard number <= PathPattern.maximumRepeatCount else {
        throw PathPattern.Fault(
          reason: "a count is larger than 1,000", hint: "write + or * where any number will do", offset: start)
      }
      at += 1
    }
    return at == start ? nil : number
  }
}
