/// 128 bits of an XXH3: fast equality, never signed.
public struct Digest128: Hashable, Sendable {
  /// The more significant half, as XXH3's canonical form writes it first.
  public let high: UInt64
  /// The less significant half.
  public let low: UInt64

  /// Takes the two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

extension Digest128: CustomStringConvertible {
  /// 32 lower-case hexadecimal digits, the canonical form that `xxhsum -H2` prints.
  public var description: String {
    hexadecimal([high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } })
  }
}
