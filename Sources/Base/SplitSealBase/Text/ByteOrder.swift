internal import SplitSealSystem

/// Text that is compared by its bytes.
///
/// Swift's `String` equality merges precomposed and decomposed letters; what is signed must not.
package struct ByteText: Hashable, Comparable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (a: ByteText, b: ByteText) -> Bool { a.text.hasSameBytes(as: b.text) }

  package static func < (a: ByteText, b: ByteText) -> Bool { a.text.precedesByBytes(b.text) }

  package func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
}

extension String {
  /// Whether both texts have the same UTF-8 bytes.
  package func hasSameBytes(as other: String) -> Bool { utf8.count == other.utf8.count && byteOrder(other) == 0 }

  /// Whether this text comes before the other by unsigned UTF-8 bytes.
  package func precedesByBytes(_ other: String) -> Bool { byteOrder(other) < 0 }

  /// Feeds the UTF-8 bytes to a hasher.
  package func hashBytes(into hasher: inout Hasher) {
    let isDone: Void? = unsafe utf8.withContiguousStorageIfAvailable {
      unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isDone == nil { for byte in utf8 { hasher.combine(byte) } }
  }

  /// Negative, zero or positive as `memcmp` has it: sorting a million paths byte by byte took three times as long.
  private func byteOrder(_ other: String) -> Int {
    let order: Int?? = unsafe utf8.withContiguousStorageIfAvailable { a in
      unsafe other.utf8.withContiguousStorageIfAvailable { b in
        let common = min(a.count, b.count)
        if common > 0, let aStart = a.baseAddress, let bStart = b.baseAddress {
          let order = unsafe memcmp(aStart, bStart, common)
          if order != 0 { return Int(order) }
        }
        return a.count - b.count
      }
    }
    if let order = order ?? nil { return order }
    return utf8.elementsEqual(other.utf8) ? 0 : utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
  }

  /// The text between quotation marks for a message, with nothing in it that could act on a terminal.
  package var quoted: String { "'\(printable(self))'" }
}

extension [UInt8] {
  /// Whether both hold the same bytes, by one `memcmp`.
  package func hasSameBytes(as other: ArraySlice<UInt8>) -> Bool {
    guard count == other.count, count > 0 else { return count == other.count }
    return unsafe withUnsafeBytes { a in
      unsafe other.withUnsafeBytes { b in
        guard let aStart = a.baseAddress, let bStart = b.baseAddress else { return false }
        return unsafe memcmp(aStart, bStart, a.count) == 0
      }
    }
  }
}
