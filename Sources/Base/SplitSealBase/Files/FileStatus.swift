package import SplitSealSystem

/// What kind of thing stands under a name, and which.
package struct FileStatus {
  package enum Kind {
    case file, folder, link, other
  }

  /// The identity of a file or folder, whatever its names.
  package struct Identity: Hashable {
    let device: UInt64
    let number: UInt64
  }

  package let kind: Kind
  package let byteCount: Int
  package let identity: Identity
  package let stamp: FileStamp
  /// Permissions and kind, as the system has them.
  package let mode: mode_t

  package init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFLNK: kind = .link
    default: kind = .other
    }
    byteCount = Int(status.st_size)
    mode = status.st_mode
    identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
    #if canImport(Darwin)
      let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (modified, changed) = (status.st_mtim, status.st_ctim)
    #endif
    stamp = FileStamp(
      byteCount: Int64(status.st_size), modified: Self.nanoseconds(modified), changed: Self.nanoseconds(changed),
      number: identity.number, device: identity.device)
  }

  /// Nanoseconds since 1970, as many as 64 bits hold: file systems of strangers may have any time.
  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// Looks at what stands at `path`; the last component's link is followed or looked at itself.
  package init(_ path: String, followsLinks: Bool) throws(SystemFault) {
    var status = stat()
    let result = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { throw .last }
    self.init(status)
  }

  /// Looks at what stands as `path` below an open folder; the last component's link is not followed.
  package init(_ path: String, in folder: Int32) throws(SystemFault) {
    var status = stat()
    guard unsafe fstatat(folder, path, &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw .last }
    self.init(status)
  }
}

/// Whether something stands at a path that is no regular file, such as a pipe or a device; links are followed.
package func isSpecialFile(_ path: String) -> Bool {
  guard let status = try? FileStatus(path, followsLinks: true) else { return false }
  return status.kind != .file
}
