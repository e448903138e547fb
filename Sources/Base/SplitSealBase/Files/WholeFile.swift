package import SplitSealSystem

/// Whole files, read and written through the system's calls: modes, exclusive creation and renaming are the point.
package enum WholeFile {
  /// Reads a regular file of at most `limit` bytes; a pipe or a device does not block and is refused.
  ///
  /// - Returns: The bytes and the file's mode.
  /// - Throws: ``FileError``: `notFound`, `unreadable`, `tooLarge`.
  package static func read(_ path: String, limit: Int) throws(FileError) -> (bytes: [UInt8], mode: mode_t) {
    var bytes: [UInt8] = []
    var mode: mode_t = 0
    var isComplete = false
    let status: FileStatus
    do throws(SystemFault) {
      let file = try OpenFile(path)
      status = try file.status()
      mode = status.mode
      if status.kind == .file, status.byteCount <= limit {
        isComplete = try file.read(into: &bytes, byteCount: status.byteCount)
      }
    } catch {
      throw FileError(error, "cannot be read", file: path)
    }
    guard status.kind == .file else { throw FileError(.unreadable, "not a regular file", file: path) }
    guard status.byteCount <= limit else {
      throw FileError(.tooLarge, "the file is larger than \(limit) bytes", file: path)
    }
    guard isComplete else {
      throw FileError(.unreadable, "the file changed while it was read", hint: "try again", file: path)
    }
    return (bytes, mode)
  }

  /// Creates a file that is not there yet; nothing stays behind when it fails.
  ///
  /// - Throws: ``FileError``: `alreadyExists`, `notFound` for a folder that is not there, `unreadable`.
  package static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(FileError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw FileError(.last, "cannot be created", file: path) }
    let isWhole = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
    let error = isWhole ? nil : FileError(.last, "cannot be written", file: path)
    close(descriptor)
    guard let error else { return }
    remove(path)
    throw error
  }

  /// Replaces a file, or makes it, so that other programs see either the old bytes or the new ones.
  ///
  /// A link is replaced and never written through.
  ///
  /// - Throws: ``FileError``: `notFound` for a folder that is not there, `unreadable`.
  package static func replace(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(FileError) {
    do throws(SystemFault) {
      let file = try AtomicFile(path, mode: mode, followsLinks: false, keepsMode: false)
      try file.write(bytes)
      try file.finish(isDurable: true)
    } catch {
      throw FileError(error, "cannot be written", file: path)
    }
  }

  /// Makes a folder unless it is there.
  package static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(FileError) {
    guard unsafe mkdir(path, mode) != 0, errno != EEXIST else { return }
    throw FileError(.last, "cannot be created", file: path)
  }

  /// Makes the folders above a file, for their owner alone, unless they are there.
  package static func makeFolders(above path: String) throws(FileError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
    var folder = path.hasPrefix("/") ? "/" : ""
    for part in parts {
      folder += "\(part)/"
      guard unsafe mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
      let fault = SystemFault.last
      // What is there already may stand in a folder that nobody may write to.
      guard (try? FileStatus(folder, followsLinks: true)) == nil else { continue }
      throw FileError(fault, "cannot be created", file: folder)
    }
  }

  /// Removes a file if it is there.
  package static func remove(_ path: String) { unsafe _ = unlink(path) }
}

extension FileError {
  /// The error that the system's answer stands for: `cannot be read: permission denied`.
  package init(_ fault: SystemFault, _ what: String, file: String) {
    let code: Code = fault.number == ENOENT ? .notFound : fault.isThereAlready ? .alreadyExists : .unreadable
    self.init(code, "\(what): \(fault.reason)", file: file)
  }
}
