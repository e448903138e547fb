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
  /// - Throws: ``ManifestError``: `notFound`, `unreadable`, `tooLarge`.
  package static func read(_ path: String, limit: Int) throws(ManifestError) -> [UInt8] {
    guard !path.isEmpty else { throw ManifestError(.notFound, "the path is empty", file: "''") }
    var bytes: [UInt8] = []
    var isComplete = false
    let status: FileStatus
    do throws(SystemFault) {
      let file = try OpenFile(path)
      status = try file.status()
      if status.kind == .file, status.byteCount <= limit {
        isComplete = try file.read(into: &bytes, byteCount: status.byteCount)
      }
    } catch {
      throw ManifestError(error.isMissing ? .notFound : .unreadable, "cannot be read: \(error.reason)", file: path)
    }
    guard status.kind == .file else { throw ManifestError(.unreadable, "it is not a file", file: path) }
    guard status.byteCount <= limit else {
      throw ManifestError(.tooLarge, "the file has more than \(limit) bytes", file: path)
    }
    guard isComplete else {
      throw ManifestError(.unreadable, "the file changed while it was read", hint: "try again", file: path)
    }
    return bytes
  }
}
