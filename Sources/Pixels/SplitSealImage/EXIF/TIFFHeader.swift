/// The TIFF header that EXIF is written in, and its directories.
///
/// Bounded: a directory has at most 65,535 entries, no directory leads to another by itself, and what an offset leads to
/// is read once, within the bytes.
/// - Source: TIFF 6.0 section 2; EXIF 2.32 sections 4.5.2 and 4.6.2.
struct TIFFHeader {
  /// The tags that are looked at.
  enum Tag: Int {
    case make = 0x010F
    case model = 0x0110
    case orientation = 0x0112
    case dateTime = 0x0132
    case exifDirectory = 0x8769
    case dateTimeOriginal = 0x9003
    case fractionOfDateTime = 0x9290
    case fractionOfDateTimeOriginal = 0x9291
  }

  /// A field of a directory.
  struct Entry {
    /// Which field it is.
    let tag: Tag
    /// How its values are written: 2 for text, 3 for 16 bits, 4 for 32 bits.
    let type: Int
    /// Number of values; of a text its bytes with the zero at its end.
    let count: Int
    /// Where the values stand if they take 4 bytes or fewer, or else where the offset to them does.
    fileprivate let offset: Int
  }

  private static let textType = 2
  private static let shortType = 3
  private static let longType = 4

  /// Where the first directory stands.
  private(set) var firstDirectory = 0
  private let bytes: ArraySlice<UInt8>
  private let isLittleEndian: Bool

  /// Reads the header; `nil` where it is none.
  init?(_ bytes: ArraySlice<UInt8>) {
    switch Array(bytes.prefix(4)) {
    case [0x49, 0x49, 42, 0]: isLittleEndian = true
    case [0x4D, 0x4D, 0, 42]: isLittleEndian = false
    default: return nil
    }
    self.bytes = bytes
    guard let directory = integer(at: 4, width: 4) else { return nil }
    firstDirectory = directory
  }

  /// The entries of a directory whose tags are looked at, in the order of the file; those that are cut off are left out.
  ///
  /// - Parameter offset: Where the directory stands.
  /// - Returns: The entries; `nil` where no directory can stand.
  func directory(at offset: Int) -> [Entry]? {
    guard let count = integer(at: offset, width: 2) else { return nil }
    var entries: [Entry] = []
    for index in 0..<count {
      let start = offset + 2 + 12 * index
      guard let number = integer(at: start, width: 2) else { break }
      guard let tag = Tag(rawValue: number), let type = integer(at: start + 2, width: 2),
        let length = integer(at: start + 4, width: 4)
      else { continue }
      entries.append(Entry(tag: tag, type: type, count: length, offset: start + 8))
    }
    return entries
  }

  /// The one number of 16 bits of an entry; `nil` where it is not that.
  func short(of entry: Entry) -> Int? {
    guard entry.type == Self.shortType, entry.count == 1 else { return nil }
    return integer(at: entry.offset, width: 2)
  }

  /// The one number of 32 bits of an entry, an offset from the header; `nil` where it is not that.
  func long(of entry: Entry) -> Int? {
    guard entry.type == Self.longType, entry.count == 1 else { return nil }
    return integer(at: entry.offset, width: 4)
  }

  /// The text of an entry up to its first zero.
  ///
  /// - Parameters:
  ///   - entry: The entry.
  ///   - limit: Bytes after which a text is cut.
  /// - Returns: The bytes, ASCII if the file keeps to EXIF; `nil` where the entry is no text or leaves the bytes.
  func text(of entry: Entry, limit: Int) -> ArraySlice<UInt8>? {
    guard entry.type == Self.textType else { return nil }
    guard let offset = entry.count <= 4 ? entry.offset : integer(at: entry.offset, width: 4),
      offset <= bytes.count, entry.count <= bytes.count - offset
    else { return nil }
    let start = bytes.startIndex + offset
    return bytes[start..<start + min(entry.count, limit)].prefix { $0 != 0 }
  }

  /// Reads an unsigned integer of `width` bytes at `offset` from the header; `nil` beyond the end.
  private func integer(at offset: Int, width: Int) -> Int? {
    guard offset <= bytes.count - width else { return nil }
    let start = bytes.startIndex + offset
    let field = bytes[start..<start + width]
    return isLittleEndian
      ? field.reversed().reduce(0) { $0 << 8 | Int($1) } : field.reduce(0) { $0 << 8 | Int($1) }
  }
}
