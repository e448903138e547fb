internal import SplitSealBase

/// What makes one record of a hidden certificate unguessable: 16 bytes that nobody knows before they are told.
public struct LeafSalt: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  /// Takes the first 16 bytes of a sequence; `nil` when there are fewer.
  init?(prefixOf bytes: some Sequence<UInt8>) {
    var count = 0
    var words: (UInt64, UInt64) = (0, 0)
    for byte in bytes.prefix(16) {
      if count < 8 { words.0 = words.0 << 8 | UInt64(byte) } else { words.1 = words.1 << 8 | UInt64(byte) }
      count += 1
    }
    guard count == 16 else { return nil }
    (high, low) = words
  }

  /// Reads 32 lower-case hexadecimal digits; `nil` for anything else.
  public init?(hexadecimal text: String) {
    guard let bytes = Hexadecimal.bytes(of: text), bytes.count == 16 else { return nil }
    self.init(prefixOf: bytes)
  }

  /// The 16 bytes.
  var bytes: [UInt8] {
    [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
  }

  /// Appends 32 lower-case hexadecimal digits.
  func appendHexadecimal(to bytes: inout [UInt8]) {
    for byte in self.bytes { Hexadecimal.append(byte, to: &bytes) }
  }
}

extension LeafSalt: CustomStringConvertible {
  /// The 32 lower-case hexadecimal digits.
  public var description: String {
    var digits: [UInt8] = []
    appendHexadecimal(to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }
}

/// Bytes as pairs of lower-case hexadecimal digits.
enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(digits[Int(byte >> 4)])
    bytes.append(digits[Int(byte & 15)])
  }

  /// The bytes that lower-case digits stand for; `nil` for anything else.
  static func bytes(of text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in text.utf8 {
      guard let value = digits.firstIndex(of: digit).map({ UInt8($0) }) else { return nil }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return high == nil ? bytes : nil
  }
}
