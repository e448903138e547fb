/// A small random generator that gives the same numbers on every machine.
///
/// - Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, figure 17.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  /// Starts a sequence: a pair of seed and stream gives a sequence of its own.
  init(seed: UInt64, stream: UInt64 = 0) {
    state = mixed(seed &+ mixed(stream &+ 0x9E37_79B9_7F4A_7C15))
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return mixed(state)
  }

  /// A number in 0..<1, of 53 random bits.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number from `low` up to and without `high`.
  mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

  /// True once in `count` times.
  mutating func oneIn(_ count: UInt64) -> Bool { next() % count == 0 }

  /// One of the elements.
  ///
  /// `Array.randomElement(using:)` would do, but its way of using a generator is not promised to stay.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int(next() % UInt64(elements.count))] }
}

/// The finaliser of SplitMix64: every bit of the input reaches every bit of the output.
func mixed(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
