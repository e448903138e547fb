package import SplitSealSystem

/// A file that is written under another name and put in its place when it is whole.
///
/// Other programs see either the old bytes or the new ones. Until ``finish(isDurable:)`` the bytes are in a file beside it, named
/// `NAME.partial-PROCESS`, which is removed when the value is given up.
package final class AtomicFile {
  /// The descriptor of the file that is being written.
  package let descriptor: Int32
  private let target: String
  private var partial: String?

  /// Opens the file beside the target.
  ///
  /// - Parameters:
  ///   - path: The file that is replaced, or made.
  ///   - mode: Permissions of a new file, before the process's mask.
  ///   - followsLinks: Whether a link is followed, so that it stays one; otherwise the link itself is replaced. Files in a
  ///     folder that came from a stranger are not written through links, which could lead anywhere.
  ///   - keepsMode: Whether the permissions of a file that is replaced are kept.
  /// - Throws: ``SystemFault`` when the file beside the target cannot be made.
  package init(_ path: String, mode: mode_t = 0o666, followsLinks: Bool = true, keepsMode: Bool = true)
    throws(SystemFault)
  {
    target = followsLinks ? (try? realPath(path)) ?? path : path
    let partial = "\(target).partial-\(getpid())"
    PartialFiles.add(partial)
    // Only a process that ended long ago can have left one of this name.
    unsafe _ = unlink(partial)
    descriptor = unsafe open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      let fault = SystemFault.last
      PartialFiles.forget(partial)
      throw fault
    }
    self.partial = partial
    var old = stat()
    if keepsMode, unsafe stat(target, &old) == 0 { _ = fchmod(descriptor, old.st_mode & 0o777) }
  }

  deinit {
    giveUp()
    if descriptor >= 0 { close(descriptor) }
  }

  /// Writes the next bytes.
  package func write(_ bytes: [UInt8]) throws(SystemFault) {
    guard writeAll(bytes, to: descriptor) else { throw .last }
  }

  /// Puts what was written in its place.
  ///
  /// - Parameter isDurable: Whether the bytes are on the disk before they have the name: for what cannot be made again.
  /// - Throws: ``SystemFault`` when the bytes or the name cannot be put on the disk.
  package func finish(isDurable: Bool) throws(SystemFault) {
    guard let partial else { return }
    // Some file systems have nothing to do here and refuse.
    guard !isDurable || fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else { throw .last }
    guard unsafe rename(partial, target) == 0 else { throw .last }
    PartialFiles.forget(partial)
    self.partial = nil
  }

  /// Removes what was written so far.
  private func giveUp() {
    guard let partial else { return }
    unsafe _ = unlink(partial)
    PartialFiles.forget(partial)
    self.partial = nil
  }
}
