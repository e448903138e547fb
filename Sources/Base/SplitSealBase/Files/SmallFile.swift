/// A file of settings that is read whole and may come from strangers.
package enum SmallFile {
  /// Whether something stands at a path; `false` also where nobody can tell.
  package static func exists(_ path: String) -> Bool { (try? FileStatus(path, followsLinks: false)) != nil }

  /// Whether a link stands at a path.
  package static func isLink(_ path: String) -> Bool {
    (try? FileStatus(path, followsLinks: false))?.kind == .link
  }

  /// Reads a regular file.
  ///
  /// - Parameters:
  ///   - path: The file; links are followed.
  ///   - limit: Most bytes that it may have.
  /// - Returns: Its bytes.
  /// - Throws: ``FileError``: `notFound`, `unreadable`, `tooLarge`.
  package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    guard !path.isEmpty else { throw FileError(.notFound, "the path is empty", file: "''") }
    return try WholeFile.read(path, limit: limit).bytes
  }
}
