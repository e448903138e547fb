internal import SplitSealBase
internal import SplitSealSystem

/// One name in a folder.
struct FolderEntry {
  /// The name; where ``isValid`` is false, bytes beyond ASCII are written as `\xEB`.
  let name: String
  /// Whether the name is valid UTF-8.
  let isValid: Bool
  let kind: FileStatus.Kind
  /// Whether it is a folder or a link that leads to one.
  let isFolder: Bool

  /// Everything in a folder but `.` and `..`, sorted so that walking depth first yields paths in order of their bytes.
  ///
  /// That order is not the order of the names: `a-b` stands before `a/x` although `a` stands before `a-b`, so a folder
  /// is compared as its name with a slash.
  static func list(_ path: String) throws(SystemFault) -> [FolderEntry] {
    guard let stream = unsafe opendir(path) else { throw .last }
    defer { unsafe closedir(stream) }
    var entries: [FolderEntry] = []
    while true {
      errno = 0
      guard let record = unsafe readdir(stream) else {
        guard errno == 0 else { throw .last }
        break
      }
      guard let entry = unsafe try FolderEntry(record, in: path) else { continue }
      entries.append(entry)
    }
    return entries.sorted { $0.sortKey.lexicographicallyPrecedes($1.sortKey) }
  }

  private var sortKey: [UInt8] {
    Array(name.utf8) + (isFolder ? [UInt8(ascii: "/")] : [])
  }

  /// A name that is not UTF-8, so that no two of them are written alike.
  private static func escaped(_ characters: UnsafePointer<CChar>) -> String {
    var name = ""
    var at = unsafe characters
    while unsafe at.pointee != 0 {
      let byte = unsafe UInt8(bitPattern: at.pointee)
      name += byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
      unsafe at += 1
    }
    return name
  }

  private init?(_ record: UnsafeMutablePointer<dirent>, in folder: String) throws(SystemFault) {
    // A record is only as long as its name: copying the whole 256-byte member could read past the system's buffer.
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
    let characters = unsafe UnsafeRawPointer(record).advanced(by: offset).assumingMemoryBound(to: CChar.self)
    if let text = unsafe String(validatingCString: characters) {
      name = text
      isValid = true
    } else {
      name = unsafe Self.escaped(characters)
      isValid = false
    }
    guard name != ".", name != ".." else { return nil }
    switch Int32(unsafe record.pointee.d_type) {
    case Int32(DT_REG): kind = .file
    case Int32(DT_DIR): kind = .folder
    case Int32(DT_LNK): kind = .link
    case Int32(DT_UNKNOWN) where isValid:
      // Some file systems do not say; asking costs a call a file.
      kind = try FileStatus(joined(folder, name), followsLinks: false).kind
    default: kind = .other
    }
    // A link that leads nowhere is listed like a file, so that it is reported and not dropped.
    isFolder =
      kind == .folder
      || (kind == .link && isValid && (try? FileStatus(joined(folder, name), followsLinks: true).kind) == .folder)
  }
}
