/// Reads the Orientation tag out of a TIFF header as EXIF embeds it.
///
/// Strict: a tag of another type, of more than one value, outside 1...8, or behind an offset that leaves the bytes is no
/// orientation. Nothing is followed but the one offset to the first directory, so hostile bytes cost at most 65,535
/// entries.
/// - Parameter bytes: A TIFF header and what follows it: the APP1 payload of a JPEG after `Exif\0\0`, or the data of a
///   PNG's `eXIf` chunk.
/// - Returns: The orientation; `.identity` where there is none or it is odd.
/// - Source: EXIF 2.32 section 4.5 and 4.6.4, tag 0x0112; TIFF 6.0 section 2.
func orientation(ofEXIF bytes: ArraySlice<UInt8>) -> Orientation {
  let isLittleEndian: Bool
  switch Array(bytes.prefix(4)) {
  case [0x49, 0x49, 42, 0]: isLittleEndian = true
  case [0x4D, 0x4D, 0, 42]: isLittleEndian = false
  default: return .identity
  }

  /// Reads an unsigned integer of `width` bytes at `offset` from the header; `nil` beyond the end.
  func integer(at offset: Int, width: Int) -> Int? {
    guard offset <= bytes.count - width else { return nil }
    let start = bytes.startIndex + offset
    let field = bytes[start..<start + width]
    return isLittleEndian
      ? field.reversed().reduce(0) { $0 << 8 | Int($1) } : field.reduce(0) { $0 << 8 | Int($1) }
  }

  let orientationTag = 0x0112
  let shortType = 3
  guard let directory = integer(at: 4, width: 4), let count = integer(at: directory, width: 2) else {
    return .identity
  }
  for index in 0..<count {
    let entry = directory + 2 + 12 * index
    guard let tag = integer(at: entry, width: 2) else { return .identity }
    guard tag == orientationTag else { continue }
    guard integer(at: entry + 2, width: 2) == shortType, integer(at: entry + 4, width: 4) == 1,
      let value = integer(at: entry + 8, width: 2), (1...8).contains(value)
    else { return .identity }
    return Orientation(rawValue: UInt8(value)) ?? .identity
  }
  return .identity
}
