internal import SplitSealBase

/// Why the bytes of a file of the dataset could not be had.
public enum DatasetFileFault: Error, Hashable, Sendable {
  /// There is no file of that name.
  case missing
  /// There is something else of that name: a folder, a pipe, a device.
  case notAFile
  /// A link leads out of the root, to this real path.
  case leavesRoot(target: String)
  /// A link stands in the path, and links are not allowed.
  case link
  /// The file has more bytes than were allowed.
  case tooLarge(byteCount: Int)
  /// The process, or the machine, has as many files open as it may: says nothing of the file.
  case tooManyOpenFiles
  /// The operating system would not give the bytes.
  case unreadable(reason: String)
}

extension DatasetFileFault: CustomStringConvertible {
  /// A sentence for a person, lower case, without a full stop.
  public var description: String {
    switch self {
    case .missing: "no such file"
    case .notAFile: "not a regular file"
    case .leavesRoot(let target): "a link leads out of the dataset, to '\(printable(target))'"
    case .link: "the file is a link, or stands behind one"
    case .tooLarge(let byteCount): "the file is too large (\(byteCount) bytes)"
    case .tooManyOpenFiles: "too many files are open"
    case .unreadable(let reason): "cannot be read: \(reason)"
    }
  }

  init(_ fault: SystemFault) {
    if fault.isMissing {
      self = .missing
    } else if fault.isNotAFile {
      self = .notAFile
    } else if fault.isTooManyOpenFiles {
      self = .tooManyOpenFiles
    } else {
      self = .unreadable(reason: fault.reason)
    }
  }
}
