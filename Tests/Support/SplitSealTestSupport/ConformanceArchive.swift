internal import Foundation

/// PDQ's conformance images: `shared/data/pdq.tar` beside the repository, and not part of it.
public enum ConformanceArchive {
  private static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../../shared/data/pdq.tar").standardizedFileURL.path

  /// Whether it is there.
  public static let isPresent = FileManager.default.fileExists(atPath: path)

  /// Reads one file of the archive.
  ///
  /// - Parameter name: Path below the archive's only folder.
  /// - Returns: Its bytes; `nil` when the archive holds none of that name.
  /// - Throws: What the system says when the archive cannot be read.
  /// - Source: POSIX.1-2017, pax, "ustar Interchange Format": a name at 0, a size in octal at 124, blocks of 512 bytes.
  public static func file(_ name: String) throws -> [UInt8]? {
    let handle = try FileHandle(forReadingFrom: URL(filePath: path))
    defer { try? handle.close() }
    while let header = try handle.read(upToCount: 512), header.count == 512, header[0] != 0 {
      let bytes = [UInt8](header)
      let size = Int(String(decoding: bytes[124..<135], as: UTF8.self), radix: 8) ?? 0
      if bytes.prefix(100).prefix(while: { $0 != 0 }).elementsEqual("pdq/\(name)".utf8) {
        return try handle.read(upToCount: size).map { [UInt8]($0) }
      }
      try handle.seek(toOffset: try handle.offset() + UInt64((size + 511) / 512 * 512))
    }
    return nil
  }
}
