/// A small random generator with a seed: the same numbers in every run and on every machine.
///
/// - Source: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014.
struct ProbeRandom {
  private var state: UInt64

  /// Starts the sequence that belongs to some numbers: other numbers, another sequence.
  init(_ numbers: UInt64...) {
    state = 0
    for number in numbers { state = Self.mixed(state &+ 0x9E37_79B9_7F4A_7C15 &+ number) }
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A number in 0..<`limit`.
  mutating func below(_ limit: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(limit)).high) }

  /// A number in 0..<1.
  mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

  private static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
