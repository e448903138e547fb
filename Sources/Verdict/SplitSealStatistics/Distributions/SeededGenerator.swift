/// A random generator with a seed: the same numbers in every run and on every machine.
///
/// What it draws goes into reports, so nothing here depends on how the standard library turns bits into numbers.
/// - Source: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014 (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  /// Starts the sequence of a seed.
  public init(seed: UInt64) { state = seed }

  /// Starts one of many sequences of a seed: one for each test, so that one test more does not change the others.
  public init(seed: UInt64, stream: Int) {
    var start = SeededGenerator(seed: seed)
    var branch = SeededGenerator(seed: start.next() ^ UInt64(truncatingIfNeeded: stream))
    state = branch.next()
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of 0..<`bound`, each as likely as the others.
  ///
  /// - Precondition: `bound` is 1 or more.
  /// - Source: Lemire, Fast Random Integer Generation in an Interval, 2019.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "there is no number below \(bound)")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let least = (0 &- bound) % bound
      while product.low < least { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// A number of 0..<1, a multiple of 2^-53.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Moves `count` random elements to the front: each choice of elements is equally likely, and so is each order of them.
  ///
  /// - Precondition: `0...elements.count` contains `count`.
  /// - Complexity: O(`count`).
  public mutating func moveToFront<Element>(_ count: Int, of elements: inout [Element]) {
    precondition(count >= 0 && count <= elements.count, "more elements than there are")
    for place in 0..<count {
      let other = place + below(elements.count - place)
      if other != place { elements.swapAt(place, other) }
    }
  }
}
