import Foundation
import Testing

/// PDQ's conformance images: `shared/data/pdq.tar`, which is not part of this repository.
enum ConformanceArchive {
  private static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/data/pdq.tar").standardizedFileURL.path

  static let isPresent = FileManager.default.fileExists(atPath: path)

  /// The reference's hash of one image.
  struct Row: Sendable, CustomTestStringConvertible {
    let file: String
    let storedWidth: Int
    let storedHeight: Int
    let hash: String
    let quality: Int

    var testDescription: String { file }
  }

  /// What the reference says of every image; empty without the archive.
  static let rows: [Row] = {
    guard let bytes = try? file("expected.csv") else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().compactMap { line in
      let cells = line.split(separator: ",").map(String.init)
      guard cells.count == 6, let width = Int(cells[2]), let height = Int(cells[3]), let quality = Int(cells[5]) else {
        return nil
      }
      return Row(file: cells[0], storedWidth: width, storedHeight: height, hash: cells[4], quality: quality)
    }
  }()

  /// Reads one file of the archive; `nil` when it holds none of that name.
  ///
  /// - Source: POSIX.1-2017, pax, "ustar Interchange Format": a name at 0, a size in octal at 124, blocks of 512 bytes.
  static func file(_ name: String) throws -> [UInt8]? {
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
