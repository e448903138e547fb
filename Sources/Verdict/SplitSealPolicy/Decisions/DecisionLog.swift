internal import SplitSealBase
internal import SplitSealManifest
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The file of decisions, open for more: each is on the disk before anybody is told that it is saved.
///
/// One writer at a time: the file stays locked as long as the log is open.
public final class DecisionLog: Sendable {
  private let path: String
  private let state: Mutex<State>

  private struct State {
    /// The open and locked file.
    var descriptor: Int32
    /// What was decided, in order.
    var history: [Decision]
    /// Bytes of the file that hold it.
    var byteCount: Int
    /// What was added since the log was opened.
    var added: [Decision] = []
  }

  /// Opens the file, and makes it and its folder where they are missing.
  ///
  /// - Parameter path: The file; neither it nor its folder may be a link, which could lead anywhere.
  /// - Throws: ``ConfigurationError`` when it cannot be read or written, or somebody else writes it.
  public init(path: String) throws(ConfigurationError) {
    self.path = path
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? ""
    if !folder.isEmpty {
      guard !SmallFile.isLink(folder) else { throw Self.error("its folder is a link", path: path) }
      if !SmallFile.exists(folder) {
        guard unsafe mkdir(folder, 0o755) == 0 else {
          throw Self.error("its folder cannot be made: \(Self.systemReason)", path: path)
        }
      }
    }
    state = Mutex(try Self.open(path))
  }

  deinit { state.withLock { _ = close($0.descriptor) } }

  /// Opens, locks and reads the file, which is made where it is missing.
  private static func open(_ path: String) throws(ConfigurationError) -> State {
    // A pipe or a device does not block, and is refused below.
    let flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let opened = systemOpen(path, flags, 0o644)
    guard opened >= 0 else {
      let isLink = errno == ELOOP || errno == EMLINK
      throw error(isLink ? "it is a link" : "it cannot be written: \(systemReason)", path: path)
    }
    do throws(ConfigurationError) {
      let (history, byteCount) = try contents(opened, path)
      keepName(in: path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".")
      return State(descriptor: opened, history: history, byteCount: byteCount)
    } catch {
      close(opened)
      throw error
    }
  }

  /// What is in force.
  public var list: DecisionList { DecisionList(file: path, history: state.withLock(\.history)) }

  /// Adds a decision to the file; when the call returns it is on the disk.
  ///
  /// A file that an editor or a version control system has replaced or rewritten meanwhile is gone on with as it is now;
  /// what was added before and is not in it any more is added again.
  ///
  /// - Throws: ``ConfigurationError`` when it cannot be saved; the file is then as before.
  public func append(_ decision: Decision) throws(ConfigurationError) {
    try state.withLock { state throws(ConfigurationError) in
      if !isCurrent(state) { try reopen(&state) }
      try write(decision, &state)
      state.added.append(decision)
    }
  }

  private func write(_ decision: Decision, _ state: inout State) throws(ConfigurationError) {
    let line = Array(decision.line.utf8)
    guard state.byteCount + line.count <= DecisionList.maximumByteCount else {
      throw unsaved("it would have more than \(DecisionList.maximumByteCount) bytes")
    }
    guard writeAll(line, to: state.descriptor), fsync(state.descriptor) == 0 else {
      let reason = Self.systemReason
      // Half a line would be taken for a fault of the file once another follows it.
      _ = ftruncate(state.descriptor, off_t(state.byteCount))
      throw unsaved(reason)
    }
    state.history.append(decision)
    state.byteCount += line.count
  }

  private func unsaved(_ reason: String) -> ConfigurationError {
    Self.error("the decision cannot be saved: \(reason)", path: path)
  }

  /// Size of the open file; `nil` where it is no longer the one that stands at the path.
  private func sizeIfInPlace(_ state: State) -> Int? {
    var (opened, named) = (stat(), stat())
    guard unsafe fstat(state.descriptor, &opened) == 0 && lstat(path, &named) == 0, opened.st_dev == named.st_dev,
      opened.st_ino == named.st_ino
    else { return nil }
    return Int(opened.st_size)
  }

  /// Whether the open file is the one that stands at the path, as it was left.
  private func isCurrent(_ state: State) -> Bool { sizeIfInPlace(state) == state.byteCount }

  private func reopen(_ state: inout State) throws(ConfigurationError) {
    let added = state.added
    if sizeIfInPlace(state) == nil {
      let replaced = state.descriptor
      state = try Self.open(path)
      state.added = added
      close(replaced)
    } else {
      // The file was rewritten in place. It is read anew and stays locked: nobody else can step in between.
      (state.history, state.byteCount) = try Self.contents(state.descriptor, path)
    }
    let known = Set(state.history.map(\.line))
    for decision in added where !known.contains(decision.line) { try write(decision, &state) }
  }

  /// Has the folder's entry of a new file on the disk as well; some file systems have nothing to do for it and refuse.
  private static func keepName(in folder: String) {
    let descriptor = systemOpen(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }

  private static func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    #if canImport(Glibc)
      unsafe Glibc.open(path, flags, mode)
    #elseif canImport(Musl)
      unsafe Musl.open(path, flags, mode)
    #else
      unsafe Darwin.open(path, flags, mode)
    #endif
  }

  /// Locks the open file, reads it, and cuts off what was being written when the last writer stopped.
  private static func contents(
    _ descriptor: Int32, _ path: String
  ) throws(ConfigurationError) -> (history: [Decision], byteCount: Int) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw error("it is not a file", path: path)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw ConfigurationError([
        .init("another review is writing it", hint: "end that review first, or name another file", file: path)
      ])
    }
    let bytes: [UInt8]
    do throws(FileError) { bytes = try SmallFile.read(path, limit: DecisionList.maximumByteCount) } catch {
      throw ConfigurationError([.init(error.message, hint: error.hint, file: path)])
    }
    var contents = try DecisionLines.parse(bytes, file: path)
    if contents.byteCount < bytes.count, ftruncate(descriptor, off_t(contents.byteCount)) != 0 {
      throw error("its last line is not whole and cannot be removed: \(systemReason)", path: path)
    }
    if contents.lacksNewline {
      guard writeAll([UInt8(ascii: "\n")], to: descriptor) else {
        throw error("its last line cannot be ended: \(systemReason)", path: path)
      }
      contents.byteCount += 1
    }
    return (contents.decisions, contents.byteCount)
  }

  private static func error(_ message: String, path: String) -> ConfigurationError {
    ConfigurationError([.init(message, file: path)])
  }

  private static var systemReason: String {
    switch errno {
    case EACCES, EPERM: "permission denied"
    case ENOSPC, EDQUOT: "the disk is full"
    case EROFS: "the disk is read-only"
    case ENOENT, ENOTDIR: "no such folder"
    case EISDIR: "it is a folder"
    default: "system error \(errno)"
    }
  }
}
