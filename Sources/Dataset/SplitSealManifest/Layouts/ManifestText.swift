internal import SplitSealBase
internal import Crypto

/// The text of a manifest file as UTF-8: the file's bytes, or what they say in UTF-16.
struct ManifestText {
  /// Bytes of the largest manifest: 4 GiB.
  static let maximumByteCount = 4 << 30

  let bytes: [UInt8]
  /// Offset behind the byte order mark, or 0.
  let start: Int

  /// SHA-256 of the file's bytes where they are not the text's.
  private let fileDigest: [UInt8]?

  /// Reads a whole file.
  init(of source: ManifestSource) throws(ManifestError) {
    let file = try Self.bytes(of: source)
    let converted = Self.utf8(fromMarkedUTF16: file[...])
    bytes = converted ?? file
    fileDigest = converted == nil ? nil : Array(SHA256.hash(data: file))
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if let offset = firstInvalidUTF8(in: bytes) {
      let place = place(of: offset)
      throw ManifestError(
        .invalidUTF8, "not valid UTF-8", hint: "save the file as UTF-8", file: source.path, line: place.line,
        column: place.column)
    }
  }

  private static func bytes(of source: ManifestSource) throws(ManifestError) -> [UInt8] {
    var bytes: [UInt8] = []
    let (isSmallEnough, isFile): (Bool, Bool)
    var isComplete = false
    do throws(SystemFault) {
      let file = try OpenFile(source.path)
      let status = try file.status()
      (isSmallEnough, isFile) = (status.byteCount <= maximumByteCount, status.kind == .file)
      if isSmallEnough, isFile { isComplete = try file.read(into: &bytes, byteCount: status.byteCount) }
    } catch {
      throw ManifestSource.error(error, path: source.path)
    }
    guard isFile else {
      throw ManifestError(
        .unreadable, "it is not a regular file", hint: "save the table as a file, and name that", file: source.path)
    }
    guard isSmallEnough else {
      throw ManifestError(
        .tooLarge, "the manifest has more than 4 GiB", hint: "divide it and give the parts as several inputs",
        file: source.path)
    }
    guard isComplete else {
      throw ManifestError(.unreadable, "the file changed while it was read", hint: "try again", file: source.path)
    }
    return bytes
  }

  /// The line of a byte and its number in that line, both 1-based; a byte order mark does not count.
  func place(of offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var lineStart = start
    for index in start..<max(start, offset) where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    return (line, offset - lineStart + 1)
  }

  /// The input as the manifest records it.
  func input(_ source: ManifestSource) -> ManifestInput {
    ManifestInput(path: source.path, format: source.format, sha256: fileDigest ?? Array(SHA256.hash(data: bytes)))
  }

  /// The text of a file that begins with a byte order mark of UTF-16, as spreadsheets write "Unicode text"; `nil` for any
  /// other file, and if the bytes are not valid UTF-16.
  static func utf8(fromMarkedUTF16 bytes: ArraySlice<UInt8>) -> [UInt8]? {
    let isLittleEndian = bytes.starts(with: [0xFF, 0xFE])
    guard isLittleEndian || bytes.starts(with: [0xFE, 0xFF]), bytes.count.isMultiple(of: 2) else { return nil }
    let units = stride(from: bytes.startIndex + 2, to: bytes.endIndex, by: 2).map { at in
      let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
      return isLittleEndian ? first | second << 8 : first << 8 | second
    }
    return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
  }
}

/// Offset of the first byte that does not belong to a well-formed sequence; `nil` when all do.
///
/// - Source: Unicode 15, table 3-7, "Well-Formed UTF-8 Byte Sequences".
/// - Complexity: O(*n*) for *n* bytes.
func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
  var at = 0
  while at < bytes.count {
    let lead = bytes[at]
    if lead < 0x80 {
      at += 1
      continue
    }
    let (length, second): (Int, ClosedRange<UInt8>)
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return at
    }
    guard at + length <= bytes.count, second.contains(bytes[at + 1]),
      bytes[(at + 2)..<(at + length)].allSatisfy({ (0x80...0xBF).contains($0) })
    else { return at }
    at += length
  }
  return nil
}
