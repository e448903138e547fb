/// A pattern as the shell writes them: `train/*.png`.
///
/// `*` stands for any characters, also for `/`, `?` for one, and where sets are allowed `[a-z]` and `[!a-z]` for one of a
/// set. Case matters. No match takes more than *n* times *m* steps for a text of *n* and a pattern of *m* characters.
package struct Glob: Hashable, Sendable {
  private enum Element: Hashable {
    case scalar(UInt32)
    case any
    case run
    case set([ClosedRange<UInt32>], isNegated: Bool)

    func matches(_ scalar: UInt32) -> Bool {
      switch self {
      case .scalar(let own): own == scalar
      case .any: true
      case .run: false
      case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
      }
    }
  }

  private let elements: [Element]

  /// A pattern over the characters of file names, with sets: that is how the reference implementation of Croissant reads
  /// `includes`, and what `--exclude` takes.
  package init(_ pattern: String) { self.init(pattern.unicodeScalars.map(\.value), hasSets: true) }

  /// A pattern over the bytes of names, without sets.
  ///
  /// - Source: ssh_config(5), PATTERNS.
  package init(bytes pattern: some Sequence<UInt8>) { self.init(pattern.map(UInt32.init), hasSets: false) }

  private init(_ scalars: [UInt32], hasSets: Bool) {
    var elements: [Element] = []
    var at = 0
    while at < scalars.count {
      let scalar = scalars[at]
      at += 1
      if scalar == 0x2A {
        if case .run? = elements.last { continue }
        elements.append(.run)
      } else if scalar == 0x3F {
        elements.append(.any)
      } else if hasSets, scalar == 0x5B, let (set, end) = Self.set(scalars, at) {
        elements.append(set)
        at = end
      } else {
        elements.append(.scalar(scalar))
      }
    }
    self.elements = elements
  }

  /// The set whose bracket opened before `start`; `nil` when it is never closed and so only a bracket.
  private static func set(_ scalars: [UInt32], _ start: Int) -> (Element, end: Int)? {
    var at = start
    let isNegated = at < scalars.count && scalars[at] == 0x21
    if isNegated { at += 1 }
    let first = at
    guard first < scalars.count, let end = scalars[(first + 1)...].firstIndex(of: 0x5D) else { return nil }
    var ranges: [ClosedRange<UInt32>] = []
    while at < end {
      if at + 2 < end, scalars[at + 1] == 0x2D {
        if scalars[at] <= scalars[at + 2] { ranges.append(scalars[at]...scalars[at + 2]) }
        at += 3
      } else {
        ranges.append(scalars[at]...scalars[at])
        at += 1
      }
    }
    return (.set(ranges, isNegated: isNegated), end + 1)
  }

  /// Whether the whole path fits.
  package func matches(_ path: String) -> Bool { matches(path.unicodeScalars.map(\.value)) }

  /// Whether all bytes of a name fit.
  package func matches(bytes name: some Sequence<UInt8>) -> Bool { matches(name.map(UInt32.init)) }

  private func matches(_ scalars: [UInt32]) -> Bool {
    var (place, element) = (0, 0)
    // Only the last run has to be tried anew: what an earlier one could give, it can.
    var retry: (place: Int, element: Int)?
    while place < scalars.count {
      if element < elements.count, case .run = elements[element] {
        element += 1
        retry = (place, element)
      } else if element < elements.count, elements[element].matches(scalars[place]) {
        place += 1
        element += 1
      } else if let last = retry {
        retry = (last.place + 1, last.element)
        (place, element) = (last.place + 1, last.element)
      } else {
        return false
      }
    }
    return elements[element...].allSatisfy { if case .run = $0 { true } else { false } }
  }
}
