#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Keeps other processes from changing a file between reading it and replacing it; ends with the value.
///
/// The folder is locked and not the file, which is replaced by another one, so that nothing is left behind. A file system
/// that has no locks, or none for folders, is gone on with unlocked.
package struct FolderLock: ~Copyable {
  /// Somebody else keeps the folder locked.
  package struct Busy: Error {}

  /// Seconds that others are waited for.
  private static let patience = 10

  private let descriptor: Int32

  /// Locks the folder that a file stands in.
  ///
  /// - Parameter file: Path of the file; its folder has to be there.
  /// - Throws: ``Busy`` when others keep it locked for ten seconds.
  package init(around file: String) throws(Busy) {
    let name = lastComponent(of: file)
    let folder = file.utf8.count == name.utf8.count ? "." : String(file.dropLast(name.count))
    let opened = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    let deadline = ContinuousClock.now + .seconds(Self.patience)
    while opened >= 0, flock(opened, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR {
      guard ContinuousClock.now < deadline else {
        close(opened)
        throw Busy()
      }
      usleep(10_000)
    }
    descriptor = opened
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Ends the lock, here and not earlier.
  package consuming func release() {}
}
