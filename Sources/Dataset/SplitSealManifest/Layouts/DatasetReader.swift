public import SplitSealBase

/// Reads files of a dataset one after the other.
///
/// Each worker has its own.
/// The folder of the last file stays open, because the next file is as a rule in it: a file then costs five system
/// calls whatever the depth of its path.
public struct DatasetReader: ~Copyable {
  private let directory: DatasetDirectory
  /// The folder that is open; `nil` stands for the root itself.
  private var folder: OpenFile?
  /// How the path that was read last names that folder.
  private var folderPath = ""
  /// Where the folder is below the root, links resolved.
  private var folderLocation = ""

  /// Whether files are read whose names no manifest could hold.
  private let takesAnyName: Bool

  /// Makes a reader of the files of `directory`.
  ///
  /// - Parameters:
  ///   - directory: The folder.
  ///   - takesAnyName: Whether files are read whose names no manifest could hold: with a backslash, a control character.
  public init(_ directory: DatasetDirectory, takesAnyName: Bool = false) {
    self.directory = directory
    self.takesAnyName = takesAnyName
  }

  /// Reads one file to its end.
  ///
  /// - Parameters:
  ///   - path: Path below the root, as in `Sample.path`.
  ///   - buffer: Overwritten with the file's bytes; its memory is used again.
  ///   - maximumByteCount: Size of the largest file that is read.
  /// - Returns: The stamp of the file that was read, the same before and after.
  /// - Throws: ``DatasetFileFault``; `buffer` is then undefined.
  /// - Complexity: O(*n*) for *n* bytes, and no allocation of them once `buffer` has held a file as large.
  @discardableResult
  public mutating func read(
    _ path: String, into buffer: inout [UInt8], maximumByteCount: Int
  ) throws(DatasetFileFault) -> FileStamp {
    try open(path).read(into: &buffer, maximumByteCount: maximumByteCount)
  }

  /// Opens one file.
  ///
  /// - Parameter path: Path below the root, as in `Sample.path`.
  /// - Returns: The file, to be read.
  /// - Throws: ``DatasetFileFault``.
  public mutating func open(_ path: String) throws(DatasetFileFault) -> DatasetFile {
    try check(path)
    return DatasetFile(try openFile(path))
  }

  /// Tells how many bytes a file has, without reading them.
  ///
  /// - Parameter path: Path below the root, as in `Sample.path`.
  /// - Returns: The file's length.
  /// - Throws: ``DatasetFileFault``.
  public mutating func byteCount(of path: String) throws(DatasetFileFault) -> Int {
    if let stamp = stamp(of: path) { return Int(stamp.byteCount) }
    try check(path)
    let file = try openFile(path)
    let status: FileStatus
    do throws(SystemFault) {
      status = try file.status()
    } catch {
      throw DatasetFileFault(error)
    }
    guard status.kind == .file else { throw .notAFile }
    return status.byteCount
  }

  /// Looks at a file without opening it.
  ///
  /// - Parameter path: Path below the root, as in `Sample.path`.
  /// - Returns: Its stamp; `nil` for what is not there, for a link, and for what is no file: ``read(_:into:maximumByteCount:)``
  ///   says why.
  public mutating func stamp(of path: String) -> FileStamp? {
    do throws(DatasetFileFault) {
      try check(path)
      let name = try enterFolder(of: path)
      // A folder that a link leads to has another location: its files are read anew.
      guard folderPath.hasSameBytes(as: folderLocation) else { return nil }
      guard let status = try? FileStatus(name, in: descriptor), status.kind == .file else { return nil }
      return status.stamp
    } catch {
      return nil
    }
  }

  /// Refuses what would not be a path below the root.
  ///
  /// Manifests are checked when they are read; callers may be others.
  private func check(_ path: String) throws(DatasetFileFault) {
    if !takesAnyName, let fault = PathRule.fault(inListedPath: path) { throw .unreadable(reason: fault) }
    guard path.utf8.first != UInt8(ascii: "/") else { throw .leavesRoot(target: path) }
    guard !path.utf8.contains(0) else { throw .missing }
    for component in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard !component.elementsEqual("..".utf8) else { throw .leavesRoot(target: path) }
      guard !component.isEmpty, !component.elementsEqual(".".utf8) else { throw .missing }
    }
  }

  private mutating func openFile(_ path: String) throws(DatasetFileFault) -> OpenFile {
    let name = try enterFolder(of: path)
    do throws(SystemFault) {
      return try OpenFile(name, in: descriptor)
    } catch {
      guard error.isLink else { throw DatasetFileFault(error) }
    }
    let target = try target(of: joined(folderLocation, name))
    guard !target.isEmpty else { throw .notAFile }
    do throws(SystemFault) {
      let (folder, name) = Self.split(target)
      try walk(to: folder)
      return try OpenFile(name, in: descriptor)
    } catch {
      throw error.isLink ? Self.changed : DatasetFileFault(error)
    }
  }

  /// Opens the folder that a path names, unless it is open.
  ///
  /// - Returns: What stands behind the folder: the file's name.
  private mutating func enterFolder(of path: String) throws(DatasetFileFault) -> String {
    let (wanted, name) = Self.split(path)
    guard !wanted.hasSameBytes(as: folderPath) else { return name }
    do throws(SystemFault) {
      try walk(to: wanted)
      return name
    } catch {
      guard error.isLink || error.number == SystemFault.notAFolder else { throw DatasetFileFault(error) }
    }
    // Asked for a folder, Linux says of a link that it is none.
    let target = try target(of: wanted)
    do throws(SystemFault) {
      try walk(to: target)
    } catch {
      throw error.isLink ? Self.changed : DatasetFileFault(error)
    }
    folderPath = wanted
    return name
  }

  /// Opens one folder after the other, following no link.
  ///
  /// Where that fails, the root is open.
  private mutating func walk(to path: String) throws(SystemFault) {
    folder = nil
    folderPath = ""
    folderLocation = ""
    do throws(SystemFault) {
      for component in path.utf8.split(separator: UInt8(ascii: "/")) {
        folder = try OpenFile(String(decoding: component, as: UTF8.self), in: descriptor, asFolder: true)
      }
    } catch {
      folder = nil
      throw error
    }
    folderPath = path
    folderLocation = path
  }

  private var descriptor: Int32 {
    switch folder {
    case .some(let folder): folder.descriptor
    case nil: directory.descriptor
    }
  }

  /// Where a path below the root that has links leads, as a path below the root.
  private func target(of path: String) throws(DatasetFileFault) -> String {
    let target: String
    do throws(SystemFault) {
      target = try realPath(joined(directory.root, path))
    } catch {
      throw !directory.allowsLinks && error.isLink ? .link : DatasetFileFault(error)
    }
    // Where no link was met, a file stands in the place of a folder.
    guard !target.hasSameBytes(as: joined(directory.root, path)) else { throw .missing }
    guard directory.allowsLinks else { throw .link }
    guard isInside(target, directory.root) else { throw .leavesRoot(target: target) }
    return relativePath(target, below: directory.root)
  }

  private static var changed: DatasetFileFault { .unreadable(reason: "a link changed while it was followed") }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
    return (String(path[..<slash]), String(path[path.utf8.index(after: slash)...]))
  }
}
