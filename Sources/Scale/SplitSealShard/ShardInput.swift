internal import SplitSealSystem

/// An open file, pipe or standard input, read from the start to the end.
struct ShardInput: ~Copyable {
  /// Bytes that are asked for at once.
  ///
  /// Memory grows with what has come, never with what is said to come.
  private static let stepByteCount = 1 << 20

  private let source: ShardSource
  private let descriptor: Int32

  /// Opens the file.
  init(_ source: ShardSource) throws(ShardError) {
    self.source = source
    descriptor = source.isStandardInput ? STDIN_FILENO : unsafe open(source.path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw Self.error(errno, source) }
  }

  deinit {
    if descriptor > STDIN_FILENO { close(descriptor) }
  }

  /// Reads bytes and puts them behind those that are there.
  ///
  /// - Returns: How many came: fewer than `count` only at the end.
  func read(_ count: Int, to bytes: inout [UInt8]) throws(ShardError) -> Int {
    var done = 0
    while done < count {
      let wanted = min(count - done, Self.stepByteCount)
      var failure: Int32?
      let before = bytes.count
      bytes.append(addingCapacity: wanted) { span in
        unsafe span.withUnsafeMutableBufferPointer { buffer, initialized in
          #if canImport(Glibc)
            let received = unsafe Glibc.read(descriptor, buffer.baseAddress, wanted)
          #elseif canImport(Musl)
            let received = unsafe Musl.read(descriptor, buffer.baseAddress, wanted)
          #else
            let received = unsafe Darwin.read(descriptor, buffer.baseAddress, wanted)
          #endif
          if received >= 0 {
            initialized = received
          } else {
            failure = errno
          }
        }
      }
      if let failure {
        guard failure == EINTR else { throw Self.error(failure, source) }
        continue
      }
      let received = bytes.count - before
      guard received > 0 else { return done }
      done += received
    }
    return done
  }

  /// Whether a regular file stands at a path, so that opening it waits for nobody.
  static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func error(_ number: Int32, _ source: ShardSource) -> ShardError {
    let origin = "a shard is what splitseal hash -o FILE writes"
    return switch number {
    case ENOENT, ENOTDIR: ShardError(.notFound, "no such file", hint: origin, file: source.name)
    case EISDIR:
      ShardError(
        .unreadable, "it is a folder", hint: "name the shards in it, for example '\(source.path)/*.fp'",
        file: source.name)
    case EACCES, EPERM: ShardError(.unreadable, "permission denied", file: source.name)
    case EBADF: ShardError(.unreadable, "it is closed", hint: origin, file: source.name)
    default: ShardError(.unreadable, "cannot be read: system error \(number)", file: source.name)
    }
  }
}
