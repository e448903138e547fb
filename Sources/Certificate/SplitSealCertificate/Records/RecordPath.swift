/// What a path in a record may look like, and when two paths would be one file somewhere.
enum RecordPath {
  /// UTF-8 bytes of the longest path: Linux's PATH_MAX.
  static let maximumByteCount = 4096

  /// Why `path` may not stand in a record, lower case; `nil` when it may.
  ///
  /// A path that passes stays below the dataset's root on every system: it is relative, `/` separates its components,
  /// none of them is empty, `.` or `..`, and it has no backslash, control character or drive letter.
  static func fault(of path: String) -> String? {
    guard !path.isEmpty else { return "the path is empty" }
    guard path.utf8.count <= maximumByteCount else { return "the path is longer than \(maximumByteCount) bytes" }
    var componentLength = 0
    var dotCount = 0
    var previous: UInt8 = 0
    var offset = -1
    for byte in path.utf8 {
      offset += 1
      switch byte {
      case UInt8(ascii: "/"):
        if offset == 0 { return "the path is absolute" }
        if let fault = componentFault(length: componentLength, dots: dotCount) { return fault }
        componentLength = 0
        dotCount = 0
        previous = byte
        continue
      case UInt8(ascii: "\\"): return "the path has a backslash"
      case 0..<0x20, 0x7F: return "the path has a control character"
      case 0x80..<0xA0 where previous == 0xC2: return "the path has a control character"
      case UInt8(ascii: ":") where offset == 1 && isLetter(previous): return "the path starts with a drive letter"
      case UInt8(ascii: "."): dotCount += 1
      default: break
      }
      componentLength += 1
      previous = byte
    }
    return componentFault(length: componentLength, dots: dotCount)
  }

  private static func componentFault(length: Int, dots: Int) -> String? {
    if length == 0 { return "the path has an empty component" }
    if length == dots, dots <= 2 { return "the path has a component '\(dots == 1 ? "." : "..")'" }
    return nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
