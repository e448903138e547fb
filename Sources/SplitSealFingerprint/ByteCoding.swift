/// Writes numbers, little-endian.
package struct ByteWriter {
  package private(set) var bytes: [UInt8] = []

  /// Prepares to write about so many bytes.
  package init(byteCount: Int = 64) { bytes.reserveCapacity(byteCount) }

  package mutating func append(_ number: some FixedWidthInteger) {
    unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  package mutating func append(_ words: SIMD4<UInt64>) { for index in 0..<4 { append(words[index]) } }

  package mutating func append(_ numbers: [Int8]) {
    unsafe numbers.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }
}

/// Reads what ``ByteWriter`` wrote.
///
/// What is not there is `nil`, never a trap.
package struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isAtEnd: Bool { position == bytes.count }

  package mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
    let size = MemoryLayout<Number>.size
    guard bytes.count - position >= size else { return nil }
    defer { position += size }
    return unsafe bytes.withUnsafeBytes {
      unsafe Number(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Number.self))
    }
  }

  package mutating func words() -> SIMD4<UInt64>? {
    var words = SIMD4<UInt64>()
    for index in 0..<4 {
      guard let word = number(UInt64.self) else { return nil }
      words[index] = word
    }
    return words
  }

  package mutating func numbers(_ count: Int) -> [Int8]? {
    guard count >= 0, bytes.count - position >= count else { return nil }
    defer { position += count }
    return unsafe bytes.withUnsafeBytes {
      unsafe Array($0[position..<position + count].bindMemory(to: Int8.self))
    }
  }
}
