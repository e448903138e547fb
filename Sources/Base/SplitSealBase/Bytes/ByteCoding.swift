/// Writes numbers, little-endian.
package struct ByteWriter {
  package private(set) var bytes: [UInt8] = []

  /// Prepares to write about so many bytes.
  package init(byteCount: Int = 64) { bytes.reserveCapacity(byteCount) }

  package mutating func append(_ number: some FixedWidthInteger) {
    unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  package mutating func append(_ words: SIMD4<UInt64>) { for index in 0..<4 { append(words[index]) } }

  package mutating func append(_ digest: Digest128) {
    append(digest.high)
    append(digest.low)
  }

  package mutating func append(_ content: ContentDigest) {
    append(content.sha256.words)
    append(content.xxh3)
    append(UInt64(content.byteCount))
  }

  /// The number of bytes in 2 bytes, then the text as UTF-8.
  ///
  /// - Precondition: the text has fewer than 65,536 bytes.
  package mutating func append(_ text: String) {
    append(UInt16(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// Bytes as they are.
  package mutating func append(_ raw: UnsafeRawBufferPointer) { unsafe bytes.append(contentsOf: raw) }

  /// Takes everything away and keeps the memory.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

/// Reads what ``ByteWriter`` wrote.
///
/// What is not there is `nil`, never a trap.
package struct ByteReader {
  private let bytes: [UInt8]
  private var position: Int

  /// Begins to read, behind some bytes that are passed over.
  package init(_ bytes: [UInt8], from position: Int = 0) {
    self.bytes = bytes
    self.position = min(position, bytes.count)
  }

  package var isAtEnd: Bool { position == bytes.count }

  package mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
    let size = MemoryLayout<Number>.size
    guard bytes.count - position >= size else { return nil }
    defer { position += size }
    return unsafe bytes.withUnsafeBytes {
      unsafe Number(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Number.self))
    }
  }

  /// Bytes of the largest file that is believed: sums of these never leave 64 bits.
  private static let mostFileBytes = 1 << 40

  /// A number of 8 bytes that is not more than a limit; without one, not more than a sum of thousands can bear.
  package mutating func count(atMost limit: Int = 1 << 50) -> Int? {
    number(UInt64.self).flatMap { Int(exactly: $0) }.flatMap { $0 <= limit ? $0 : nil }
  }

  package mutating func words() -> SIMD4<UInt64>? {
    var words = SIMD4<UInt64>()
    for index in 0..<4 {
      guard let word = number(UInt64.self) else { return nil }
      words[index] = word
    }
    return words
  }

  package mutating func digest() -> Digest128? {
    guard let high = number(UInt64.self), let low = number(UInt64.self) else { return nil }
    return Digest128(high: high, low: low)
  }

  package mutating func content() -> ContentDigest? {
    guard let sha256 = words(), let xxh3 = digest(), let byteCount = count(atMost: Self.mostFileBytes) else {
      return nil
    }
    return ContentDigest(sha256: Digest256(words: sha256), xxh3: xxh3, byteCount: byteCount)
  }

  /// So many bytes.
  package mutating func slice(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, bytes.count - position >= count else { return nil }
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// A text as bytes; they need not be UTF-8.
  package mutating func textBytes() -> ArraySlice<UInt8>? { number(UInt16.self).flatMap { slice(Int($0)) } }

  /// A text; `nil` also where it is not UTF-8.
  package mutating func text() -> String? { textBytes().flatMap { String(validating: $0, as: UTF8.self) } }
}

/// Something whose cases have numbers in coded files.
///
/// An enumeration writes the numbers as an exhaustive switch, so that the compiler asks for the number of a new case. A
/// number that was ever used belongs to its case for good.
package protocol WireCoded: CaseIterable {
  /// The number of the case; each case has its own.
  var wireCode: UInt8 { get }
}

extension WireCoded {
  /// The case with a number; `nil` where none has it.
  package init?(wireCode: UInt8) {
    guard let found = Self.allCases.first(where: { $0.wireCode == wireCode }) else { return nil }
    self = found
  }
}
