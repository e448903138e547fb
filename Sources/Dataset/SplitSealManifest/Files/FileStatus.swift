#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What kind of thing stands under a name, and which.
struct FileStatus {
  enum Kind {
    case file, folder, link, other
  }

  /// The identity of a file or folder, whatever its names.
  struct Identity: Hashable {
    let device: UInt64
    let number: UInt64
  }

  let kind: Kind
  let byteCount: Int
  let identity: Identity
  let stamp: FileStamp

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFLNK: kind = .link
    default: kind = .other
    }
    byteCount = Int(status.st_size)
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
  init(_ path: String, followsLinks: Bool) throws(SystemFault) {
    var status = stat()
    let result = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { throw .last }
    self.init(status)
  }

  /// Looks at what stands as `path` below an open folder; the last component's link is not followed.
  init(_ path: String, in folder: Int32) throws(SystemFault) {
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

/// The absolute path of what `path` names, all links resolved.
func realPath(_ path: String) throws(SystemFault) -> String {
  guard let resolved = unsafe realpath(path, nil) else { throw .last }
  defer { unsafe free(resolved) }
  guard let text = unsafe String(validatingCString: resolved) else { throw SystemFault(number: EILSEQ) }
  return text
}

/// Whether an absolute path is `root` or lies below it, by bytes; both are real paths.
func isInside(_ path: String, _ root: String) -> Bool {
  guard root != "/" else { return true }
  guard path.utf8.starts(with: root.utf8) else { return false }
  let rest = path.utf8.dropFirst(root.utf8.count)
  return rest.isEmpty || rest.first == UInt8(ascii: "/")
}

/// The path of `path` below `root`, empty when they are one; both are real paths and one is inside the other.
package func relativePath(_ path: String, below root: String) -> String {
  guard root != "/" else { return String(path.dropFirst()) }
  return String(decoding: path.utf8.dropFirst(root.utf8.count).drop { $0 == UInt8(ascii: "/") }, as: UTF8.self)
}

/// One path put below another; either may be empty.
package func joined(_ folder: String, _ name: String) -> String {
  if folder.isEmpty { return name }
  if name.isEmpty { return folder }
  return folder.utf8.last == UInt8(ascii: "/") ? folder + name : "\(folder)/\(name)"
}
