/// A set of Unicode scalars: what `[a-z]`, `\d` or `.` stands for.
struct ScalarSet: Sendable {
  /// The values, ascending; the ranges neither overlap nor touch.
  private(set) var ranges: [ClosedRange<UInt32>] = []

  /// The largest scalar.
  private static let last: UInt32 = 0x10FFFF

  /// A set of some ranges, in any order.
  init(_ ranges: [ClosedRange<UInt32>]) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let previous = self.ranges.last, range.lowerBound <= previous.upperBound + 1 {
        self.ranges[self.ranges.count - 1] = previous.lowerBound...max(previous.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  /// One scalar.
  init(_ scalar: UInt32) { ranges = [scalar...scalar] }

  /// Every scalar: `.`.
  static let all = ScalarSet([0...last])
  /// `\d`.
  static let digits = ScalarSet([0x30...0x39])
  /// `\w`.
  static let wordCharacters = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  /// `\s`: tab, line feed, vertical tab, form feed, carriage return, space.
  static let spaces = ScalarSet([0x09...0x0D, 0x20...0x20])

  /// All that is not in the set.
  var complement: ScalarSet {
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= Self.last { gaps.append(next...Self.last) }
    return ScalarSet(gaps)
  }

  /// The set, and each ASCII letter of it in the other case.
  var ignoringCase: ScalarSet {
    var both = ranges
    for (letters, other) in [(UInt32(0x41)...UInt32(0x5A), UInt32(0x61)), (0x61...0x7A, 0x41)] {
      for range in ranges where range.overlaps(letters) {
        let part = range.clamped(to: letters)
        both.append((part.lowerBound - letters.lowerBound + other)...(part.upperBound - letters.lowerBound + other))
      }
    }
    return ScalarSet(both)
  }

  /// The only element of a set of one.
  var single: UInt32? {
    guard let range = ranges.first, ranges.count == 1, range.count == 1 else { return nil }
    return range.lowerBound
  }

  /// Whether a scalar is in the set.
  func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } }
}
