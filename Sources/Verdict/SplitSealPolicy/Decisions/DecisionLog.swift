internal import SplitSealBase
internal import SplitSealManifest
internal import Synchronization
internal import SplitSealSystem

/// The file of decisions, open for writing: each decision is on the disk before anybody hears that it is saved.
///
/// One writer at a time: the file stays locked as long as the log is open.
public final class DecisionLog: Sendable {
  /// How often opening starts again because another program replaced the file meanwhile; an editor does so once.
  private static let openLimit = 100

  private let path: String
  private let calls: DecisionFileCalls
  private let state: Mutex<State>

  private struct State {
    /// The open and locked file.
    var descriptor: Int32
    /// All decisions, in order.
    var history: [Decision]
    /// Bytes of the file that hold them.
    var byteCount: Int
    /// The decisions that were added since the log was opened.
    var added: [Decision] = []
  }

  /// Opens the file, and makes it and its folder if they are missing.
  ///
  /// - Parameter path: The file; neither it nor its folder may be a link, which could lead anywhere.
  /// - Throws: ``ConfigurationError`` when it cannot be read or written, or another review is writing it.
  public convenience init(path: String) throws(ConfigurationError) {
    try self.init(path: path, calls: DecisionFileCalls())
  }

  /// Opens the file with system calls that a test chose.
  init(path: String, calls: DecisionFileCalls) throws(ConfigurationError) {
    self.path = path
    self.calls = calls
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? ""
    if !folder.isEmpty {
      guard !SmallFile.isLink(folder) else { throw Self.error("its folder is a link", path: path) }
      if !SmallFile.exists(folder) {
        // Another program may make it at the same moment.
        guard unsafe mkdir(folder, 0o755) == 0 || errno == EEXIST else {
          throw Self.error("its folder cannot be made: \(Self.systemReason)", path: path)
        }
      }
    }
    state = Mutex(try Self.open(path, calls))
  }

  deinit { state.withLock { _ = close($0.descriptor) } }

  /// Opens, locks and reads the file, and makes it if it is missing.
  private static func open(_ path: String, _ calls: DecisionFileCalls) throws(ConfigurationError) -> State {
    let descriptor = try openLocked(path, calls)
    do throws(ConfigurationError) {
      let (history, byteCount) = try contents(of: descriptor, path, calls)
      keepName(in: path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".")
      return State(descriptor: descriptor, history: history, byteCount: byteCount)
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Opens and locks the file that stands at the path.
  ///
  /// Between opening and locking, an editor or a version control system may put another file in its place. The lock would
  /// then be on a file that nobody sees any more, and another review could lock the new one: opening starts again.
  private static func openLocked(_ path: String, _ calls: DecisionFileCalls) throws(ConfigurationError) -> Int32 {
    for _ in 0..<openLimit {
      // A pipe or a device does not block, and is refused below.
      let flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
      let descriptor = systemOpen(path, flags, 0o644)
      guard descriptor >= 0 else {
        let isLink = errno == ELOOP || errno == EMLINK
        throw error(isLink ? "it is a link" : "it cannot be written: \(systemReason)", path: path)
      }
      do throws(ConfigurationError) {
        guard try status(of: descriptor, path).st_mode & S_IFMT == S_IFREG else {
          throw error("it is not a file", path: path)
        }
        try lock(descriptor, path, calls)
        if try isInPlace(descriptor, path) { return descriptor }
      } catch {
        close(descriptor)
        throw error
      }
      close(descriptor)
    }
    throw ConfigurationError([
      .init("another program keeps replacing it", hint: "end that program first, or name another file", file: path)
    ])
  }

  private static func lock(
    _ descriptor: Int32, _ path: String, _ calls: DecisionFileCalls
  ) throws(ConfigurationError) {
    while calls.lock(descriptor) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK:
        throw ConfigurationError([
          .init("another review is writing it", hint: "end that review first, or name another file", file: path)
        ])
      default:
        throw ConfigurationError([
          .init("it cannot be locked: \(systemReason)", hint: "name a file on another file system", file: path)
        ])
      }
    }
  }

  /// The decisions in force.
  public var list: DecisionList { DecisionList(file: path, history: state.withLock(\.history)) }

  /// Adds a decision to the file; when the call returns, it is on the disk.
  ///
  /// If an editor or a version control system has replaced or rewritten the file meanwhile, the log goes on with the file
  /// as it is now, and adds again what it added before and is no longer there.
  ///
  /// - Throws: ``ConfigurationError`` when it cannot be saved. The file is then as before, unless the message says that a
  ///   part of the decision could not be removed again.
  public func append(_ decision: Decision) throws(ConfigurationError) {
    try state.withLock { state throws(ConfigurationError) in
      if try !isCurrent(state) { try reopen(&state) }
      try write(decision, &state)
      state.added.append(decision)
    }
  }

