internal import SplitSealSystem

/// Keeps others from changing a file between reading it and replacing it; ends with the value.
///
/// The lock is on the folder and not on the file, which another one replaces, so that nothing is left behind. Where a
/// folder cannot be locked (NFS locks only what is open for writing), the lock is on a file beside it, `NAME.lock`, which
/// is removed at the end. Only a file system without any locks is used unlocked.
/// - Source: flock(2), "NFS details".
package struct FolderLock: ~Copyable {
  /// Why there is no lock, in words for people.
  package struct Failure: Error, Hashable {
    /// What is wrong with the file.
    package let reason: String
    /// What to do about it.
    package let hint: String

    static let busy = Failure(reason: "another process is writing it", hint: "try again when that has ended")
  }

  /// Seconds to wait for others.
  private static let patience = 10

  /// Where the file really stands: with links followed, so that writers who use a link and writers who do not meet.
  package let file: String
  private let descriptor: Int32
  /// The lock file beside the file; `nil` where the folder itself is locked.
  private let lockFile: String?

  /// Locks a file that is going to be replaced.
  ///
  /// - Parameter file: Path of the file; it may be missing, its folder has to be there.
  /// - Throws: ``Failure`` when others keep it locked for ten seconds, or it cannot be locked.
  package init(around file: String) throws(Failure) {
    try self.init(around: file) { flock($0, LOCK_EX | LOCK_NB) }
  }

  /// Locks a file; a test may choose the call that locks folders.
  init(around file: String, lockFolder: (_ descriptor: Int32) -> Int32) throws(Failure) {
    let file = Self.resolved(file)
    let (descriptor, lockFile) = try Self.locked(file, lockFolder)
    (self.file, self.descriptor, self.lockFile) = (file, descriptor, lockFile)
  }

  deinit {
    // While the lock lasts: whoever waits for it sees that the file is gone, and makes a new one.
    if let lockFile { unsafe unlink(lockFile) }
    if descriptor >= 0 { close(descriptor) }
  }

  /// Ends the lock, here and not earlier.
  package consuming func release() {}

  /// Waits for a lock; `false` where what is open cannot be locked at all.
  ///
  /// - Throws: ``Failure/busy`` at the deadline; `descriptor` is closed then.
  private static func isLocked(
    _ descriptor: Int32, until deadline: ContinuousClock.Instant, _ lock: (Int32) -> Int32
  ) throws(Failure) -> Bool {
    while lock(descriptor) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { return false }
      guard ContinuousClock.now < deadline else {
        close(descriptor)
        throw .busy
      }
      usleep(10_000)
    }
    return true
  }

  /// Locks the folder of a file, or else a lock file beside it.
  private static func locked(
    _ file: String, _ lockFolder: (Int32) -> Int32
  ) throws(Failure) -> (descriptor: Int32, lockFile: String?) {
    let deadline = ContinuousClock.now + .seconds(patience)
    let folder = unsafe open(folder(of: file), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A folder may allow writing and not listing: then a file in it can still be locked.
    guard folder >= 0 || errno == EACCES else { throw notOpened() }
    if folder >= 0 {
      if try isLocked(folder, until: deadline, lockFolder) { return (folder, nil) }
      close(folder)
    }
    let lockFile = "\(file).lock"
    let descriptor = try lockedFile(lockFile, until: deadline)
    return (descriptor, descriptor < 0 ? nil : lockFile)
  }

  /// Makes, opens and locks a lock file; -1 where the file system has no locks.
  private static func lockedFile(_ path: String, until deadline: ContinuousClock.Instant) throws(Failure) -> Int32 {
    while true {
      let opened = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
      guard opened >= 0 else { throw notOpened() }
      guard try isLocked(opened, until: deadline, { flock($0, LOCK_EX | LOCK_NB) }) else {
        unsafe unlink(path)
        close(opened)
        return -1
      }
      var (held, named) = (stat(), stat())
      if unsafe fstat(opened, &held) == 0 && lstat(path, &named) == 0, held.st_dev == named.st_dev,
        held.st_ino == named.st_ino
      {
        return opened
      }
      // Whoever had the lock has removed the file: the lock is on one that nobody else sees.
      close(opened)
    }
  }

  private static func notOpened() -> Failure {
    Failure(
      reason: "it cannot be locked: \(SystemFault.last.reason)", hint: "name a file in a folder that you may write to")
  }

  private static func folder(of file: String) -> String {
    let name = lastComponent(of: file)
    return file.utf8.count == name.utf8.count ? "." : String(file.dropLast(name.count))
  }

  /// Where a path leads; the path itself where nothing stands there yet.
  private static func resolved(_ file: String) -> String {
    if let real = try? realPath(file) { return real }
    guard let folder = try? realPath(folder(of: file)) else { return file }
    return folder == "/" ? "/\(lastComponent(of: file))" : "\(folder)/\(lastComponent(of: file))"
  }
}
