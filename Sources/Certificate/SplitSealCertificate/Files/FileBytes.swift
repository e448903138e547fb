#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Whole files, read and written through the system's calls: modes, exclusive creation and renaming are the point.
enum FileBytes {
  /// Reads a regular file of at most `limit` bytes.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: Most bytes it may have.
  ///   - missingHint: What to do when there is no such file.
  /// - Returns: The bytes and the file's mode.
  /// - Throws: ``CertificateError``: `notFound`, `inputOutput`, `tooLarge`.
  static func read(
    _ path: String, limit: Int, missingHint: String? = nil
  ) throws(CertificateError) -> (bytes: [UInt8], mode: mode_t) {
    // Without O_NONBLOCK, opening a named pipe would wait for its other end for ever.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure("cannot be opened", path, missingHint: missingHint) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure("cannot be opened", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw CertificateError(.inputOutput, "not a regular file", file: path)
    }
    var bytes: [UInt8] = []
    let size = Int(status.st_size)
    guard size <= limit else { throw tooLarge(path, limit) }
    bytes.reserveCapacity(size)
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe Self.systemRead(descriptor, $0) }
      guard count >= 0 else { throw failure("cannot be read", path) }
      if count == 0 { break }
      // The file may have grown since its size was asked for.
      guard bytes.count + count <= limit else { throw tooLarge(path, limit) }
      bytes.append(contentsOf: chunk[..<count])
    }
    return (bytes, status.st_mode)
  }

  /// Creates a file that is not there yet; nothing stays behind when it fails.
  static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(CertificateError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure("cannot be created", path) }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe write(descriptor, UnsafeRawBufferPointer(rebasing: $0[written...]).baseAddress, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      written += count
    }
    let isWhole = written == bytes.count && fsync(descriptor) == 0
    let error = isWhole ? nil : failure("cannot be written", path)
    close(descriptor)
    guard let error else { return }
    remove(path)
    throw error
  }

  /// Writes a file so that other programs see either the old bytes or the new ones.
  static func replace(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(CertificateError) {
    let temporary = "\(path).\(getpid()).tmp"
    remove(temporary)
    try create(temporary, bytes, mode: mode)
    guard unsafe rename(temporary, path) == 0 else {
      let error = failure("cannot be written", path)
      remove(temporary)
      throw error
    }
  }

  /// Makes a folder unless it is there.
  static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(CertificateError) {
    guard unsafe mkdir(path, mode) != 0, errno != EEXIST else { return }
    throw failure("cannot be created", path)
  }

  /// Makes the folders above a file, for their owner alone, unless they are there.
  static func makeFolders(above path: String) throws(CertificateError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
    var folder = path.hasPrefix("/") ? "/" : ""
    for part in parts {
      folder += "\(part)/"
      guard unsafe mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
      // What is there already may stand in a folder that nobody may write to.
      var status = stat()
      guard unsafe stat(folder, &status) != 0 else { continue }
      throw failure("cannot be created", folder)
    }
  }

  /// Removes a file if it is there.
  static func remove(_ path: String) { unsafe _ = unlink(path) }

  private static func systemRead(_ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = unsafe Self.oneRead(descriptor, buffer)
      if count >= 0 || errno != EINTR { return count }
    }
  }

  private static func oneRead(_ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Darwin)
      unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      unsafe Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func tooLarge(_ path: String, _ limit: Int) -> CertificateError {
    CertificateError(.tooLarge, "the file is larger than \(limit) bytes", file: path)
  }

  /// The error that `errno` stands for.
  private static func failure(
    _ what: String, _ path: String, missingHint: String? = "name a folder that is there"
  ) -> CertificateError {
    let number = errno
    let code: CertificateError.Code =
      switch number {
      case ENOENT: .notFound
      case EEXIST: .alreadyExists
      default: .inputOutput
      }
    let reason = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
    let hint: String? =
      switch code {
      case .alreadyExists: "take another name: a key is never overwritten"
      case .notFound: missingHint
      default: nil
      }
    return CertificateError(code, "\(what): \(reason.lowercased())", hint: hint, file: path)
  }
}