  private func write(_ decision: Decision, _ state: inout State) throws(ConfigurationError) {
    let line = Array(decision.line.utf8)
    guard state.byteCount + line.count <= DecisionList.maximumByteCount else {
      throw unsaved("the file would have more than \(DecisionList.maximumByteCount) bytes")
    }
    guard calls.write(line, state.descriptor), calls.synchronize(state.descriptor) == 0 else {
      let reason = Self.systemReason
      // Half a line would count as a fault of the file once another line follows it.
      guard calls.truncate(state.descriptor, state.byteCount) == 0 else {
        throw ConfigurationError([
          .init(
            "the decision cannot be saved: \(reason); what was written of it cannot be removed: \(Self.systemReason)",
            hint: "look at the last line of the file, and remove it if it is not whole or not wanted", file: path)
        ])
      }
      throw unsaved(reason)
    }
    state.history.append(decision)
    state.byteCount += line.count
  }

  private func unsaved(_ reason: String) -> ConfigurationError {
    Self.error("the decision cannot be saved: \(reason)", path: path)
  }

  /// Whether the open file is the one that stands at the path, as it was left.
  private func isCurrent(_ state: State) throws(ConfigurationError) -> Bool {
    guard try Self.isInPlace(state.descriptor, path) else { return false }
    return try Int(Self.status(of: state.descriptor, path).st_size) == state.byteCount
  }

  private func reopen(_ state: inout State) throws(ConfigurationError) {
    let added = state.added
    if try Self.isInPlace(state.descriptor, path) {
      // The file was rewritten in place. It is read again and stays locked: nobody else can step in between.
      (state.history, state.byteCount) = try Self.contents(of: state.descriptor, path, calls)
    } else {
      let replaced = state.descriptor
      state = try Self.open(path, calls)
      state.added = added
      close(replaced)
    }
    let known = Set(state.history.map(\.line))
    for decision in added where !known.contains(decision.line) { try write(decision, &state) }
  }

  private static func status(of descriptor: Int32, _ path: String) throws(ConfigurationError) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw error("it cannot be read: \(systemReason)", path: path)
    }
    return status
  }

  /// Whether an open file is the one that stands at the path.
  private static func isInPlace(_ descriptor: Int32, _ path: String) throws(ConfigurationError) -> Bool {
    let opened = try status(of: descriptor, path)
    var named = stat()
    guard unsafe lstat(path, &named) == 0 else {
      guard errno == ENOENT else { throw error("it cannot be read: \(systemReason)", path: path) }
      return false
    }
    return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
  }

  /// Writes the folder's entry of a new file to the disk too; some file systems do not need that and refuse.
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

  /// Reads the open and locked file, and cuts off what was being written when the last writer stopped.
  private static func contents(
    of descriptor: Int32, _ path: String, _ calls: DecisionFileCalls
  ) throws(ConfigurationError) -> (history: [Decision], byteCount: Int) {
    let bytes = try bytes(of: descriptor, path)
    var contents = try DecisionLines.parse(bytes, file: path)
    if contents.byteCount < bytes.count, calls.truncate(descriptor, contents.byteCount) != 0 {
      throw error("its last line is not whole and cannot be removed: \(systemReason)", path: path)
    }
    if contents.lacksNewline {
      guard calls.write([UInt8(ascii: "\n")], descriptor) else {
        throw error("the end of its last line cannot be written: \(systemReason)", path: path)
      }
      contents.byteCount += 1
    }
    return (contents.decisions, contents.byteCount)
  }

  /// The bytes of the very file that is locked, whatever stands at the path by now.
  private static func bytes(of descriptor: Int32, _ path: String) throws(ConfigurationError) -> [UInt8] {
    let limit = DecisionList.maximumByteCount
    var bytes: [UInt8] = []
    let size = try Int(status(of: descriptor, path).st_size)
    bytes.reserveCapacity(min(size, limit) + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe pread(descriptor, $0.baseAddress, $0.count, off_t(bytes.count))
      }
      if count == 0 { return bytes }
      if count < 0 {
        guard errno == EINTR else { throw error("it cannot be read: \(systemReason)", path: path) }
        continue
      }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw error("the file has more than \(limit) bytes", path: path) }
    }
  }

  private static func error(_ message: String, path: String) -> ConfigurationError {
    ConfigurationError([.init(message, file: path)])
  }

  private static var systemReason: String { SystemFault.last.reason }
}
